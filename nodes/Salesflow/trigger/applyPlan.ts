import type { Client } from '../../engine/http/client';
import { isNumericId } from '../../engine/form/id';
import { one } from '../../engine/operation/operation';
import { ApiError } from '../../engine/http/apiError';
import { del, post } from '../../engine/http/request';
import { type Attachment, longestName, type Plan, type Step, type Webhook } from './plan';
import { forEachBounded } from '../../engine/util/forEachBounded';
import { attach, isRefused, webhooksOf, width } from './attachMissing';

/** The webhooks that one trigger made, which is told by their URLs. */
export const webhooksAt = async (
	client: Client,
	isOwn: (url: string) => boolean,
): Promise<Webhook[]> =>
	(await webhooksOf(client)).filter(({ Url }) => typeof Url === 'string' && isOwn(Url));

/** The addresses of all webhooks of the account. */
export const webhookUrls = async (client: Client): Promise<string[]> =>
	(await webhooksAt(client, () => true)).map(({ Url }) => Url);

/**
 * Does what a plan says.
 * @param passOver told of a campaign that is refused, which is passed over then
 * @throws ApiError at the first step that is refused otherwise; what was done stays done
 */
export async function carryOut(
	client: Client,
	{ remove, steps }: Plan,
	workflowName: string,
	passOver?: (refused: ApiError) => void,
): Promise<void> {
	for (const step of steps) {
		const webhookId = step.kept?.WebhookId ?? (await create(client, step, workflowName));
		const attachOne = async (campaignId: number) => {
			await attachTo(client, webhookId, campaignId, step).catch((thrown: unknown) => {
				if (!passOver || !(thrown instanceof ApiError) || !isRefused(thrown)) throw thrown;
				passOver(thrown);
			});
		};
		rethrow(await forEachBounded(step.attach, width, attachOne));
		rethrow(await forEachBounded(step.detach, width, async (one) => await detach(client, one)));
	}
	// Last, so that no event comes in between that has nowhere to go.
	await takeAway(client, remove);
}

/**
 * Detaches and deletes webhooks. Goes on to the last one, whatever is refused on the way: part of it may
 * be gone already, and no document says how the vendor answers then.
 * @throws the first ApiError
 */
export async function takeAway(client: Client, webhooks: readonly Webhook[]): Promise<void> {
	const refused: unknown[] = [];
	const tried = async (work: () => Promise<unknown>) => {
		try {
			await work();
		} catch (thrown) {
			refused.push(thrown);
		}
	};
	for (const { WebhookId: webhookId, AttachedWebhookCampaigns: attachments } of webhooks) {
		const detachOne = async (one: Attachment) => await tried(async () => await detach(client, one));
		await forEachBounded(attachments, width, detachOne);
		await tried(
			async () => await client.send({ ...del`/api/webhooks/delete`, query: { webhookId } }),
		);
	}
	if (refused.length > 0) throw refused[0];
}

/** @throws ApiError where nobody can tell which webhook it is: an attachment to another one would tell nobody */
async function create(client: Client, { wanted }: Step, workflowName: string): Promise<number> {
	const { event, url, skipMuted } = wanted;
	const body = {
		Name: `n8n: ${event.name} (${workflowName}`.slice(0, longestName - 1) + ')',
		Url: url,
		DisableForMutedContacts: skipMuted,
	};
	const [created] = one().records(await client.send({ ...post`/api/webhooks/create`, body }));
	if (isNumericId(String(created?.WebhookId))) return Number(created?.WebhookId);
	const [made] = await webhooksAt(client, (other) => other === url);
	if (made) return Number(made.WebhookId);
	throw new ApiError(`Salesflow did not say which webhook it made for ${event.name}`, {
		hint: 'See Webhook > Get Many for what is there, and try again.',
	});
}

async function attachTo(
	client: Client,
	webhookId: number,
	campaignId: number,
	{ wanted: { event } }: Step,
): Promise<void> {
	const query = { webhookId, campaignId, runOn: event.runOn };
	await attach(client, query).catch((thrown: unknown) => {
		if (!(thrown instanceof ApiError)) throw thrown;
		const { hint: advice, code, message } = thrown;
		const what = `Campaign ${campaignId} could not be watched for ${event.name}. ${message}`;
		throw new ApiError(what, { hint: advice, code });
	});
}

async function detach({ send }: Client, { WebhookCampaignId }: Attachment): Promise<void> {
	await send({ ...post`/api/webhooks/detach`, query: { webhookCampaignId: WebhookCampaignId } });
}

function rethrow(failure: { thrown: unknown } | undefined): void {
	if (failure) throw failure.thrown;
}
