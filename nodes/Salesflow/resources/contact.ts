import type { IDataObject } from 'n8n-workflow';
import { versionThatReads } from '../../engine/form/fields';
import { compact, namesOf, something } from '../../engine/form/filled';
import { batchOperation, operation, type Resource } from '../../engine/operation/operation';
import { del, get, post, type Request } from '../../engine/http/request';
import { changedSince } from '../vendor';
import { contactIn, done, importedContact, list } from './answers';
import { campaignId } from './fields';
import { existingContact, ifExists } from './contactIfExists';
import { contactId, contactReference } from './contactLocator';
import { byIdentifier } from './contactLookup';
import { identifierOfProfile, sameIdentifier } from './linkedIn';
import { contactRecord } from './records';
import { changedSinceQuery, contactFilters } from './filters';
import { changedContacts } from './newness';
import * as form from './contactForm';

/** What most people read of a contact, out of seventeen fields. */
const person = ['MemberId', 'FirstName', 'LastName', 'Email', 'Phone', 'Occupation', 'Company'];
const essentials = [...person, 'StatusNames', 'CampaignName', 'PublicIdentifier'] as const;
/** The same in a list, which has no status and twelve fields. */
const essentialsOfList = [...person, 'Location', 'MemberUrl', 'LastModifiedAt'] as const;

/** SEED, ImportMember to ListContacts. The vendor says member in its paths and contact in its text. */
export const contact: Resource = {
	name: 'Contact',
	value: 'contact',
	operations: [
		operation({
			name: 'Add to Campaign',
			value: 'import',
			action: 'Add contact to campaign',
			description: 'Add a LinkedIn profile to a campaign as a contact',
			fields: [campaignId, form.linkedInUrl, ifExists, form.contactFields],
			request: ({ campaignId, linkedInUrl, additionalFields }) => ({
				// SEED shows a plain URL and names no method: GET (inferred), although it creates.
				...get`/api/members/Import`,
				query: { campaignId, linkedInUrl, ...compact(additionalFields) },
				isRead: false,
				// A row that names a person once more is to come second: Salesflow marks it as the duplicate.
				lockKey: personIn(linkedInUrl),
				label: `contact ${linkedInUrl}`,
			}),
			ifExists: (values) => existingContact(values, form.linkedInUrl.property, changed),
			writes: ({ campaignId, linkedInUrl }) => `${campaignId}: ${linkedInUrl}`,
			many: { verb: 'import', thing: 'contact', since: versionThatReads },
			output: importedContact,
			mapRecord: contactRecord,
		}),
		operation({
			name: 'Delete',
			value: 'delete',
			action: 'Delete contact',
			description: 'Delete a contact',
			fields: [contactId],
			request: ({ contactId }) => del`/api/members/${contactId}`,
			writes: ({ contactId }) => contactId,
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
			output: contactIn({ simplifyIfAsked: essentials }),
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
			output: list({
				pages: changedSince,
				newness: changedContacts,
				date: 'LastModifiedAt',
				simplifyIfAsked: essentialsOfList,
			}),
			mapRecord: contactRecord,
		}),
		batchOperation({
			name: 'Look Up',
			value: 'lookup',
			action: 'Look up contact',
			description:
				'Check which LinkedIn profiles are in Salesflow already. Every item is returned with found: true or false.',
			fields: [form.publicIdentifier],
			batchSize: byIdentifier.size,
			batch: (all) => byIdentifier.request(all.map(({ publicIdentifier }) => publicIdentifier)),
			output: { records: byIdentifier.records },
			distribute: (records, all) =>
				all.map(({ publicIdentifier }) => answerTo(publicIdentifier, records)),
		}),
		operation({
			name: 'Update',
			value: 'update',
			action: 'Update contact',
			description: 'Change fields of a contact',
			fields: [contactId, form.contactUpdates],
			request: ({ contactId, updateFields }) =>
				changed(contactId, something(compact(updateFields), form.contactUpdates)),
			writes: ({ contactId, updateFields }) => `${contactId}: ${namesOf(updateFields)}`,
			output: contactIn(),
			mapRecord: contactRecord,
		}),
	],
};

/** The same for all spellings of one profile's address. */
const personIn = (linkedInUrl: string): string =>
	sameIdentifier(identifierOfProfile(linkedInUrl) ?? linkedInUrl);

const changed = (contactId: string, body: IDataObject): Request => ({
	...post`/api/members/${contactId}`,
	body,
	// It sets values: done twice, it comes to the same.
	repeatable: true,
});

/** The contacts with an identifier, several where a person is in several campaigns; or one that says: none. */
function answerTo(publicIdentifier: string, records: IDataObject[]): IDataObject[] {
	const found = records.filter((record) => byIdentifier.isMeant(record, publicIdentifier));
	if (found.length === 0) return [{ found: false, PublicIdentifier: publicIdentifier }];
	return found.map((record) => ({ found: true, ...contactRecord(record) }));
}
