import { type INodeProperties, jsonParse } from 'n8n-workflow';
import { choice } from './choice';
import { isEmpty } from './empty';
import {
	field,
	type Field,
	fieldError,
	type Item,
	type Property,
	readsAsMeant,
	versionThatReads,
} from './fields';
import { list } from './list';
import { type Country, plans } from './numberingPlans';
import { isPhone, type Origin, type Phone, readPhone, spellings } from './phone';
import { type NoPhone, splitPhones } from './phoneText';
import { text, type TextRules } from './text';
import { invisibleIn, trimInvisible } from '../util/invisible';
import { quote } from '../util/text';

const countryNames = Object.entries(plans)
	.map(([value, { name, code }]) => ({ name: `${name} (+${code})`, value }))
	.sort((a, b) => a.name.localeCompare(b.name));

const since = { '@version': [{ _cnd: { gte: versionThatReads } }] };

const phoneFormat = choice({
	displayName: 'Phone Format',
	name: 'phoneFormat',
	type: 'options',
	default: 'normalise',
	options: [
		{ name: 'As It Is', value: 'asItIs', description: 'The number is sent as you entered it' },
		{
			name: 'Normalise',
			value: 'normalise',
			description:
				'The number is sent with + and its country code, as in +5511987654321. What is not a phone number is refused.',
		},
	],
	displayOptions: { show: since },
	description: 'How a phone number is sent',
});

/**
 * The country of phone numbers that have no country code; nothing where none was chosen. A column of countries may hold
 * any: numbers with their code are of all of them.
 */
export function countryField<const Name extends string>(
	named: Pick<Property<Name>, 'displayName' | 'displayOptions'> & { name: Name },
) {
	const listed = choice({
		...named,
		type: 'options',
		default: 'none',
		options: [{ name: 'None', value: 'none' }, ...countryNames],
		description: 'The country of phone numbers that have no country code',
	});
	const property: Property<Name> = { ...listed.property, name: named.name };
	return field(property, (raw, item): Origin | undefined => {
		const code = typeof raw === 'string' ? raw.trim().toUpperCase() : '';
		if (isCountry(code)) return code;
		if (/^[A-Z]{2}$/.test(code)) return 'other';
		listed.read(raw, item);
		return undefined;
	});
}

const isCountry = (value: string): value is Country => Object.hasOwn(plans, value);

const defaultCountry = countryField({
	displayName: 'Default Country',
	name: 'defaultCountry',
	displayOptions: { show: { ...since, phoneFormat: ['normalise'] } },
});

/**
 * What says how a phone number is read. The two stand beside a collection that holds the number, and not in it: n8n
 * can show nothing according to what is inside a collection.
 */
export const phoneSettings: readonly Field[] = [phoneFormat, defaultCountry];

/**
 * How one item's phone numbers are read: not at all, or with the country of those that have none.
 * @throws UserError where one of the two settings is none of its options
 */
export function phoneFormatOf(item: Item): { isRead: boolean; country?: Origin } {
	const valueOf = <Value>(setting: Field<string, Value>) =>
		setting.read(item.sibling?.(setting.name), item);
	const isRead = readsAsMeant(item) && valueOf(phoneFormat) !== 'asItIs';
	const country = isRead ? valueOf(defaultCountry) : undefined;
	return { isRead, ...(country && { country }) };
}

/** A phone number, in E.164 or as it was entered; empty where nothing was. */
export function phone<const Name extends string>(
	property: Property<Name>,
	rules?: TextRules,
): Field<Name, string> {
	const asItIs = text(property, rules);
	const read = (raw: unknown, item: Item): string => {
		const { isRead, country } = phoneFormatOf(item);
		if (!isRead) return asItIs.read(visible(property, raw), item);
		const one = onlyPhone(property, raw);
		if (one === undefined) return asItIs.read('', item);
		return understood(property, one, readPhone(one, country), item).e164;
	};
	return { ...field(property, read), settings: phoneSettings };
}

/**
 * A phone number to look for, under all spellings that it may be stored under.
 * @returns the number as it was entered first; none where nothing was
 */
export function phoneToFind<const Name extends string>(
	property: Property<Name>,
): Field<Name, string[]> {
	const one = phone(property);
	const read = (raw: unknown, item: Item): string[] => {
		const number = one.read(raw, item);
		if (number === '') return [];
		return phoneFormatOf(item).isRead ? spellings(number) : [number];
	};
	return { ...field(property, read), settings: phoneSettings };
}

/** A list of phone numbers, each of them once. */
export function phones<const Name extends string>(property: Property<Name>): Field<Name, string[]> {
	const asItIs = list(property);
	const read = (raw: unknown, item: Item): string[] => {
		const { isRead, country } = phoneFormatOf(item);
		if (!isRead) return asItIs.read(visible(property, raw), item);
		const all = splitPhones(parsed(raw)).map((one) =>
			understood(property, one, readPhone(one, country), item),
		);
		return [...new Set(all.map(({ e164 }) => e164))];
	};
	return { ...field(property, read), settings: phoneSettings };
}

/**
 * The one number that a field takes, or undefined where nothing was entered.
 * @throws UserError where there are several
 */
export function onlyPhone(property: INodeProperties, raw: unknown): unknown {
	const [one, ...others] = splitPhones(raw);
	// What is there and no number, such as a lone comma, is not nothing.
	if (one === undefined) return isEmpty(raw) ? undefined : raw;
	if (others.length === 0) return one;
	throw fieldError(property, `holds ${others.length + 1} phone numbers`, 'Enter one.');
}

/**
 * The number, once it was read; one that had no + is told of.
 * @param raw how it was written
 * @throws UserError with the reason, where it is not a phone number
 */
export function understood(
	property: INodeProperties,
	raw: unknown,
	read: Phone | NoPhone,
	item: Item,
): Phone {
	const written = `holds ${quote(typeof raw === 'string' ? raw.trim() : raw)}`;
	if (!isPhone(read)) throw fieldError(property, `${written}, ${read.why}`, read.hint);
	if (read.withoutPlus) item.notice?.(property, `${written}, which was read as ${read.e164}`);
	return read;
}

/** In all versions: what does not show, and came along when the number was copied, is not sent. */
export function visible(property: INodeProperties, raw: unknown): unknown {
	if (Array.isArray(raw)) return raw.map((one: unknown) => visible(property, one));
	if (typeof raw !== 'string' || invisibleIn(raw) === undefined) return raw;
	const shown = trimInvisible(raw);
	const hidden = invisibleIn(shown);
	if (hidden === undefined) return shown;
	throw fieldError(
		property,
		`holds ${quote(raw)}, which has an invisible character inside (${hidden})`,
		'Type it again.',
	);
}

/** A list as JSON text, as in ["+5511987654321"]; an area code may stand in such brackets, too. */
const parsed = (raw: unknown): unknown =>
	typeof raw === 'string' && raw.trim().startsWith('[')
		? jsonParse<unknown>(raw, { fallbackValue: raw })
		: raw;
