import type { IDataObject } from 'n8n-workflow';
import { ApiError } from '../../engine/http/apiError';
import type { Client } from '../../engine/http/client';
import { get, post } from '../../engine/http/request';
import { forEachBounded } from '../../engine/util/forEachBounded';
import { isRecord } from '../../engine/util/json';
import { attachment, list } from '../resources/answers';
import { listedRunOn } from './events';
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
	const campaigns = await send(get`/api/campaigns/list-campaigns`, list().records);
	return campaigns.map(({ CampaignId, CampaignName }) => ({
		CampaignId: Number(CampaignId),
		CampaignName: String(CampaignName),
	}));
}

/** All webhooks of the account. SEED, ListWebhooks. @throws ApiError */
export const webhooksOf = async ({ send }: Client): Promise<Webhook[]> =>
	(await send(get`/api/webhooks/list`, list().records)).map(webhookFrom);

/** A webhook as it is listed, whatever stands among its attachments, and their numbers as numbers. */
export const webhookFrom = (record: IDataObject): Webhook => ({
	...(record as IDataObject & Omit<Webhook, 'AttachedWebhookCampaigns'>),
	AttachedWebhookCampaigns: attachmentsOf(record),
});

function attachmentsOf({ AttachedWebhookCampaigns: list }: IDataObject): Attachment[] {
	const entries: unknown[] = Array.isArray(list) ? list : [];
	return entries.filter(isRecord).map(({ WebhookCampaignId: id, CampaignId, RunOn }) => ({
		WebhookCampaignId: Number(id),
		CampaignId: Number(CampaignId),
		RunOn: listedRunOn(RunOn),
	}));
}

/** Attaches a webhook to a campaign for one event. SEED, AttachWebhook. @throws ApiError */
export const attach = async (
	{ send }: Client,
	query: { webhookId: number; campaignId: number; runOn: number },
): Promise<Attachment> => {
	const [made] = await send({ ...post`/api/webhooks/attach`, query }, attachment.records);
	return made as unknown as Attachment;
};

/**
 * Attaches a webhook to those of some campaigns to which it is not attached for an event. What Salesflow answers where
 * it is no document says, so after a refusal the list of webhooks is asked.
 * @returns what became of each campaign
 * @throws ApiError where Salesflow does not answer, or it is not known what it did
 */
export async function attachMissing(
	client: Client,
	webhook: Webhook,
	campaigns: readonly Campaign[],
	runOn: number,
): Promise<Attached[]> {
	const { WebhookId } = webhook;
	const there = idsByCampaign(webhook, runOn);
	const made = new Map<number, number>();
	const refused = new Map<number, string>();
	const missing = campaigns.filter(({ CampaignId: id }) => !there.has(id));
	const failure = await forEachBounded(missing, width, async ({ CampaignId: campaignId }) => {
		await attach(client, { webhookId: WebhookId, campaignId, runOn })
			.then(({ WebhookCampaignId: id }) => made.set(campaignId, Number(id)))
			.catch((thrown: unknown) => {
				if (!(thrown instanceof ApiError) || !isRefused(thrown)) throw thrown;
				refused.set(campaignId, thrown.message);
			});
	});
	if (failure) throw failure.thrown;
	const now = refused.size > 0 ? (await webhooksOf(client)).find(isSame(WebhookId)) : undefined;
	for (const [campaignId, id] of now ? idsByCampaign(now, runOn) : [])
		if (refused.delete(campaignId)) there.set(campaignId, id);
	return campaigns.map(({ CampaignId, CampaignName }) => {
		const about = { CampaignId, CampaignName, WebhookId, RunOn: runOn };
		const Message = refused.get(CampaignId) ?? null;
		if (Message !== null) return { ...about, Result: 'refused', WebhookCampaignId: null, Message };
		const [Result, ids] = made.has(CampaignId)
			? (['attached', made] as const)
			: (['wasThere', there] as const);
		return { ...about, Result, WebhookCampaignId: ids.get(CampaignId) ?? null, Message };
	});
}

/** Finds a webhook by its id. */
export const isSame =
	(webhookId: unknown) =>
	({ WebhookId }: Webhook): boolean =>
		String(WebhookId) === String(webhookId);

/** A refusal of this one; a fault or a lost answer says nothing of it. */
export const isRefused = ({ code = '' }: ApiError): boolean =>
	/^4\d\d$/.test(code) && code !== '429';

const idsByCampaign = ({ AttachedWebhookCampaigns: all }: Webhook, runOn: number) =>
	new Map(
		all
			.filter(({ RunOn }) => RunOn === runOn)
			.map(({ CampaignId, WebhookCampaignId }) => [CampaignId, WebhookCampaignId]),
	);
