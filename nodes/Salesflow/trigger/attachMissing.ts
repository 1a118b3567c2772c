import type { IDataObject } from 'n8n-workflow';
import { ApiError } from '../../engine/http/apiError';
import type { Client } from '../../engine/http/client';
import { get, post } from '../../engine/http/request';
import { many } from '../../engine/operation/operation';
import { forEachBounded } from '../../engine/util/forEachBounded';
import { isRecord } from '../../engine/util/json';
import type { Attachment, Webhook } from './plan';

/** Attachments under way at once. No document names a limit; five do not look like an attack. */
export const width = 5;

/** A campaign, as far as attaching looks at it (SEED, ListCampaigns). */
export interface Campaign {
	CampaignId: number;
	CampaignName: string;
}

/** What became of one campaign. */
export interface Attached extends Campaign, IDataObject {
	WebhookId: number;
	RunOn: number;
	Result: 'attached' | 'wasThere' | 'refused';
	/** The attachment's; null where it was refused. */
	WebhookCampaignId: number | null;
	/** Why it was refused, else null. */
	Message: string | null;
}

/** All campaigns of the account. SEED, ListCampaigns. @throws ApiError */
export async function campaignsOf({ send }: Client): Promise<Campaign[]> {
	const campaigns = await send(get`/api/campaigns/list-campaigns`, many().records);
	return campaigns.map(({ CampaignId, CampaignName }) => ({
		CampaignId: Number(CampaignId),
		CampaignName: String(CampaignName),
	}));
}

/** All webhooks of the account. SEED, ListWebhooks. @throws ApiError */
export const webhooksOf = async ({ send }: Client): Promise<Webhook[]> =>
	(await send(get`/api/webhooks/list`, many().records)).map(webhookFrom);

/** A webhook as it is listed, whatever stands among its attachments. */
export const webhookFrom = (record: IDataObject): Webhook => ({
	...(record as IDataObject & Omit<Webhook, 'AttachedWebhookCampaigns'>),
	AttachedWebhookCampaigns: attachmentsOf(record),
});

function attachmentsOf({ AttachedWebhookCampaigns: list }: IDataObject): Attachment[] {
	const entries: unknown[] = Array.isArray(list) ? list : [];
	return entries.filter(isRecord).map((entry) => entry as unknown as Attachment);
}

/** Attaches a webhook to a campaign for one event. SEED, AttachWebhook. @throws ApiError */
export const attach = async (
	{ send }: Client,
	query: { webhookId: number; campaignId: number; runOn: number },
): Promise<unknown> => await send({ ...post`/api/webhooks/attach`, query });

/**
 * Attaches a webhook to those of some campaigns to which it is not attached for an event. What Salesflow answers where
 * it is no document says, so the list of webhooks says what was there, before and after what was refused.
 * @returns what became of each campaign
 * @throws ApiError where Salesflow does not answer, or it is not known what it did
 */
export async function attachMissing(
	client: Client,
	webhook: Webhook,
	campaigns: readonly Campaign[],
	runOn: number,
): Promise<Attached[]> {
	const { WebhookId: webhookId } = webhook;
	const before = idsByCampaign(webhook, runOn);
	const failed = new Map<number, ApiError>();
	const missing = campaigns.filter(({ CampaignId: id }) => !before.has(id));
	const failure = await forEachBounded(missing, width, async ({ CampaignId: campaignId }) => {
		await attach(client, { webhookId, campaignId, runOn }).catch((thrown: unknown) => {
			if (!(thrown instanceof ApiError) || !isRefused(thrown)) throw thrown;
			failed.set(campaignId, thrown);
		});
	});
	if (failure) throw failure.thrown;
	const now = missing.length > 0 ? (await webhooksOf(client)).find(isSame(webhookId)) : webhook;
	const after = now ? idsByCampaign(now, runOn) : new Map<number, number>();
	return campaigns.map(({ CampaignId, CampaignName }) => {
		const id = before.get(CampaignId) ?? after.get(CampaignId);
		const refused = failed.get(CampaignId);
		const wasThere = before.has(CampaignId) || (refused !== undefined && id !== undefined);
		return {
			CampaignId,
			CampaignName,
			WebhookId: webhookId,
			RunOn: runOn,
			Result: id === undefined ? 'refused' : wasThere ? 'wasThere' : 'attached',
			WebhookCampaignId: id ?? null,
			Message: id === undefined ? (refused?.message ?? 'Salesflow does not list it') : null,
		};
	});
}

/** Finds a webhook by its id. */
export const isSame =
	(webhookId: unknown) =>
	({ WebhookId }: Webhook): boolean =>
		String(WebhookId) === String(webhookId);

/** A refusal of this one; a fault or a lost answer says nothing of it. */
const isRefused = ({ code = '' }: ApiError): boolean => /^4\d\d$/.test(code) && code !== '429';

const idsByCampaign = ({ AttachedWebhookCampaigns: all }: Webhook, runOn: number) =>
	new Map(
		all
			.filter(({ RunOn }) => RunOn === runOn)
			.map(({ CampaignId, WebhookCampaignId }) => [CampaignId, WebhookCampaignId]),
	);
