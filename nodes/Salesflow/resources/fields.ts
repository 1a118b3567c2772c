import type { Property } from '../../engine/form/fields';
import { id, isNumericId } from '../../engine/form/id';
import { resourceLocator } from '../../engine/form/resourceLocator';

/** SEED: every id is a number. Anything else could name another endpoint, as members/Import does. */
export const numericId = <const Name extends string>(property: Property<Name>) =>
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
