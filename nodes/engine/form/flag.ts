import type { INodeProperties } from 'n8n-workflow';
import { isNothing } from './empty';
import { field, fieldError, type Property, readsAsMeant } from './fields';
import { trimInvisible } from '../util/invisible';
import { quote } from '../util/text';

/** Yes and no as people and spreadsheets write them: LibreOffice and Excel save TRUE in the language of their user. */
const words: Record<string, boolean> = {
	true: true,
	yes: true,
	'1': true,
	verdadeiro: true,
	sim: true,
	verdadero: true,
	sí: true,
	si: true,
	false: false,
	no: false,
	'0': false,
	falso: false,
	não: false,
	nao: false,
};

/** Yes or no. Where nothing was entered, it is as the form shows it at first. */
export function flag<const Name extends string>(property: Property<Name>) {
	return field(property, (raw, item): boolean =>
		typeof raw === 'boolean' || readsAsMeant(item) ? yesOrNo(property, raw) : raw === 'true',
	);
}

/** A flag that is new since values are read as they are meant, and is read so in all versions. */
export const newFlag = <const Name extends string>(property: Property<Name>) =>
	field(property, (raw): boolean => yesOrNo(property, raw));

function yesOrNo(property: INodeProperties, raw: unknown): boolean {
	if (typeof raw === 'boolean') return raw;
	if (isNothing(raw)) return property.default === true;
	const word = trimInvisible(wordOf(raw)).normalize('NFC').toLowerCase();
	const read = Object.hasOwn(words, word) ? words[word] : undefined;
	if (read !== undefined) return read;
	throw fieldError(
		property,
		`is ${quote(raw)}, which is neither yes nor no`,
		'Enter true or false.',
	);
}

const wordOf = (raw: unknown): string =>
	typeof raw === 'string' || typeof raw === 'number' ? String(raw) : '';
