import { type Item, versionThatReads } from '../../engine/form/fields';
import { id } from '../../engine/form/id';
import { failOrSkip, ifNotFoundField } from '../../engine/form/ifNotFoundField';
import { inModes, located } from '../../engine/form/located';
import type { Lookup } from '../../engine/form/lookup';
import { byText } from '../../engine/form/resourceLocator';
import { email as emailIn } from '../../engine/form/text';
import { email } from './leadForm';
import { leadByEmail, mostPagesToFind, noId } from './leadLookup';

const name = 'leadId';
const byEmail = inModes(versionThatReads, name, ['email']);

const mostPages = mostPagesToFind(byEmail);

const ifNotFound = ifNotFoundField({
	...byEmail,
	description: 'What to do if no conversation names a lead with this e-mail address',
});

const address = emailIn({ ...email.property, name: 'email', displayName: 'Lead' });

function lookup(mode: string, value: unknown, item: Item): Lookup | undefined {
	if (mode !== 'email') return undefined;
	const most = mostPages.read(item.sibling?.(mostPages.name), item) ?? 1;
	const otherwise = failOrSkip(ifNotFound.read(item.sibling?.(ifNotFound.name), item));
	return leadByEmail(address.read(value, item), most, otherwise).lookup;
}

/** A lead: one that is or was in a conversation may be told by its e-mail address, any by its ID. */
export const leadId = located({
	since: versionThatReads,
	before: {
		displayName: 'Lead ID',
		name,
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. 21248461',
		description: 'The ID of the lead',
	},
	now: {
		displayName: 'Lead',
		description:
			'The lead. The list and By Email know those that are or were in a conversation, since Saleswhale lists no others.',
		list: { search: 'searchLeads', placeholder: 'Select a lead…' },
		by: [byText('By Email', 'email', email.property.placeholder ?? '')],
	},
	id,
	finds: { lookup, standIn: noId, settings: [mostPages, ifNotFound] },
});
