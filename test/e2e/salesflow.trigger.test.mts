import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { type SavedWorkflow } from '../../dev/n8n/workflow.mts';
import {
	campaigns,
	events,
	sim,
	test,
	credential,
	own,
	held,
	workflow,
	active,
	post,
	data,
	withSalesflow,
} from './salesflow.trigger.setup.mts';
import { describeDeliveries } from './salesflow.deliveries.mts';

withSalesflow();

describe('the Salesflow trigger in n8n', () => {
	it('makes 3 webhooks and 120 attachments once, over activations and restarts, and none is left', async () => {
		await active({ events }, async (saved) => {
			expect(held()).toEqual([3, 120]);
			const urls = own().map(({ Url }) => Url);
			await test.n8n.activate(saved.id);
			expect(held()).toEqual([3, 120]);
			await test.n8n.restart();
			await test.n8n.setUpOwner();
			expect(held()).toEqual([3, 120]);
			expect(own().map(({ Url }) => Url)).toEqual(urls);
			const contact = sim.vendor.seedContacts(1)[0];
			const [delivery] = sim.vendor.reply(contact?.MemberId, 'Tell me more').slice(-1);
			await sim.vendor.sender.idle();
			expect(delivery?.state).toBe('acknowledged');
			await test.n8n.untilExecutions(saved.id, 1);
		});
		expect(sim.violations()).toEqual([]);
	});

	it('asks little, and leaves no gap, where a change concerns nothing at Salesflow', async () => {
		await active({ events }, async (saved) => {
			const ids = own().map(({ WebhookId }) => WebhookId);
			const before = sim.requests.length;
			await test.n8n.change(saved.id, ([node]) => {
				node!.parameters = { ...node!.parameters, options: { ignoreRepeats: false } };
			});
			await wait(2_500);
			expect(own().map(({ WebhookId }) => WebhookId)).toEqual(ids);
			expect(held()).toEqual([3, 120]);
			expect(sim.journal.entries('webhook.delete')).toEqual([]);
			expect(sim.requests.length - before).toBeLessThanOrEqual(4);
		});
	});

	it.each([
		[1.2, 41, 2],
		[1.1, 40, 1],
	])(
		'with version %s watches %i campaigns after an event, one of them created later',
		async (version, watched, looks) => {
			const work = async (saved: SavedWorkflow) => {
				const later = sim.vendor.createCampaign('Later').CampaignId;
				const [early] = sim.vendor.seedContacts(1);
				for (const text of ['Hello', 'And?']) sim.vendor.reply(early?.MemberId, text);
				await test.n8n.untilExecutions(saved.id, 2);
				for (let tries = 0; held()[1] < 41 && tries < 20; tries++) await wait(100);
				expect(held()).toEqual([1, watched]);
				const looked = sim.requests.filter(({ operationId }) => operationId === 'campaign.getAll');
				expect(looked).toHaveLength(looks);
				const [contact] = sim.vendor.seedContacts(1, later);
				sim.vendor.reply(contact?.MemberId, 'Hello');
				await test.n8n.untilExecutions(saved.id, watched === 41 ? 3 : 2);
			};
			await active({ events: ['replyDetected'] }, work, version);
			expect(sim.violations()).toEqual([]);
		},
	);

	it('leaves nothing behind when the 60th attachment is refused, and says why', async () => {
		const limit = campaigns + 59;
		sim.setFault(({ operationId }) =>
			operationId === 'webhook.attach' && sim.vendor.webhooks.attachments().length >= limit
				? {
						kind: 'answer',
						when: 'before',
						answer: { status: 200, body: { Status: 422, Message: 'Full' } },
					}
				: undefined,
		);
		const saved = await workflow();
		await expect(test.n8n.activate(saved.id)).rejects.toThrow(
			/could not be watched for .* Salesflow says: Full/,
		);
		expect(sim.journal.entries('webhook.attach').length).toBeGreaterThanOrEqual(limit);
		expect(held()).toEqual([0, 0]);
		await test.n8n.deactivate(saved.id);
		sim.setFault(undefined);
	});

	it('heals what an interruption left, and takes away what it does not want any more', async () => {
		await active(
			{ events: ['replyDetected'], campaigns: 'chosen', campaignIds: ['29854', '29855'] },
			async (saved) => {
				const [webhook] = own();
				expect(held()).toEqual([1, 2]);
				await test.n8n.deactivate(saved.id);
				// What a crash leaves: a webhook without its attachments, and one with a secret that is lost.
				const url = webhook?.Url ?? '';
				sim.vendor.webhooks.create({ Name: 'a', Url: url, DisableForMutedContacts: false });
				const lost = sim.vendor.webhooks.create({
					Name: 'b',
					Url: url.replace(/secret=.*/, 'secret=lost'),
				});
				sim.vendor.webhooks.attach(lost.WebhookId, 29856, 2);
				await test.n8n.activate(saved.id);
				expect(held()).toEqual([1, 2]);
				expect(own()[0]?.AttachedWebhookCampaigns.map(({ CampaignId }) => CampaignId)).toEqual([
					29854, 29855,
				]);
				// Somebody took a part away in Salesflow: what is gone does not keep the rest from going.
				sim.vendor.webhooks.detach(own()[0]?.AttachedWebhookCampaigns[0]?.WebhookCampaignId);
			},
		);
	});

	it('takes what Salesflow delivers while the trigger is still being registered, and after that with a new token', async () => {
		const { MemberId } = sim.vendor.seedContacts(1)[0] ?? {};
		let early: Promise<{ status: number }> | undefined;
		let attachments = 0;
		sim.change({ latencyMs: 200 });
		sim.setFault(({ operationId }) => {
			const url = own()[0]?.Url;
			if (operationId === 'webhook.attach' && ++attachments === 15 && url)
				early = post(url, { MemberId });
			return undefined;
		});
		await active({ events: ['replyDetected'] }, async (saved) => {
			sim.change({ latencyMs: 0 });
			expect((await early)?.status).toBe(200);
			await test.n8n.untilExecutions(saved.id, 1);
			const url = own()[0]?.Url;
			sim.vendor.token = 'another-token';
			await test.n8n.updateCredential(credential, { ...data, token: sim.vendor.token });
			const [another] = sim.vendor.seedContacts(1);
			const [delivery] = sim.vendor.reply(another?.MemberId, 'Hello').slice(-1);
			await sim.vendor.sender.idle();
			expect(delivery).toMatchObject({ state: 'acknowledged', url });
			await test.n8n.untilExecutions(saved.id, 2);
		}).finally(async () => await test.n8n.updateCredential(credential, data));
	});

	it('listens for a test beside the production webhooks, and takes only its own away', async () => {
		await active({ events: ['replyDetected'] }, async (saved) => {
			const production = own().map(({ Url }) => Url);
			const { execution } = await test.n8n.listenForTest(saved);
			expect(held()).toEqual([2, 80]);
			const { MemberId: id } = sim.vendor.seedContacts(1)[0] ?? {};
			const listening = own().find(({ Url }) => !production.includes(Url));
			const body = { MemberId: id, FirstName: 'Ada' };
			expect((await post(listening?.Url ?? '', body)).status).toBe(200);
			expect((await execution()).mode).toBe('manual');
			for (let tries = 0; own().length > 1 && tries < 50; tries++) await wait(100);
			expect(own().map(({ Url }) => Url)).toEqual(production);
			expect(held()).toEqual([1, 40]);
		});
	});

	it.each([
		[{ events: [] }, "'Trigger On' is empty"],
		[{ events, campaigns: 'chosen', campaignIds: [] }, 'No campaign is chosen'],
		[{ events, campaigns: 'chosen', campaignIds: ['all'] }, '"all" is not a valid campaign ID'],
	])('refuses %j before it asks for anything', async (parameters, sentence) => {
		const saved = await workflow(parameters);
		await expect(test.n8n.activate(saved.id)).rejects.toThrow(sentence);
		// n8n takes down what a refused activation may have left, which reads the list of webhooks.
		const asked = sim.requests.map(({ operationId }) => operationId);
		expect(asked.filter((name) => name !== 'webhook.getAll')).toEqual([]);
		await test.n8n.deactivate(saved.id);
	});
});

describeDeliveries();
