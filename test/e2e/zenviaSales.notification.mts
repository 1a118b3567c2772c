import { randomUUID } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { whileBusy } from '../../dev/n8n/busy.mts';
import { itemsOf } from '../../dev/n8n/execution.mts';
import { chain } from '../../dev/n8n/workflow.mts';
import {
	minute,
	triggerName,
	simulator,
	tested,
	credential,
	active,
	activated,
	callbackUrls,
	count,
	statuses,
} from './zenviaSales.trigger.setup.mts';

/** What a captured notification of 2025 looks like, in short. */
const interaction = (more: object = {}) => ({
	subscriptionId: 'a'.repeat(24),
	topic: 'interactions',
	type: 'created',
	received: new Date().toISOString(),
	sent: new Date().toISOString(),
	attempts: 1,
	operationId: 'b'.repeat(24),
	prospect: { id: 'c'.repeat(24), firstName: 'Ana' },
	interaction: {
		id: 'd'.repeat(24),
		createdAt: new Date().toISOString(),
		status: 'finished',
		proactive: false,
		via: 'whatsApp',
		output: { message: { content: 'Hi', performer: 'integration' } },
	},
	...more,
});

async function post(url: string, body: unknown): Promise<number> {
	const headers = { 'content-type': 'application/json' };
	const send = async () =>
		await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) });
	return (await whileBusy(send)).status;
}

