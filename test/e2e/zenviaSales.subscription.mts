import { describe, expect, test } from '@jest/globals';
import { does } from '../../dev/n8n/changes.mts';
import { itemsOf } from '../../dev/n8n/execution.mts';
import { type SavedWorkflow } from '../../dev/n8n/workflow.mts';
import {
	minute,
	triggerName,
	simulator,
	tested,
	active,
	workflow,
	activated,
	callbackUrls,
} from './zenviaSales.trigger.setup.mts';

const webhookIdOf = ({ nodes }: SavedWorkflow) => String(nodes[0]?.['webhookId']);

/** A trigger's subscription outlives its deactivation by two seconds. */
const untilNone = async () => await until(() => callbackUrls().length === 0);

/** Waits until the simulator's state is so; what it is then is for the test to say. */
async function until(isSo: () => boolean): Promise<void> {
	for (let tries = 0; tries < 300 && !isSo(); tries++) {
		await new Promise((resolve) => setTimeout(resolve, 100));
	}
}

/** What is registered at Zenvia, whatever goes wrong. */
export function describeSubscription(): void {
	describe('the simulator holds exactly the subscription that it should', () => {
		test(
			'after activating, deactivating and activating again',
			async () => {
				const saved = await activated();
				const [url = ''] = callbackUrls();
				expect(callbackUrls()).toHaveLength(1);
				expect(url).toContain(`/webhook/${webhookIdOf(saved)}/webhook?secret=`);
				expect(new URL(url).searchParams.get('secret')).toMatch(/^[\w-]{43}$/);
				expect(simulator.vendor.subscriptions.active[0]?.topics).toEqual(['interactions']);
				await tested.n8n.deactivate(saved.id);
				await untilNone();
				expect(callbackUrls()).toEqual([]);
				await tested.n8n.activate(saved.id);
				expect(callbackUrls()).toEqual([url]);
				expect(simulator.violations()).toEqual([]);
			},
			minute,
		);

		test(
			'after a second workflow of the same group, which stops with a sentence',
			async () => {
				await activated();
				const held = callbackUrls();
				const second = await workflow();
				await expect(tested.n8n.activate(second.id)).rejects.toThrow(
					/already sends the interactions of this group to 127\.0\.0\.1:\d+ \([\w-]{6}\)/,
				);
				expect(callbackUrls()).toEqual(held);
				// 2.x keeps it as published and without a trigger.
				active.push(second.id);
			},
			2 * minute,
		);

		test(
			'after a second workflow that replaces, and after both are off',
			async () => {
				const first = await activated();
				const second = await activated({
					onConflict: 'replace',
					topics: ['prospects', 'interactions'],
				});
				expect(callbackUrls()).toHaveLength(1);
				expect(callbackUrls()[0]).toContain(webhookIdOf(second));
				// The first one may not end what the second one made.
				await tested.n8n.deactivate(first.id);
				expect(callbackUrls()[0]).toContain(webhookIdOf(second));
				await tested.n8n.deactivate(second.id);
				await untilNone();
				expect(callbackUrls()).toEqual([]);
			},
			minute,
		);

		test(
			'after listening for a test, with and without an event',
			async () => {
				const saved = await activated();
				const before = callbackUrls();
				const { execution } = await tested.n8n.listenForTest(saved);
				expect(callbackUrls()).toHaveLength(1);
				expect(callbackUrls()[0]).toContain('/webhook-test/');
				const [id = ''] = simulator.vendor.seedProspects(1);
				simulator.vendor.receiveMessage(id, { content: 'Hi' });
				const item = itemsOf(await execution(), triggerName)[0];
				expect(item?.json).toMatchObject({ topic: 'interactions', direction: 'incoming' });
				await until(() => callbackUrls()[0] === before[0]);
				expect(callbackUrls()).toEqual(before);
				expect(simulator.vendor.subscriptions.active[0]?.topics).toEqual(['interactions']);

				await tested.n8n.listenForTest(saved);
				expect(callbackUrls()[0]).toContain('/webhook-test/');
				await tested.n8n.cancelTest(saved.id);
				await until(() => callbackUrls()[0] === before[0]);
				expect(callbackUrls()).toEqual(before);
				// And the production one works: its execution is the second.
				simulator.vendor.receiveMessage(id, { content: 'Once more' });
				await tested.n8n.untilExecutions(saved.id, 2);
			},
			2 * minute,
		);

		test(
			'after a test of a workflow that is not active, and of one in another’s place',
			async () => {
				const { workflow: alone } = await tested.n8n.listenForTest(await workflow());
				expect(callbackUrls()).toHaveLength(1);
				await tested.n8n.cancelTest(alone.id);
				await until(() => callbackUrls().length === 0);
				expect(callbackUrls()).toEqual([]);

				await activated();
				const held = callbackUrls();
				await expect(tested.n8n.listenForTest(await workflow())).rejects.toThrow(/already sends/);
				expect(callbackUrls()).toEqual(held);
				const replacing = await tested.n8n.listenForTest(await workflow({ onConflict: 'replace' }));
				expect(callbackUrls()).not.toEqual(held);
				await tested.n8n.cancelTest(replacing.workflow.id);
				await until(() => callbackUrls()[0] === held[0]);
				expect(callbackUrls()).toEqual(held);
			},
			2 * minute,
		);

		test(
			'after deactivating while a test listens',
			async () => {
				const saved = await activated();
				await tested.n8n.listenForTest(saved);
				await tested.n8n.deactivate(saved.id);
				await tested.n8n.cancelTest(saved.id);
				await new Promise((resolve) => setTimeout(resolve, 2_500));
				await untilNone();
				expect(callbackUrls()).toEqual([]);
			},
			minute,
		);

		test(
			'after it was lost, or its topics were changed, and the workflow is activated again',
			async () => {
				const saved = await activated();
				const [url] = callbackUrls();
				const [, sales] = simulator.vendor.groups;
				simulator.vendor.subscriptions.lose(sales?.id ?? '');
				await tested.n8n.deactivate(saved.id);
				await tested.n8n.activate(saved.id);
				expect(callbackUrls()).toEqual([url]);
				const [key] = simulator.vendor.keys.all;
				if (!key || url === undefined) throw new Error('no key or no URL');
				await tested.n8n.deactivate(saved.id);
				simulator.vendor.subscriptions.create(key, ['quotes'], url);
				await tested.n8n.activate(saved.id);
				expect(simulator.vendor.subscriptions.active).toMatchObject([
					{ topics: ['interactions'], callbackUrl: url },
				]);
			},
			minute,
		);
	});
}

