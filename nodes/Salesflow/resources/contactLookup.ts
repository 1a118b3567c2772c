import type { IDataObject } from 'n8n-workflow';
import type { BatchSearch, IfNotFound, Lookup } from '../../engine/form/lookup';
import { post } from '../../engine/http/request';
import { isNothing } from '../../engine/form/empty';
import { list, otherAnswer } from './answers';
import { readableIdentifier, sameIdentifier } from './linkedIn';

/** SEED, ListContacts (by public identifiers): "can have more than 20 elements", surely meant as cannot. */
const mostIdentifiers = 20;

/** Contacts by their public identifiers; several have one where a person is in several campaigns. */
export const byIdentifier: BatchSearch = {
	size: mostIdentifiers,
	request: (identifiers) => ({
		...post`/api/members/list-contacts`,
		body: { PublicIdentifiers: distinct(identifiers) },
		// It asks and changes nothing.
		isRead: true,
	}),
	records: identified,
	isMeant: ({ PublicIdentifier: own }: IDataObject, identifier) =>
		typeof own === 'string' && sameIdentifier(own) === sameIdentifier(identifier),
};

/**
 * The contacts of an answer. One that does not say whose it is would leave a person who is there not found, and so be
 * added once more.
 */
function identified(body: unknown): IDataObject[] {
	const contacts = list().records(body);
	if (contacts.some(({ PublicIdentifier: own }) => typeof own !== 'string' || isNothing(own)))
		throw otherAnswer(body, 'PublicIdentifier');
	return contacts;
}

/** The first spelling of each identifier. */
const distinct = (identifiers: readonly string[]): string[] =>
	[
		...new Map([...identifiers].reverse().map((one) => [sameIdentifier(one), one])).values(),
	].reverse();

/** SEED, 1.5: an import answers the member that it made; its shape is taken to be that of the others (inferred). */
export const idOf = ({ MemberId }: IDataObject): string => String(MemberId ?? '');

/** The look-up of a contact by its public identifier. */
export const contactLookup = (identifier: string, ifNotFound: IfNotFound): Lookup => ({
	key: `contact ${sameIdentifier(identifier)}`,
	entered: readableIdentifier(identifier),
	thing: 'contact',
	search: { batch: byIdentifier, key: identifier },
	idOf,
	nameOf: ({ FirstName, LastName }) => [FirstName, LastName].filter(Boolean).join(' '),
	ifNotFound,
});