/** What a workflow gets of a notification, and who is refused. */
export function describeNotification(): void {
	describe('a notification', () => {
		test(
			'without the secret, or with a wrong one, is refused with 401 and starts nothing',
			async () => {
				const saved = await activated();
				const [url = ''] = callbackUrls();
				const forged = new URL(url);
				forged.searchParams.set('secret', 'x'.repeat(43));
				const short = new URL(url);
				short.searchParams.set('secret', '');
				const twice = `${url}&secret=${new URL(url).searchParams.get('secret') ?? ''}`;
				const bare = url.split('?')[0] ?? '';
				const answers = [forged.href, short.href, twice, bare].map(
					async (one) => await post(one, interaction()),
				);
				expect(await Promise.all(answers)).toEqual([401, 401, 401, 401]);
				expect(await post(url, [1])).toBe(400);
				expect(await post(url, { topic: 'interactions' })).toBe(400);
				expect(await count(saved)).toBe(0);
				expect(await post(url, interaction())).toBe(200);
				await tested.n8n.untilExecutions(saved.id, 1);
			},
			minute,
		);

		test(
			'with a secret that came in a workflow’s file is refused, however n8n imported it',
			async () => {
				const chosen = 'c'.repeat(43);
				const file = join(tested.n8n.folder, 'imported.json');
				const node = tested.node(
					{ node: 'zenviaSalesTrigger', parameters: { topics: ['interactions'] }, credential },
					triggerName,
				);
				const id = 'FileOfOtherMan01';
				const trigger = { ...node, webhookId: randomUUID() };
				const memory = { secret: chosen, url: `${tested.n8n.url}/webhook?secret=${chosen}` };
				const staticData = { [`node:${triggerName}`]: memory };
				// n8n 2.0 wants the version's id, which its own export has.
				const ids = { id, versionId: randomUUID() };
				const imported = { ...ids, ...chain('Imported', [trigger]), active: false, staticData };
				await writeFile(file, JSON.stringify([imported]));
				expect(await tested.n8n.command('import:workflow', `--input=${file}`)).toContain(
					'1 workflow',
				);
				expect(JSON.stringify(await tested.n8n.workflow(id))).toContain(chosen);
				await tested.n8n.activate(id);
				active.push(id);
				const [url = ''] = callbackUrls();
				const secret = new URL(url).searchParams.get('secret') ?? '';
				expect(secret).toMatch(/^[\w-]{43}$/);
				expect(url).not.toContain(chosen);
				expect(await post(url.replace(secret, chosen), interaction())).toBe(401);
				expect(await post(url, interaction())).toBe(200);
				await tested.n8n.untilExecutions(id, 1);
				expect(JSON.stringify(await tested.n8n.workflow(id))).not.toContain(secret);
			},
			2 * minute,
		);

		test(
			'that comes 20 times at once starts one execution',
			async () => {
				const saved = await activated();
				const [url = ''] = callbackUrls();
				const copies = simulator.vendor.subscriptions.post(url, 'interactions', interaction(), 20);
				await simulator.vendor.subscriptions.webhooks.idle();
				expect(statuses(copies)).toEqual(Array.from({ length: 20 }, () => 200));
				const later = interaction({
					sent: new Date().toISOString(),
					attempts: 2,
					operationId: 'e'.repeat(24),
				});
				expect(await post(url, later)).toBe(200);
				// The next message is another event; when its execution is there, the repeats' would be too.
				const next = { ...interaction().interaction, id: 'f'.repeat(24) };
				expect(await post(url, interaction({ interaction: next }))).toBe(200);
				await tested.n8n.untilExecutions(saved.id, 2);
				expect(await count(saved)).toBe(2);
			},
			minute,
		);

		test(
			'starts the workflow in both envelopes, in one shape, and only in the wanted direction',
			async () => {
				const saved = await activated({ options: { direction: 'incoming', types: ['created'] } });
				const [id = ''] = simulator.vendor.seedProspects(1);
				const { subscriptions, receiveMessage } = simulator.vendor;
				receiveMessage.call(simulator.vendor, id, { content: 'As an object' });
				await tested.n8n.untilExecutions(saved.id, 1);
				subscriptions.settings.envelope = 'documented';
				receiveMessage.call(simulator.vendor, id, { content: 'As a list' });
				await tested.n8n.untilExecutions(saved.id, 2);
				await fetch(
					`${simulator.url}/api/v1/prospect/${id}/messaging/whatsapp?api-key=zenvia-key`,
					{
						method: 'POST',
						headers: { 'content-type': 'application/json' },
						body: JSON.stringify({ content: 'Outgoing' }),
					},
				);
				await subscriptions.webhooks.idle();
				expect(subscriptions.webhooks.deliveries.map(({ state }) => state)).toEqual([
					'acknowledged',
					'acknowledged',
					'acknowledged',
				]);
				const executions = await tested.n8n.executions(saved.id);
				expect(executions).toHaveLength(2);
				const items = await Promise.all(
					executions.map(
						async (one) => itemsOf(await tested.n8n.execution(one.id), triggerName)[0]?.json,
					),
				);
				expect(items.map((json) => (json?.['prospect'] as { id: string }).id)).toEqual([id, id]);
				expect(items.map((json) => json?.['eventId'])).not.toContain(undefined);
			},
			minute,
		);

		test(
			'starts the workflow after n8n was started again, and its repeat does not',
			async () => {
				const saved = await activated();
				const before = callbackUrls();
				expect(await post(before[0] ?? '', interaction())).toBe(200);
				await tested.n8n.untilExecutions(saved.id, 1);
				await tested.n8n.restart();
				await tested.n8n.setUpOwner();
				expect(callbackUrls()).toEqual(before);
				expect(await post(before[0] ?? '', interaction({ attempts: 2 }))).toBe(200);
				const [id = ''] = simulator.vendor.seedProspects(1);
				simulator.vendor.receiveMessage(id, { content: 'Hi' });
				await tested.n8n.untilExecutions(saved.id, 2);
				expect(await count(saved)).toBe(2);
			},
			2 * minute,
		);

		test(
			'with an attachment inside the network fetches nothing, and says so',
			async () => {
				const saved = await activated({
					options: { downloadAttachments: true, attachmentHosts: '127.0.0.1' },
				});
				const [id = ''] = simulator.vendor.seedProspects(1);
				const asked = simulator.counts.requests;
				const url = simulator.url.replace('http:', 'https:');
				simulator.vendor.receiveMessage(id, {
					attachment: { type: 'IMAGE', url: `${url}/photo.jpg` },
				});
				const [last] = await tested.n8n.untilExecutions(saved.id, 1);
				const item = itemsOf(await tested.n8n.execution(last?.id ?? ''), triggerName)[0];
				expect(item?.json['warning']).toBe(
					'The attachment was left out. 127.0.0.1 is not a public name.',
				);
				expect(item?.binary).toBeUndefined();
				expect(simulator.counts.requests).toBe(asked);
			},
			minute,
		);
	});
}
