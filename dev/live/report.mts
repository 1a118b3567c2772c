import type { Confidence } from './contract.mts';
import { type Field, type Findings, reasonOf, type Verdict, verdictOf } from './findings.mts';
import { questionLines, settled } from './questions.mts';
import type { Checked } from './walk.mts';

/** The inferred first: of them the vendor's own server is the only judge. */
const order: Confidence[] = ['inferred', 'third-party', 'documented'];
const headings: Record<Confidence, string> = {
	inferred: 'Inferred: no document proves it',
	'third-party': 'From other people’s documents and programs',
	documented: 'From the vendor’s own document',
};

interface Line {
	operation: string;
	field: Field;
}

/** The whole report as text: names and types of fields, and no value. */
export function report(
	vendor: string,
	{ findings, uncalled, requests, questions }: Checked,
): string {
	const lines = (verdict: Verdict): Line[] =>
		findings.flatMap(({ operation, fields }) =>
			[...fields.values()]
				.filter((field) => verdictOf(field) === verdict)
				.map((field) => ({ operation, field })),
		);
	const [differing, untold, agreeing] = [lines('differs'), lines('untold'), lines('agrees')];
	return [
		`${vendor}: ${findings.length} reading operations called with ${requests} requests, ` +
			`${uncalled.length} not called.`,
		'',
		...questionLines(questions),
		...section('Differs', differing, ({ problems }) =>
			[...problems]
				.map(([problem, times]) => (times > 1 ? `${problem} (${times} times)` : problem))
				.join('; '),
		),
		...untoldSection(untold),
		...uncalled.map(({ operation, reason }) => `    ${operation.id}: not called, ${reason}`),
		...(uncalled.length > 0 ? [''] : []),
		...section('Agrees', agreeing.filter(isInferred), ({ types }) =>
			[...types.keys()].join(' or '),
		),
		...count(agreeing.filter((line) => !isInferred(line))),
	].join('\n');
}

/** A line for each operation and reason: the names are many where an account is small. */
function untoldSection(lines: Line[]): string[] {
	const groups = order.flatMap((confidence) => {
		const paths = new Map<string, string[]>();
		for (const { operation, field } of lines.filter(
			(line) => line.field.confidence === confidence,
		)) {
			const key = `${operation}, ${reasonOf(field)}`;
			paths.set(key, [...(paths.get(key) ?? []), pathOf(field)]);
		}
		if (paths.size === 0) return [];
		return [
			`  ${headings[confidence]}`,
			...[...paths].map(([key, names]) => `    ${key}: ${names.join(', ')}`),
		];
	});
	return [`Could not be told: ${lines.length}`, ...groups, ''];
}

const isInferred = ({ field }: Line): boolean => field.confidence === 'inferred';

function section(title: string, lines: Line[], say: (field: Field) => string): string[] {
	const groups = order.flatMap((confidence) => {
		const own = lines.filter(({ field }) => field.confidence === confidence);
		if (own.length === 0) return [];
		return [
			`  ${headings[confidence]}`,
			...own.map((line) => `    ${nameOf(line)}: ${say(line.field)}`),
		];
	});
	return [`${title}: ${lines.length}`, ...groups, ''];
}

/** What agrees and was not in doubt is only counted. */
function count(lines: Line[]): string[] {
	return order.flatMap((confidence) => {
		const { length } = lines.filter(({ field }) => field.confidence === confidence);
		return length === 0 ? [] : [`  ${headings[confidence]}: ${length} agree as well`];
	});
}

const nameOf = ({ operation, field }: Line): string => `${operation}  ${pathOf(field)}`;

const pathOf = ({ path }: Field): string => (path === '' ? '(the answer)' : path);

/** What `--record` keeps, to be sent in as an issue: shapes, and nothing of the account. */
export function record(vendor: string, { findings, uncalled, questions }: Checked): object {
	const settling = questions.map((asked) => [
		asked.question.asks,
		{
			settled: settled(asked),
			inferred: asked.question.inferred,
			answers: Object.fromEntries(asked.given),
		},
	]);
	return {
		vendor,
		questions: Object.fromEntries(settling) as object,
		operations: Object.fromEntries(findings.map((one) => [one.operation, shapeOf(one)])),
		notCalled: Object.fromEntries(uncalled.map(({ operation, reason }) => [operation.id, reason])),
	};
}

function shapeOf({ answers, fields }: Findings): object {
	const shapes = [...fields.values()].map((field) => {
		const { types, problems, confidence } = field;
		const verdict = verdictOf(field);
		return [
			pathOf(field),
			{
				verdict,
				types: Object.fromEntries(types),
				...(confidence !== 'documented' && { confidence }),
				...(problems.size > 0 && { problems: Object.fromEntries(problems) }),
				...(verdict === 'untold' && { reason: reasonOf(field) }),
			},
		] as const;
	});
	return { answers: Object.fromEntries(answers), fields: Object.fromEntries(shapes) };
}
