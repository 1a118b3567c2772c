import { field, type Property } from '../../engine/form/fields';
import { id, isNumericId } from '../../engine/form/id';
import { publicIdentifier } from './linkedIn';
import { isRecord } from '../../engine/util/json';
import { resourceLocator } from '../../engine/form/resourceLocator';

/** SEED: every id is a number. Anything else could name another endpoint, as members/Import does. */
const numericId = <const Name extends string>(property: Property<Name>) =>
	id(property, isNumericId);

/** The ID of a campaign, from a list or entered. */
export const campaignId = numericId(
	resourceLocator({
		displayName: 'Campaign',
		name: 'campaignId',
		required: true,
		description: 'The campaign, from the list or by its ID',
		list: { search: 'searchCampaigns', placeholder: 'Select a campaign…' },
		byId: { placeholder: 'e.g. 29854' },
	}),
);

/** The ID of a webhook, from a list or entered. */
export const webhookId = numericId(
	resourceLocator({
		displayName: 'Webhook',
		name: 'webhookId',
		required: true,
		description: 'The webhook, from the list or by its ID',
		list: { search: 'searchWebhooks', placeholder: 'Select a webhook…' },
		byId: { placeholder: 'e.g. 10265' },
	}),
);

/** The id of the attachment of a webhook to a campaign. */
export const webhookCampaignId = numericId({
	displayName: 'Webhook Campaign ID',
	name: 'webhookCampaignId',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. 27830',
	description: 'The ID of the attachment, which Attach returns and Get Many lists',
});

/** The id of a contact, which Salesflow calls MemberId. */
export const contactId = numericId({
	displayName: 'Contact ID',
	name: 'contactId',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. 46875434',
	description: 'The ID of the contact, which Salesflow calls MemberId',
});

/** How a contact is named: by its id, or by what LinkedIn calls it. */
export type ContactReference = { memberId: string } | { publicIdentifier: string };

const contactById = numericId({ ...contactId.property, name: 'contactId', displayName: 'Contact' });

const contactIdentifier = publicIdentifier({
	displayName: 'Contact',
	name: 'contactId',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. https://www.linkedin.com/in/john-smith-123456',
});

/** A contact by its id, by its public identifier or by the address of its LinkedIn profile. */
export const contactReference = field(
	{
		displayName: 'Contact',
		name: 'contactId',
		type: 'resourceLocator',
		required: true,
		default: { mode: 'id', value: '' },
		description: 'The contact to get. By ID also returns its status and campaign.',
		modes: [
			{ displayName: 'By ID', name: 'id', type: 'string', placeholder: 'e.g. 46875434' },
			{
				displayName: 'By Public Identifier',
				name: 'publicIdentifier',
				type: 'string',
				placeholder: 'e.g. john-smith-123456',
			},
			{
				displayName: 'By LinkedIn URL',
				name: 'linkedInUrl',
				type: 'string',
				placeholder: 'e.g. https://www.linkedin.com/in/john-smith-123456',
			},
		],
	},
	(raw, item): ContactReference => {
		const located = isRecord(raw) && raw.__rl === true ? raw : { mode: 'id', value: raw };
		if (located.mode === 'id') return { memberId: contactById.read(located.value, item) };
		return { publicIdentifier: contactIdentifier.read(located.value, item) };
	},
);
