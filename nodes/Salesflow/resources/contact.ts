import type { IDataObject } from 'n8n-workflow';
import { compact, something } from '../../engine/form/filled';
import {
	batchOperation,
	done,
	many,
	one,
	operation,
	type Resource,
} from '../../engine/operation/operation';
import { del, get, post } from '../../engine/http/request';
import { changedSince } from '../vendor';
import { campaignId, contactId, contactReference } from './fields';
import { sameIdentifier } from './linkedIn';
import { contactRecord } from './records';
import { changedSinceQuery, contactFilters } from './filters';
import * as form from './contactForm';

/** SEED, ListContacts (by public identifiers): "can have more than 20 elements", surely meant as cannot. */
const mostIdentifiers = 20;

/** SEED, ImportMember to ListContacts. The vendor says member in its paths and contact in its text. */
export const contact: Resource = {
	name: 'Contact',
	value: 'contact',
	operations: [
		operation({
			name: 'Import',
			value: 'import',
			action: 'Import contact',
			description: 'Add a LinkedIn profile to a campaign as a contact',
			fields: [campaignId, form.linkedInUrl, form.contactFields],
			request: ({ campaignId, linkedInUrl, additionalFields }) => ({
				// SEED shows a plain URL and names no method: GET (inferred), although it creates.
				...get`/api/members/Import`,
				query: { campaignId, linkedInUrl, ...compact(additionalFields) },
				repeatable: false,
				label: `contact ${linkedInUrl}`,
			}),
			output: one(),
			mapRecord: contactRecord,
		}),
		operation({
			name: 'Delete',
			value: 'delete',
			action: 'Delete contact',
			description: 'Delete a contact',
			fields: [contactId],
			request: ({ contactId }) => del`/api/members/${contactId}`,
			output: done({ deleted: true }),
		}),
		operation({
			name: 'Get',
			value: 'get',
			action: 'Get contact',
			description: 'Get a contact by ID, public identifier or LinkedIn URL',
			fields: [contactReference],
			request: ({ contactId: reference }) =>
				'memberId' in reference
					? get`/api/members/${reference.memberId}`
					: { ...get`/api/members`, query: { publicIdentifier: reference.publicIdentifier } },
			output: one(),
			mapRecord: contactRecord,
		}),
		operation({
			name: 'Get Many',
			value: 'getAll',
			action: 'Get many contacts',
			description: 'Get the contacts of a campaign',
			fields: [campaignId, contactFilters],
			request: ({ campaignId, filters }) => ({
				...get`/api/members/list-contacts`,
				query: { campaignId, ...changedSinceQuery(filters) },
			}),
			output: many(undefined, { pages: changedSince, date: 'LastModifiedAt' }),
			mapRecord: contactRecord,
		}),
		batchOperation({
			name: 'Look Up',
			value: 'lookup',
			action: 'Look up contact',
			description:
				'Find contacts by public identifier or LinkedIn URL, 20 to a request. Each item gets its own answer, found or not.',
			fields: [form.publicIdentifier],
			batchSize: mostIdentifiers,
			batch: (all) => ({
				...post`/api/members/list-contacts`,
				body: { PublicIdentifiers: distinct(all.map(({ publicIdentifier }) => publicIdentifier)) },
				// It asks and changes nothing.
				repeatable: true,
			}),
			output: many(),
			distribute: (records, all) =>
				all.map(({ publicIdentifier }) => answerTo(publicIdentifier, records)),
		}),
		operation({
			name: 'Update',
			value: 'update',
			action: 'Update contact',
			description: 'Change fields of a contact',
			fields: [contactId, form.contactUpdates],
			request: ({ contactId, updateFields }) => ({
				...post`/api/members/${contactId}`,
				body: something(compact(updateFields), form.contactUpdates),
				// It sets values: done twice, it comes to the same.
				repeatable: true,
			}),
			output: one(),
			mapRecord: contactRecord,
		}),
	],
};

/** The first spelling of each identifier. */
const distinct = (identifiers: string[]): string[] =>
	[
		...new Map([...identifiers].reverse().map((one) => [sameIdentifier(one), one])).values(),
	].reverse();

/** The contacts with an identifier, several where a person is in several campaigns; or one that says: none. */
function answerTo(publicIdentifier: string, records: IDataObject[]): IDataObject[] {
	const wanted = sameIdentifier(publicIdentifier);
	const found = records.filter(
		({ PublicIdentifier: own }) => typeof own === 'string' && sameIdentifier(own) === wanted,
	);
	if (found.length === 0) return [{ found: false, PublicIdentifier: publicIdentifier }];
	return found.map((record) => ({ found: true, ...contactRecord(record) }));
}
