import type { IWebhookFunctions } from 'n8n-workflow';
import { type Client, connect } from '../../engine/http/client';
import { queryText } from '../../engine/webhook/delivery';
import { nameOf, noteWrite } from '../../engine/webhook/duplicates';
import { findWebhookAddress, hiddenIn } from '../../engine/webhook/webhookAddress';
import { secretParameter } from '../../engine/webhook/ownAddress';
import { forgetOldest } from '../../engine/util/oldest';
import { salesflow } from '../vendor';
import { events } from './events';
import { attachMissing, campaignsOf, webhooksOf } from './attachMissing';
import { turns, urlOf } from './ownWebhooks';
import { chosenIn } from '../../engine/util/chosen';

/** From this version on a trigger that watches all campaigns also watches those that were created later. */
export const laterCampaignsVersion = 1.2;

/** How often the campaigns are looked for, where events come, and how long that may take. Milliseconds. */
const lookEvery = 3_600_000;
const longestLook = 60_000;

/** When each trigger's campaigns were looked for, by its name; n8n's memory of it is a help over restarts. */
const lookedAt = new Map<string, number>();
const mostTriggers = 1000;

/**
 * After a genuine delivery: attaches the trigger's webhooks to campaigns that were created later, at most once an
 * hour. The delivery does not wait for it.
 */
export function watchLaterCampaigns(context: IWebhookFunctions): void {
	if (context.getNode().typeVersion < laterCampaignsVersion) return;
	if (context.getMode() === 'manual' || !isDue(context)) return;
	if (context.getNodeParameter('campaigns', 'all') !== 'all') return;
	const memory = context.getWorkflowStaticData('node');
	memory.lookedAt = Date.now();
	noteWrite(context);
	lookedAt.delete(nameOf(context));
	lookedAt.set(nameOf(context), Date.now());
	forgetOldest(lookedAt, mostTriggers);
	void attachAll(context);
}

function isDue(context: IWebhookFunctions): boolean {
	const { lookedAt: stored } = context.getWorkflowStaticData('node');
	const last = Math.max(
		lookedAt.get(nameOf(context)) ?? 0,
		typeof stored === 'number' ? stored : 0,
	);
	return Math.abs(Date.now() - last) >= lookEvery;
}

/** Goes on after n8n has answered, so that whatever goes wrong is for n8n's log. */
async function attachAll(context: IWebhookFunctions): Promise<void> {
	const { logger } = context;
	const about = { workflowId: context.getWorkflow().id };
	const secret = queryText(context, secretParameter);
	const address = findWebhookAddress(context) ?? '';
	const chosen = chosenIn(context.getNodeParameter('events', []));
	const signal = AbortSignal.timeout(longestLook);
	let client: Client | undefined;
	try {
		const opened = await connect(context, salesflow, {
			signal,
			secrets: hiddenIn(context, secret),
		});
		client = opened;
		const done = await turns.serialize(address, async () => {
			const campaigns = await campaignsOf(opened);
			const webhooks = await webhooksOf(opened);
			const results = [];
			for (const { value, runOn } of events.filter((event) => chosen.includes(event.value))) {
				const url = urlOf(address, value, secret);
				const webhook = webhooks.find(({ Url }) => Url === url);
				if (webhook) results.push(...(await attachMissing(opened, webhook, campaigns, runOn)));
			}
			return results;
		});
		const attached = done.filter(({ Result }) => Result === 'attached').length;
		const [refused] = done.filter(({ Result }) => Result === 'refused');
		if (attached > 0) logger.info(`Salesflow campaigns newly watched: ${attached}`, about);
		if (refused)
			logger.warn(`Campaign ${refused.CampaignId} is not watched. ${refused.Message}`, about);
	} catch (thrown) {
		const why = thrown instanceof Error ? thrown.message : 'no answer';
		const said = client?.redact(why) ?? why;
		logger.warn(`Salesflow campaigns that were created later are not watched yet: ${said}`, about);
	}
}
