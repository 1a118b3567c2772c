import {
	type GenericValue,
	type ICredentialDataDecryptedObject,
	type IDataObject,
	type INodeProperties,
	NodeHelpers,
	UserError,
} from 'n8n-workflow';
import { keyProblem, trimKey } from '../../../credentials/key';
import { invisibleIn, trimInvisible } from '../util/invisible';
import { looksLikeCellError, standsForNone } from '../util/noValue';
import { quote } from '../util/text';
import type { Vendor } from './vendor';

/** What a credential holds for one item. */
export type CredentialData = ICredentialDataDecryptedObject;

/** Whose credential it is, and what the person can do about it. */
export interface Place {
	/** Such as "of item 3". */
	whose: string;
	/** A sentence. */
	hint?: string;
}

/** The one credential of a node. */
export const ofNode = ({ name }: Pick<Vendor, 'name'>): Place => ({
	whose: `of the ${name} credential`,
	hint: 'Open the credential and correct it.',
});

/** A credential that cannot be used. Its parts are kept, so that one sentence can tell of many items. */
export class CredentialError extends UserError {
	/**
	 * @param field the field's name as the credential's form shows it; nothing where it is about all of it
	 * @param what what is wrong with it, such as "is empty", without a full stop
	 */
	constructor(
		readonly field: string | undefined,
		readonly what: string,
		{ whose, hint }: Place,
	) {
		const said = field === undefined ? what : `'${field}' ${whose} ${what}`;
		super([`${said}.`, hint].filter(Boolean).join(' '));
	}
}

/**
 * A credential as it is sent: without blanks and invisible characters around its values, and with what an expression
 * did not find as the form has it at first.
 * @param properties the form of the credential's type
 * @throws CredentialError about the first field that does not fit
 */
export function checkedCredential(
	vendor: Pick<Vendor, 'name' | 'secrets' | 'credentialProblem'>,
	properties: readonly INodeProperties[],
	read: CredentialData,
	place: Place = ofNode(vendor),
): CredentialData {
	const data: IDataObject = { ...read };
	for (const property of properties) {
		const { name, displayName } = property;
		if (!NodeHelpers.displayParameter(read, property, null, null)) continue;
		const isSecret = vendor.secrets.includes(name);
		const value = valueOf(property, isSecret ? asKey(read[name]) : read[name]);
		const problem =
			problemOf(property, value) ??
			(isSecret ? keyProblem(String(value)) : undefined) ??
			vendor.credentialProblem?.(name, String(value));
		if (problem !== undefined) throw new CredentialError(displayName, problem, place);
		data[name] = value;
	}
	return data as CredentialData;
}

/** What an expression gives may be a number, or what is no key at all. */
const asKey = (value: GenericValue): GenericValue =>
	typeof value === 'string' ? trimKey(value) : value;

function valueOf({ type, required, default: atFirst }: INodeProperties, value: GenericValue) {
	// A column of a spreadsheet may hold one key as a number here and as text there.
	const isNumberOfText = type === 'string' && typeof value === 'number';
	const text = typeof value === 'string' || isNumberOfText ? trimInvisible(String(value)) : value;
	const isMissing = text === undefined || text === null || text === '';
	return isMissing && !required ? (atFirst as GenericValue) : text;
}

/** What a wrong column, or text that was made of nothing, comes to. */
const madeOfNothing = /^(undefined|null|NaN|\[object \w+\])$/;

function problemOf({ required, type, options = [] }: INodeProperties, value: GenericValue) {
	if (typeof value === 'object' && value !== null)
		return Array.isArray(value) ? 'is a list' : 'is an object';
	const text = String(value ?? '');
	if (text === '') return required ? 'is empty' : undefined;
	// A number of zeros may be meant: an account whose number nobody knows yet.
	const isNone = !/^0+$/.test(text) && (standsForNone.test(text) || looksLikeCellError.test(text));
	if (madeOfNothing.test(text) || isNone) return `is ${quote(text)}`;
	// In a header it would look like a lost connection, and no vendor hands it out.
	if (/[\r\n\t]/.test(text) || !text.isWellFormed()) return 'is cut or has a line break in it';
	const hidden = invisibleIn(text);
	if (hidden !== undefined) return `has an invisible character in it (${hidden})`;
	if (type === 'number' && !Number.isFinite(Number(text))) return 'is not a number';
	if (type !== 'options') return undefined;
	const known = options.flatMap((option) => ('value' in option ? [String(option.value)] : []));
	return known.includes(text) ? undefined : `is not one of ${known.join(', ')}`;
}
