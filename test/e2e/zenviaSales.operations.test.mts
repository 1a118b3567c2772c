import { describe, expect, it } from '@jest/globals';
import { cases } from '../unit/zenvia/operations.mts';
import { describeSendAndWait } from './sendAndWait.mts';
import { apiKey, type Ids } from '../../dev/vendors/zenviaSales/n8n.mts';
import { setup, ids, withZenviaSales } from './zenviaSales.setup.mts';
import { describeSendFile, describeListAsFile } from './zenviaSales.files.mts';
import {
	describeProspectLocator,
	describeLeadIfExists,
	describeGuardRails,
} from './zenviaSales.prospects.mts';
import { describeEditor } from './zenviaSales.editor.mts';

withZenviaSales();

const unseeded: Ids = {
	prospect: '',
	interaction: '',
	quote: '',
	group: '',
	agent: '',
	subscription: '',
};

const titled = cases(unseeded).map(({ resource, operation }, n): [string, number] => [
	`${resource}.${operation} (${n})`,
	n,
]);

describe('an operation in the real n8n', () => {
	it.each(titled)('%s', async (_, n) => {
		const one = cases(ids)[n];
		if (!one) throw new Error(`There is no case ${n}`);
		const { resource, operation, parameters, method, path } = one;
		const sent = setup.simulator.counts.requests;
		const { items, error, execution } = await setup.run({ resource, operation, ...parameters });
		expect(error).toBeUndefined();
		expect(items.map(({ pairedItem }) => pairedItem)).toEqual(items.map(() => ({ item: 0 })));
		const made = setup.simulator.counts.requests - sent;
		expect(made).toBeGreaterThan(0);
		const requests = setup.simulator.requests.slice(-made);
		for (const request of requests) {
			expect(request).toMatchObject({
				method,
				path: `/api/v1${path}`,
				status: expect.any(Number),
			});
			expect(request.status).toBeLessThan(300);
		}
		expect(setup.simulator.violations()).toEqual([]);
		expect(JSON.stringify(execution.raw)).not.toContain(apiKey);
	});

	it('deletes what it says it deletes', async () => {
		const run = async (resource: string, parameters: object) =>
			(await setup.run({ resource, operation: 'delete', ...parameters })).items.map(
				({ json }) => json,
			);
		expect(await run('prospect', { prospectId: ids.prospect })).toEqual([{ deleted: true }]);
		expect(setup.simulator.vendor.prospects.byId.has(ids.prospect)).toBe(false);
		expect(await run('subscription', { subscriptionId: ids.subscription })).toEqual([
			{ deleted: true },
		]);
		expect(setup.simulator.vendor.subscriptions.active).toEqual([]);
	});
});

describe('a message, or a template where the window is closed', () => {
	it('is sent as what the prospect can get, within the contract', async () => {
		const [silent = ''] = setup.simulator.vendor.seedProspects(1);
		const { items, error } = await setup.run(
			{
				resource: 'message',
				operation: 'send',
				prospectId: '={{ $json.id }}',
				channel: 'whatsapp',
				content: 'Hi',
				ifWindowClosed: 'template',
				templateKey: { __rl: true, mode: 'id', value: 'appointment' },
				parameters: {
					mappingMode: 'defineBelow',
					value: { date: '1 May', place: 'Lima' },
					schema: [
						{ id: 'date', required: true },
						{ id: 'place', required: true },
					],
				},
			},
			{ items: [{ id: ids.prospect }, { id: silent }], typeVersion: 1.2 },
		);
		expect(error).toBeUndefined();
		expect(items.map(({ json }) => [json.prospectId, json.sentAs])).toEqual([
			[ids.prospect, 'message'],
			[silent, 'template'],
		]);
		expect(setup.simulator.violations()).toEqual([]);
	});
});

describe('the replies of a prospect', () => {
	it('are what came in after the message that was sent', async () => {
		const of = { resource: 'message', prospectId: ids.prospect };
		const sent = await setup.run({ ...of, operation: 'send', channel: 'whatsapp', content: 'Hi' });
		const sinceMessage = String(sent.items[0]?.json.id);
		const reply = setup.simulator.vendor.receiveMessage(ids.prospect, { content: 'Yes' });
		const { items, error } = await setup.run({
			...of,
			operation: 'getReplies',
			since: 'message',
			sinceMessage,
		});
		expect(error).toBeUndefined();
		expect(items.map(({ json }) => json.id)).toEqual([reply.id]);
		expect(setup.simulator.violations()).toEqual([]);
	});

	it('are those since a date, or all of them, and nothing that was sent', async () => {
		const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString();
		const { vendor } = setup.simulator;
		vendor.seedInteractions({
			...{ count: 40, from: daysAgo(50), to: daysAgo(40) },
			prospectIds: [ids.prospect],
		});
		const of = { resource: 'message', prospectId: ids.prospect, returnAll: true };
		await setup.run({ ...of, operation: 'send', channel: 'whatsapp', content: 'Hi' });
		const contents = async (since: object) => {
			const { items, error } = await setup.run({ ...of, operation: 'getReplies', ...since });
			expect(error).toBeUndefined();
			return items.map(({ json }) => (json.output as { message: object }).message);
		};
		const hello = expect.objectContaining({ content: 'Hello' });
		expect(await contents({ since: 'date', sinceDate: daysAgo(35) })).toEqual([hello]);
		// Of each ten in the history, two are messages that the prospect wrote.
		expect(await contents({ since: 'date', sinceDate: daysAgo(60) })).toHaveLength(1 + 8);
		expect(await contents({})).toHaveLength(1 + 8);
		expect(setup.simulator.violations()).toEqual([]);
	});
});

describe('Send and Wait for Response', () => {
	describeSendAndWait(
		() => setup,
		() => ids.prospect,
	);
});

describe('a refusal', () => {
	it('for a scope names the scope', async () => {
		setup.simulator.vendor.keys.revoke(apiKey, 'prospects:read');
		const { error } = await setup.run({
			resource: 'prospect',
			operation: 'get',
			prospectId: ids.prospect,
		});
		expect(error?.message).toContain('need prospects:read');
		expect(error?.description).toContain('Give the key the scope prospects:read in Zenvia.');
		expect(error?.description).toContain('20 minutes');
	});

	it('for a missing acting user says so', async () => {
		const [key] = setup.simulator.vendor.keys.all;
		if (key) key.user = undefined;
		const { error } = await setup.run({
			resource: 'prospect',
			operation: 'setLabel',
			prospectId: ids.prospect,
			label: 'warm',
		});
		expect(error?.description).toContain('The key has no acting user.');
	});

	it('with an empty body says what was not found', async () => {
		const unknown = 'f'.repeat(24);
		const { error } = await setup.run({
			resource: 'interaction',
			operation: 'create',
			prospectId: unknown,
			type: 'note',
			content: 'Hi',
		});
		expect(error?.message).toContain(`Zenvia Sales has no prospect ${unknown}`);
	});

	it('outside of the free window names the template', async () => {
		const [silent = ''] = setup.simulator.vendor.seedProspects(1);
		const { error } = await setup.run({
			resource: 'message',
			operation: 'send',
			prospectId: silent,
			channel: 'whatsapp',
			content: 'Hi',
		});
		expect(error?.description).toContain('Send a template instead.');
	});
});

describeSendFile();
describeListAsFile();
describeProspectLocator();
describeLeadIfExists();
describeGuardRails();
describeEditor();