/** What is registered after a change, and at another address. */
export function describeMovedTrigger(): void {
	describe('a trigger that is changed, or whose n8n moved', () => {
		test(
			'keeps its subscription where nothing differs at Zenvia, and takes the place of its own where it does',
			async () => {
				const saved = await activated();
				const [before] = simulator.vendor.subscriptions.active;
				const made = () => simulator.journal.entries('subscription.create').length;
				const ended = () => simulator.journal.entries('subscription.delete').length;
				const set = async (parameters: object) =>
					await tested.n8n.change(saved.id, ([node]) => {
						node!.parameters = { ...node!.parameters, ...parameters };
					});
				await set({ options: { ignoreRepeats: false } });
				await new Promise((resolve) => setTimeout(resolve, 2_500));
				expect(simulator.vendor.subscriptions.active).toEqual([before]);
				expect([made(), ended()]).toEqual([1, 0]);
				await set({ topics: ['interactions', 'prospects'] });
				await new Promise((resolve) => setTimeout(resolve, 2_500));
				expect(callbackUrls()).toEqual([before?.callbackUrl]);
				expect(simulator.vendor.subscriptions.active[0]?.topics).toHaveLength(2);
				expect(made()).toBe(2);
			},
			minute,
		);

		test(
			'deactivates in 15 seconds while Zenvia is down',
			async () => {
				const saved = await activated();
				simulator.setFault(() => ({
					kind: 'answer',
					when: 'before',
					answer: { status: 503, body: {} },
				}));
				const start = Date.now();
				await tested.n8n.deactivate(saved.id);
				simulator.setFault(undefined);
				expect(Date.now() - start).toBeLessThan(15_000);
				expect(callbackUrls()).toHaveLength(1);
				// It is its own when it is activated again, and goes when it is deactivated.
				await tested.n8n.activate(saved.id);
				await tested.n8n.deactivate(saved.id);
				await untilNone();
				expect(callbackUrls()).toEqual([]);
			},
			minute,
		);

		test(
			'knows its subscription at the address of before',
			async () => {
				const [first, second] = [await activated(), await workflow()];
				const at = async (host: string) => {
					const { port } = new URL(tested.n8n.url);
					await tested.n8n.restart({ WEBHOOK_URL: `http://${host}:${port}/` });
					await tested.n8n.setUpOwner();
				};
				await at('localhost');
				// Where n8n asks no trigger at its start, they register when they are activated again.
				expect(new URL(callbackUrls()[0] ?? '').hostname).toBe(
					does('keepsRegistrations') ? '127.0.0.1' : 'localhost',
				);
				await tested.n8n.deactivate(first.id);
				await tested.n8n.activate(first.id);
				expect(callbackUrls().map((url) => new URL(url).hostname)).toEqual(['localhost']);
				await at('127.0.0.1');
				await tested.n8n.deactivate(first.id);
				await untilNone();
				expect(callbackUrls()).toEqual([]);
				// What is another's stays another's, wherever n8n is.
				await tested.n8n.activate(first.id);
				await expect(tested.n8n.activate(second.id)).rejects.toThrow(/already sends/);
				active.push(second.id);
			},
			3 * minute,
		);
	});
}
