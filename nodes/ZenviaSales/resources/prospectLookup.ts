import type { IDataObject, INodeProperties } from 'n8n-workflow';
import type { Asked, IfNotFound, Lookup } from '../../engine/form/lookup';
import { spellings } from '../../engine/form/phone';
import { ApiError } from '../../engine/http/apiError';
import { get, post, type Request } from '../../engine/http/request';
import { many } from '../../engine/operation/operation';
import { compact } from '../../engine/form/filled';
import { dig, isRecord } from '../../engine/util/json';

/**
 * SEED shows one object with `id`, a live account gave an array with `_id`: both come out alike. No document has the
 * answer for nobody, so that what has no ID is nobody (inferred).
 */
export function foundProspects(body: unknown): IDataObject[] {
	const records = many().records(Array.isArray(body) ? body : [body].filter(isRecord));
	return records
		.map(({ _id, ...rest }): IDataObject => ({ ...(_id !== undefined && { id: _id }), ...rest }))
		.filter(({ id }) => id !== undefined && id !== null && id !== '');
}

/** Asks for those who have an e-mail address, a phone number, or both. */
export const prospectsBy = (query: { email?: string; phoneNumber?: string }): Request => ({
	...get`/prospect-by`,
	query: compact(query),
	allow404: true,
});

const nameOf = ({ firstName, lastName, phones, emails, status }: IDataObject): string =>
	[
		[firstName, lastName].filter(Boolean).join(' '),
		[phones, emails].flat().filter(Boolean)[0],
		status,
	]
		.filter(Boolean)
		.join(', ');

/** What a prospect is searched by. */
export type Contact = { email: string } | { phoneNumber: string };

/** The same for all spellings of a phone number, and for an address in any case. */
function keyOf(contact: Contact): string {
	const names = 'email' in contact ? [contact.email] : spellings(contact.phoneNumber);
	return `prospect ${names.sort()[0]?.toLowerCase()}`;
}

/** All that a lead's person is known under. */
export const keysOf = (emails: readonly string[], phones: readonly string[]): string[] => [
	...emails.map((email) => keyOf({ email })),
	...phones.map((phoneNumber) => keyOf({ phoneNumber })),
];

/** The lead that makes a prospect where none is. Retail suits every account (SEED, Send a lead). */
const leadOf = (contact: Contact, utmSource: string): Request => {
	const person =
		'email' in contact ? { emails: [contact.email] } : { phones: [contact.phoneNumber] };
	const label = `lead ${'email' in contact ? contact.email : contact.phoneNumber}`;
	return { ...post`/lead/retail`, body: { utmSource, ...person }, label };
};

/** What to do where nobody is found, as the form has it. */
export interface Otherwise {
	ifNotFound: string;
	/** Where a lead is made: its source. */
	source: string;
}

function otherwise(contact: Contact, { ifNotFound, source }: Otherwise): IfNotFound {
	if (ifNotFound === 'skip') return { do: 'skip' };
	if (ifNotFound !== 'create') return { do: 'fail' };
	const request = leadOf(contact, source);
	return { do: 'create', request, idIn: madeProspectId };
}

/** The ID as it comes: a live search gave `_id`. */
const idIn = (prospect: unknown): unknown => dig(prospect, 'id') ?? dig(prospect, '_id');

/**
 * The ID of the prospect that a lead made or joined.
 * @param prospect the answer to the lead
 * @throws ApiError where it does not say: what comes next would go to no prospect
 */
export function madeProspectId(prospect: unknown): string {
	const id = idIn(prospect);
	if (id !== undefined && id !== null && id !== '') return String(id);
	throw new ApiError('Zenvia Sales took the lead, but did not say of which prospect it is', {
		hint: 'Look for the person in Zenvia Sales before you run this item again.',
		mayBeDone: true,
	});
}

/**
 * The look-up of a prospect. A search says neither whether one is archived nor when it was made (SEED), so where there
 * are several, each is read in full. A phone number is searched as it is written first, then as it may be held.
 */
export function prospectLookup(contact: Contact, entered: string, other: Otherwise): Lookup {
	const asked =
		'email' in contact
			? [contact]
			: spellings(contact.phoneNumber).map((phoneNumber) => ({ phoneNumber }));
	const matched = asked.map((one) => String(Object.values(one)[0]));
	return {
		key: keyOf(contact),
		entered,
		thing: 'prospect',
		search: {
			spellings: asked.map((one, n) => ({
				request: prospectsBy(one),
				matchedBy: matched[n] ?? '',
			})),
			records: foundProspects,
		},
		idOf: (prospect) => String(idIn(prospect)),
		nameOf,
		inFull: (id) => get`/prospect/${id}`,
		isOpen: ({ status }) => status !== 'archived',
		ifNotFound: otherwise(contact, other),
	};
}

/** The look-ups that tell whether a lead's person is there already. */
export const contactsOf = (
	emails: readonly string[],
	phones: readonly string[],
	properties: { emails: INodeProperties; phones: INodeProperties },
): Asked[] => {
	const other = { ifNotFound: 'skip', source: '' };
	const ifSeveral = "Archive all but one of them in Zenvia, or set 'If It Exists' to Join.";
	const asked = (property: INodeProperties, contact: Contact, entered: string): Asked => ({
		property,
		lookup: { ...prospectLookup(contact, entered, other), ifSeveral },
	});
	return [
		...emails.map((email) => asked(properties.emails, { email }, email)),
		...phones.map((phoneNumber) => asked(properties.phones, { phoneNumber }, phoneNumber)),
	];
};
