import { describe, expect, it } from '@jest/globals';
import { isRegistered, register } from '../../nodes/Salesflow/trigger/register.ts';
import { context, held, perSet, sim, withSalesflow } from './salesflow.hooks.setup.mts';

withSalesflow();

const nameOf: Record<number, string> = { 1: 'MEMBER_CONNECTED', 2: 'REPLY_DETECTED' };

/** The list of webhooks with other spellings of its numbers. */
const relisted = (idAs: (id: number) => unknown, runOnAs: (runOn: number) => unknown): string =>
	JSON.stringify(
		[...sim.vendor.webhooks.byId.values()].map(({ AttachedWebhookCampaigns: all, ...webhook }) => ({
			...webhook,
			AttachedWebhookCampaigns: all.map(({ WebhookCampaignId, CampaignId, RunOn }) => ({
				WebhookCampaignId: idAs(WebhookCampaignId),
				CampaignId: idAs(CampaignId),
				RunOn: runOnAs(RunOn),
			})),
		})),
	);

describe('a list of webhooks', () => {
	// SEED's sample of it has numbers, and its text the names of the events.
	it.each([
		['text', (id: number) => String(id), (runOn: number) => String(runOn)],
		['the names of the events', (id: number) => id, (runOn: number) => nameOf[runOn]],
	])('tells what is attached where its numbers come as %s', async (_, idAs, runOnAs) => {
		await register(context());
		sim.setFault(({ operationId }) =>
			operationId === 'webhook.getAll'
				? { kind: 'alter', alter: (answer) => ({ ...answer, body: relisted(idAs, runOnAs) }) }
				: undefined,
		);
		expect(await isRegistered(context())).toBe(true);
		await register(context());
		expect(sim.counts.byOperation['webhook.attach']).toBe(perSet()[1]);
		await register(context({ parameters: { campaigns: 'chosen', campaignIds: [29854] } }));
		expect(held()).toEqual([2, 2]);
	});
});
