import { type IDataObject, type INodePropertyOptions, UserError } from 'n8n-workflow';
import { choice } from '../../engine/form/choice';
import { flag } from '../../engine/form/flag';
import { text, webUrl } from '../../engine/form/text';
import { operation, type Resource } from '../../engine/operation/operation';
import { del, get, post } from '../../engine/http/request';
import { quote } from '../../engine/util/text';
import { withoutAddressSecret } from '../../engine/webhook/addressSecret';
import { events } from '../trigger/events';
import { attachment, done, list, record } from './answers';
import { campaignId, webhookCampaignId, webhookId } from './fields';
import { attachMissing, campaignsOf, isSame, webhookFrom } from '../trigger/attachMissing';
import { longestName, longestUrl } from '../trigger/plan';

const name = text(
	{
		displayName: 'Name',
		name: 'name',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. Replies to CRM',
		description: 'What the webhook is called in Salesflow, up to 255 characters',
	},
	{ maxLength: longestName },
);

const url = webUrl(
	{
		displayName: 'URL',
		name: 'url',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. https://www.example.com/hook',
		description: 'The address that Salesflow sends the events to, up to 511 characters',
	},
	{ maxLength: longestUrl },
);

const disableForMutedContacts = flag({
	displayName: 'Disable for Muted Contacts',
	name: 'disableForMutedContacts',
	type: 'boolean',
	default: false,
	description: 'Whether to leave out the events of muted contacts',
});

const runOn = choice({
	displayName: 'Event',
	name: 'runOn',
	type: 'options',
	default: 2,
	options: events.map(({ name: eventName, runOn: value, description }): INodePropertyOptions => ({
		name: eventName,
		value,
		description,
	})),
	description: 'The event of the campaign that Salesflow sends to the webhook',
});

const eventOf = (runOn: unknown): string =>
	events.find((one) => String(one.runOn) === String(runOn))?.name ?? String(runOn);

const mapRecord = (record: IDataObject): IDataObject => withoutAddressSecret(record, 'Url');

/** SEED, CreateWebhook to DetachWebhook. */
export const webhook: Resource = {
	name: 'Webhook',
	value: 'webhook',
	operations: [
		operation({
			name: 'Get Many',
			value: 'getAll',
			action: 'Get many webhooks',
			description: 'Get the webhooks of the account, and which campaigns they are attached to',
			fields: [],
			request: () => get`/api/webhooks/list`,
			output: list(),
			mapRecord,
		}),
		operation({
			name: 'Attach',
			value: 'attach',
			action: 'Attach webhook to campaign',
			description: 'Send one kind of event of a campaign to a webhook',
			fields: [webhookId, campaignId, runOn],
			request: ({ webhookId, campaignId, runOn }) => ({
				...post`/api/webhooks/attach`,
				query: { webhookId, campaignId, runOn },
				label: `webhook ${webhookId} at campaign ${campaignId}`,
			}),
			writes: ({ webhookId, campaignId, runOn }) =>
				`${campaignId}: webhook ${webhookId}, ${eventOf(runOn)}`,
			output: attachment,
		}),
		operation({
			name: 'Attach to All Campaigns',
			value: 'attachToAll',
			action: 'Attach webhook to all campaigns',
			description:
				'Send one kind of event of every campaign to a webhook. Run it again for campaigns that were created later.',
			fields: [webhookId, runOn],
			request: ({ webhookId }) => ({ ...get`/api/webhooks/list`, lockKey: `webhook ${webhookId}` }),
			writes: ({ webhookId, runOn }) => `that lack it: webhook ${webhookId}, ${eventOf(runOn)}`,
			output: list(),
			async follow(client, webhooks, { webhookId, runOn }) {
				const webhook = webhooks.map(webhookFrom).find(isSame(webhookId));
				if (!webhook)
					throw new UserError(
						`There is no webhook ${webhookId} in this account. Webhook: Get Many lists those that are there.`,
					);
				return await attachMissing(client, webhook, await campaignsOf(client), Number(runOn));
			},
		}),
		operation({
			name: 'Create',
			value: 'create',
			action: 'Create webhook',
			description: 'Create a webhook. It sends nothing until it is attached to a campaign.',
			fields: [name, url, disableForMutedContacts],
			// SEED, CreateWebhook, says GET, and shows a body: it can only be POST (inferred).
			request: ({ name, url, disableForMutedContacts }) => ({
				...post`/api/webhooks/create`,
				body: { Name: name, Url: url, DisableForMutedContacts: disableForMutedContacts },
				label: `webhook ${name}`,
			}),
			writes: ({ name, url }) => `${quote(name)} for ${url}`,
			output: record(['WebhookId']),
			mapRecord,
		}),
		operation({
			name: 'Delete',
			value: 'delete',
			action: 'Delete webhook',
			description: 'Delete a webhook',
			fields: [webhookId],
			request: ({ webhookId }) => ({ ...del`/api/webhooks/delete`, query: { webhookId } }),
			writes: ({ webhookId }) => webhookId,
			output: done({ deleted: true }),
		}),
		operation({
			name: 'Detach',
			value: 'detach',
			action: 'Detach webhook from campaign',
			description: 'Stop sending an event of a campaign to a webhook',
			fields: [webhookCampaignId],
			request: ({ webhookCampaignId }) => ({
				...post`/api/webhooks/detach`,
				query: { webhookCampaignId },
				label: `attachment ${webhookCampaignId}`,
			}),
			writes: ({ webhookCampaignId }) => `(attachment ${webhookCampaignId})`,
			output: done({ detached: true }),
		}),
	],
};
