import { describe, expect, it, jest } from '@jest/globals';
import type { IDataObject, IHttpRequestOptions } from 'n8n-workflow';
import { isRegistered, register, unregister } from '../../nodes/Salesflow/trigger/register.ts';
import {
	sim,
	context,
	later,
	isNothingHeld,
	held,
	perSet,
	withSalesflow,
} from './salesflow.hooks.setup.mts';

withSalesflow();

describe('registering at Salesflow', () => {
	it('hides the secret of its address where Salesflow repeats it in a refusal', async () => {
		const memory: IDataObject = {};
		const refuses = context({ memory });
		const send = refuses.helpers.httpRequestWithAuthentication as (
			...args: unknown[]
		) => Promise<unknown>;
		const echo = async (type: string, options: IHttpRequestOptions) =>
			options.method === 'POST'
				? {
						statusCode: 400,
						headers: {},
						body: { Message: `Not valid: ${JSON.stringify(options.body)}` },
					}
				: await send(type, options);
		Object.assign(refuses.helpers, { httpRequestWithAuthentication: echo });
		const thrown = (await register(refuses).catch((error: unknown) => error)) as Error;
		expect(thrown.message).toContain('secret=[hidden]');
		expect(thrown.message).not.toMatch(/[\w-]{43}/);
		expect(JSON.stringify(memory)).not.toMatch(/[\w-]{43}/);
	});

	it('leaves one set after many activations at once, each with a memory of its own', async () => {
		await Promise.all(Array.from({ length: 5 }, async () => await register(context())));
		expect(held()).toEqual(perSet());
	});

	it('sees whether anything is missing, too much or for other events', async () => {
		const memory = {};
		expect(await isRegistered(context({ memory }))).toBe(false);
		await register(context({ memory }));
		expect(await isRegistered(context({ memory }))).toBe(true);
		expect(await isRegistered(context({ memory: {} }))).toBe(true);
		expect(await isRegistered(context({ memory: { secret: 'other' } }))).toBe(true);
		expect(
			await isRegistered(context({ memory, parameters: { options: { newAddress: 'other' } } })),
		).toBe(false);
		expect(await isRegistered(context({ memory, parameters: { events: ['replyDetected'] } }))).toBe(
			false,
		);
		expect(
			await isRegistered(context({ memory, parameters: { options: { skipMutedContacts: true } } })),
		).toBe(false);
		const [attachment] = sim.vendor.webhooks.attachments();
		sim.vendor.webhooks.detach(attachment?.WebhookCampaignId);
		expect(await isRegistered(context({ memory }))).toBe(false);
		await register(context({ memory }));
		expect(held()).toEqual(perSet());
	});

	it('takes away a webhook whose creation was answered with nothing', async () => {
		sim.setFault(({ operationId }) =>
			operationId === 'webhook.create'
				? { kind: 'alter', alter: () => ({ status: 500, headers: {}, body: '' }) }
				: undefined,
		);
		await expect(register(context())).rejects.toThrow('Salesflow answered with status 500');
		expect(sim.journal.entries('webhook.create')).toHaveLength(1);
		expect(held()).toEqual([0, 0]);
	});

	it('finds a webhook that it made where the answer does not say which', async () => {
		sim.setFault(({ operationId }) =>
			operationId === 'webhook.create'
				? { kind: 'alter', alter: (answer) => ({ ...answer, body: '{}' }) }
				: undefined,
		);
		expect(await register(context())).toBe(true);
		expect(held()).toEqual(perSet());
	});

	it('is not registered where none was made, although the answer is 200', async () => {
		const body = { error: 'Too many webhooks' };
		sim.setFault(({ operationId }) =>
			operationId === 'webhook.create'
				? { kind: 'answer', when: 'before', answer: { status: 200, body } }
				: undefined,
		);
		await expect(register(context())).rejects.toThrow(
			/^Salesflow did not say which webhook it made for \w/,
		);
		expect(sim.journal.entries('webhook.attach')).toEqual([]);
		expect(held()).toEqual([0, 0]);
	});

	describe('where a chosen campaign was deleted at Salesflow', () => {
		const refuseOne = () => {
			const [gone = 0, there = 0] = sim.vendor.campaigns.keys();
			sim.vendor.campaigns.delete(gone);
			return { campaigns: 'chosen', campaignIds: [gone, there] };
		};

		it('watches the others when n8n starts, and says so in its log', async () => {
			const said: string[] = [];
			const parameters = refuseOne();
			const warn = (message: string) => void said.push(message);
			expect(await register(context({ parameters, warn }))).toBe(true);
			expect(held()).toEqual([2, 2]);
			expect(said).toHaveLength(2);
			expect(said[0]).toContain(`Campaign ${parameters.campaignIds[0]} could not be watched`);
		});

		it('says which when a person publishes', async () => {
			const parameters = refuseOne();
			await expect(register(context({ parameters, activation: 'activate' }))).rejects.toThrow(
				`Campaign ${parameters.campaignIds[0]} could not be watched`,
			);
			expect(held()).toEqual([0, 0]);
		});
	});

	it('says where something may be left, when the cleaning up is refused too', async () => {
		sim.setFault(({ operationId }) =>
			['webhook.attach', 'webhook.delete'].includes(operationId ?? '')
				? {
						kind: 'answer',
						when: 'before',
						answer: { status: 403, body: { Status: 403, Message: 'No' } },
					}
				: undefined,
		);
		await expect(register(context({ activation: 'activate' }))).rejects.toMatchObject({
			message: expect.stringContaining('could not be watched for'),
			description: expect.stringContaining('may still be in Salesflow (Salesflow says: No)'),
		});
	});

	it('takes away what is left, although a part is gone or its answer is lost', async () => {
		await register(context());
		sim.setFault(({ operationId }) =>
			operationId === 'webhook.detach'
				? {
						kind: 'alter',
						alter: () => ({ status: 404, headers: {}, body: '{"Status":404,"Message":"Gone"}' }),
					}
				: undefined,
		);
		expect(await unregister(context({ memory: {} }))).toBe(true);
		await later(isNothingHeld);
		expect(held()).toEqual([0, 0]);
		expect(await unregister(context())).toBe(true);
	});

	it('says in the log that something may be left when it is', async () => {
		const warn = jest.fn<(message: string) => void>();
		await register(context());
		sim.setFault(({ operationId }) =>
			operationId === 'webhook.delete'
				? {
						kind: 'answer',
						when: 'before',
						answer: { status: 403, body: { Status: 403, Message: 'No' } },
					}
				: undefined,
		);
		expect(await unregister(context({ warn }))).toBe(true);
		await later(() => warn.mock.calls.length > 0);
		expect(warn.mock.calls.map(([message]) => message)).toEqual([
			'What a trigger registered at Salesflow may still be there: Salesflow says: No',
		]);
	});

	it.each([
		[{ parameters: { events: [] } }, "'Trigger On' is empty"],
		[{ parameters: { campaigns: 'chosen' } }, 'No campaign is chosen'],
		[
			{ parameters: { campaigns: 'chosen', campaignIds: ['1', 'x'] } },
			'"x" is not a valid campaign ID',
		],
		[
			{
				url: `https://n8n.example/${'x'.repeat(512 - 20 - '?event=replyDetected&secret='.length - 43)}`,
				parameters: { events: ['replyDetected'] },
			},
			'has 512 characters, 1 more than the 511 that fit',
		],
	])('refuses what does not fit before it asks for anything: %#', async (given, sentence) => {
		await expect(register(context(given))).rejects.toThrow(sentence);
		expect(sim.requests).toEqual([]);
	});

	it('says that there is no campaign to watch', async () => {
		sim.vendor.campaigns.clear();
		await expect(register(context())).rejects.toThrow('The account has no campaign to watch');
		expect(held()).toEqual([0, 0]);
	});
});

