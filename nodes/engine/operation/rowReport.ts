/** Something that was found about the value of one item. */
export interface Finding {
	index: number;
	/** The name of the field, as the form shows it. */
	field?: string;
	/** What was found, such as "is empty"; without a field, a sentence without its full stop. */
	what: string;
}

/** Most items that are named; of more, the first ones, and how many more. */
const mostNamed = 3;
const namedOfMore = 2;
/** Most kinds of findings that are told of. */
const mostKinds = 8;

/**
 * One sentence about the values of many items, a part for each kind:
 * "'Email' is empty (item 2); 'Phones' is "n/a" or the like, which has letters (items 5, 9 and 3 more)".
 * @returns it, without a full stop
 */
export function rowReport(findings: readonly Finding[]): string {
	const kinds = new Map<string, Finding[]>();
	for (const finding of findings) {
		const kind = `${finding.field} ${kindOf(finding.what)}`;
		const alike = kinds.get(kind);
		if (alike) alike.push(finding);
		else kinds.set(kind, [finding]);
	}
	const all = [...kinds.values()];
	const told = all.slice(0, mostKinds).map(partOf);
	const untold = new Set(all.slice(mostKinds).flatMap((alike) => alike.map(({ index }) => index)))
		.size;
	return [...told, ...(untold > 0 ? [`and more (${count(untold)})`] : [])].join('; ');
}

/** A value, as a sentence quotes it: quote() takes 61 characters of it at most. */
const quoted = /".{0,61}?"(?=[\s,.;)]|$)/s;

/** What is found of a value, whatever the value: what is quoted, and numbers, do not tell kinds apart. */
const kindOf = (what: string): string =>
	what.replaceAll(new RegExp(quoted, 'gs'), '""').replace(/\d[\d.,:TZ+-]*/g, '0');

function partOf(alike: Finding[]): string {
	const [{ field, what }] = alike as [Finding];
	const isSame = alike.every((one) => one.what === what);
	const likewise = quoted.test(what)
		? what.replace(quoted, '$& or the like')
		: `${what}, or the like`;
	return `${field === undefined ? '' : `'${field}' `}${isSame ? what : likewise} (${itemsOf(alike)})`;
}

const count = (number: number): string => (number === 1 ? '1 item' : `${number} items`);

/** "item 2", "items 2 and 5", "items 5, 9 and 3 more", by n8n's own count, which begins with 0. */
function itemsOf(alike: readonly Finding[]): string {
	const indices = alike.map(({ index }) => String(index));
	if (indices.length === 1) return `item ${indices[0]}`;
	const named = indices.length > mostNamed ? indices.slice(0, namedOfMore) : indices.slice(0, -1);
	const last = indices.length > mostNamed ? `${indices.length - namedOfMore} more` : indices.at(-1);
	return `items ${named.join(', ')} and ${last}`;
}
