import type { IDataObject } from 'n8n-workflow';
import type { Connection } from '../../engine/http/client';
import { many, one } from '../../engine/operation/operation';
import { Refusal } from '../../engine/http/apiError';
import { del, get, post } from '../../engine/http/request';
import { type Attachment, longestName, type Plan, type Step, type Webhook } from './plan';
import { isRecord } from '../../engine/util/json';
import { forEachBounded } from '../../engine/util/forEachBounded';

/** Attachments under way at once. No document names a limit; five do not look like an attack. */
const width = 5;

/** The ids of all campaigns of the account. SEED, ListCampaigns. */
export async function campaignIds({ send }: Connection): Promise<number[]> {
	const campaigns = many().records(await send(get`/api/campaigns/list-campaigns`));
	return campaigns.map(({ CampaignId }) => Number(CampaignId));
}

/**
 * The webhooks that one trigger made, whether or not it remembers them: those whose URL begins as only
 * its own do. SEED, ListWebhooks.
 */
export async function webhooksAt({ send }: Connection, urlPrefix: string): Promise<Webhook[]> {
	const webhooks = many().records(await send(get`/api/webhooks/list`));
	return webhooks
		.filter(({ Url }) => typeof Url === 'string' && Url.startsWith(urlPrefix))
		.map((webhook) => ({
			...(webhook as IDataObject & Omit<Webhook, 'AttachedWebhookCampaigns'>),
			AttachedWebhookCampaigns: attachmentsOf(webhook),
		}));
}

function attachmentsOf({ AttachedWebhookCampaigns: list }: IDataObject): Attachment[] {
	const entries: unknown[] = Array.isArray(list) ? list : [];
	return entries.filter(isRecord).map((entry) => entry as unknown as Attachment);
}

/** Does what a plan says. @throws Refusal at the first step that is refused; what was done stays done */
export async function carryOut(
	connection: Connection,
	{ remove, steps }: Plan,
	workflowName: string,
): Promise<void> {
	await takeAway(connection, remove);
	for (const step of steps) {
		const webhookId = step.kept?.WebhookId ?? (await create(connection, step, workflowName));
		const attach = async (campaignId: number) => {
			await attachTo(connection, webhookId, campaignId, step);
		};
		rethrow(await forEachBounded(step.attach, width, attach));
		rethrow(await forEachBounded(step.detach, width, async (one) => await detach(connection, one)));
	}
}

/**
 * Detaches and deletes webhooks. Goes on to the last one, whatever is refused on the way: part of it may
 * be gone already, and no document says how the vendor answers then.
 * @throws the first Refusal
 */
export async function takeAway(
	connection: Connection,
	webhooks: readonly Webhook[],
): Promise<void> {
	const refused: unknown[] = [];
	const tried = async (work: () => Promise<unknown>) => {
		try {
			await work();
		} catch (thrown) {
			refused.push(thrown);
		}
	};
	for (const { WebhookId: webhookId, AttachedWebhookCampaigns: attachments } of webhooks) {
		const detachOne = async (one: Attachment) =>
			await tried(async () => await detach(connection, one));
		await forEachBounded(attachments, width, detachOne);
		await tried(
			async () => await connection.send({ ...del`/api/webhooks/delete`, query: { webhookId } }),
		);
	}
	if (refused.length > 0) throw refused[0];
}

async function create(
	{ send }: Connection,
	{ wanted }: Step,
	workflowName: string,
): Promise<number> {
	const { event, url, skipMuted } = wanted;
	const body = {
		Name: `n8n: ${event.name} (${workflowName}`.slice(0, longestName - 1) + ')',
		Url: url,
		DisableForMutedContacts: skipMuted,
	};
	const [created] = one().records(await send({ ...post`/api/webhooks/create`, body }));
	return Number(created?.WebhookId);
}

async function attachTo(
	{ send }: Connection,
	webhookId: number,
	campaignId: number,
	{ wanted: { event } }: Step,
): Promise<void> {
	const query = { webhookId, campaignId, runOn: event.runOn };
	await send({ ...post`/api/webhooks/attach`, query }).catch((thrown: unknown) => {
		if (!(thrown instanceof Refusal)) throw thrown;
		const { advice, code, message } = thrown;
		const what = `Campaign ${campaignId} could not be watched for ${event.name}. ${message}`;
		throw new Refusal(what, { advice, code });
	});
}

async function detach({ send }: Connection, { WebhookCampaignId }: Attachment): Promise<void> {
	await send({ ...post`/api/webhooks/detach`, query: { webhookCampaignId: WebhookCampaignId } });
}

function rethrow(failure: { thrown: unknown } | undefined): void {
	if (failure) throw failure.thrown;
}