describe('a trigger that n8n changes by delete and create', () => {
	it('leaves no gap, and asks little, where nothing differs at Salesflow', async () => {
		const memory = {};
		await register(context({ memory }));
		const before = sim.requests.length;
		const ids = [...sim.vendor.webhooks.byId.keys()];
		await unregister(context({ memory }));
		expect(held()).toEqual(perSet());
		const changed = context({ memory, parameters: { options: { ignoreRepeats: false } } });
		expect(await isRegistered(changed)).toBe(true);
		await later();
		expect([...sim.vendor.webhooks.byId.keys()]).toEqual(ids);
		expect(held()).toEqual(perSet());
		expect(sim.requests.length - before).toBeLessThanOrEqual(4);
	});

	it('changes only what differs', async () => {
		await register(context());
		const before = sim.requests.length;
		await unregister(context());
		const changed = context({ parameters: { events: ['replyDetected'] } });
		expect(await isRegistered(changed)).toBe(false);
		await register(changed);
		await later();
		expect(held()).toEqual([1, sim.vendor.campaigns.size]);
		// The other event's webhook and its attachments were taken away, and nothing was made anew.
		const made = sim.requests.slice(before).map(({ operationId }) => operationId);
		expect(made).not.toContain('webhook.create');
		expect(made).not.toContain('webhook.attach');
	});

	it('is taken away where it comes back in another account', async () => {
		await register(context());
		await unregister(context());
		// The simulator knows one token: what another account has is not for it to say.
		await expect(isRegistered(context({ token: 'another' }))).rejects.toThrow();
		expect(held()).toEqual([0, 0]);
	});

	it('takes no longer than n8n’s three calls in 15 seconds where Salesflow is down', async () => {
		await register(context());
		sim.setFault(() => ({
			kind: 'answer',
			when: 'before',
			answer: { status: 503, body: {} },
		}));
		const start = Date.now();
		await expect(unregister(context())).rejects.toThrow('Salesflow answered with status 503');
		// With its two waits, of 1 and 2 seconds.
		expect(3 * (Date.now() - start) + 3_000).toBeLessThan(15_000);
	});
});
