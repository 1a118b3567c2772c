import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import axios from 'axios';
import type { IDataObject, IHookFunctions, IHttpRequestOptions, INode } from 'n8n-workflow';
import salesflow, { type Salesflow } from '../../dev/vendors/salesflow/simulator/index.mts';
import { type Simulator, startSimulator } from '../../dev/kit/simulator.mts';
import { isRegistered, register, unregister } from '../../nodes/Salesflow/trigger/register.ts';

const address = 'https://n8n.example/webhook/abc/webhook';
const node = {
	...{ id: 'node', name: 'Trigger' },
	...{ type: 'salesflowTrigger', parameters: {} },
} as unknown as INode;

let sim: Simulator<Salesflow>;

beforeAll(async () => {
	sim = await startSimulator(salesflow());
});
afterAll(async () => await sim.close());
beforeEach(() => {
	sim.setFault(undefined);
	sim.reset();
});

interface Given {
	parameters?: object;
	memory?: IDataObject;
	url?: string;
	token?: string;
	/** The n8n that it runs in. */
	instance?: string;
	warn?: (message: string) => void;
	workflow?: string;
	node?: Partial<INode>;
	mode?: string;
	/** Why n8n activates it. */
	activation?: string;
}

/** What n8n hands to a hook, as far as these hooks look at it. */
function context({
	parameters = {},
	memory = {},
	url = address,
	token = 'salesflow-token',
	instance = 'n8n-1',
	warn = () => {},
	workflow = '1',
	node: about = {},
	mode = 'trigger',
	activation = 'init',
}: Given = {}): IHookFunctions {
	const values: Record<string, unknown> = {
		events: ['replyDetected', 'memberConnected'],
		...parameters,
	};
	const credentials = { token, accountId: '321', baseUrl: sim.url };
	const send = async (_type: string, { qs, url: target, method, body }: IHttpRequestOptions) => {
		const params = { ...qs, token: credentials.token, accountId: credentials.accountId };
		const config = { url: target, method, params, data: body, validateStatus: () => true };
		const { status, headers, data } = await axios.request({ ...config, proxy: false });
		return { statusCode: status, headers, body: data as unknown };
	};
	return {
		getNode: () => ({ ...node, ...about }),
		getNodeParameter: (name: string, fallback: unknown) => values[name] ?? fallback,
		getNodeWebhookUrl: () => url,
		getMode: () => mode,
		getActivationMode: () => activation,
		getInstanceId: () => instance,
		logger: { warn },
		getWorkflow: () => ({ id: workflow, name: 'Test' }),
		getWorkflowStaticData: () => memory,
		getCredentials: async () => credentials,
		getCredentialsProperties: () => [],
		helpers: { httpRequestWithAuthentication: send },
	} as unknown as IHookFunctions;
}

/** Waits until what a hook put off has begun, and where asked until it has come to something. */
async function later(isSo = () => true): Promise<void> {
	await new Promise((resolve) => setTimeout(resolve, 2_300));
	for (let tries = 0; tries < 100 && !isSo(); tries++)
		await new Promise((resolve) => setTimeout(resolve, 100));
}

const isNothingHeld = () => held().every((count) => count === 0);

const held = () => [sim.vendor.webhooks.byId.size, sim.vendor.webhooks.attachments().length];
const perSet = () => [2, 2 * sim.vendor.campaigns.size];

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

describe('a trigger whose n8n moved', () => {
	const moved = 'https://n8n.new.example/automation/webhook/abc/webhook';

	it('replaces what it had at the old address, and takes it away', async () => {
		const memory = {};
		await register(context({ memory }));
		expect(await isRegistered(context({ memory, url: moved }))).toBe(false);
		await register(context({ memory, url: moved }));
		expect(held()).toEqual(perSet());
		const urls = [...sim.vendor.webhooks.byId.values()].map(({ Url }) => Url);
		expect(urls.every((url) => url.startsWith(`${moved}?`))).toBe(true);
		await unregister(context({ memory }));
		await later(isNothingHeld);
		expect(held()).toEqual([0, 0]);
	});

	it('knows the old one by its secret, where its memory was lost', async () => {
		await register(context());
		await register(context({ url: moved }));
		expect(held()).toEqual(perSet());
	});

	it('knows the old one by its address, where its secret is another', async () => {
		const memory: IDataObject = {};
		await register(context({ memory }));
		const parameters = { options: { newAddress: 'another' } };
		await register(context({ memory, url: moved, parameters }));
		expect(held()).toEqual(perSet());
	});

	it('knows the old one after it was renamed, with another key, too', async () => {
		// By name and for the whole workflow, as n8n keeps it: a renamed node begins with nothing of its own.
		const shared: IDataObject = {};
		const renamed = (more: Given) =>
			Object.assign(context(more), {
				getWorkflowStaticData: (type: string) => (type === 'global' ? shared : {}),
			});
		await register(renamed({}));
		const parameters = { options: { newAddress: 'another' } };
		await register(renamed({ url: moved, parameters }));
		expect(held()).toEqual(perSet());
	});

	it('takes over what an earlier version remembered by the name', async () => {
		const byName: IDataObject = {};
		const shared: IDataObject = {};
		const given = (more: Given) =>
			Object.assign(context(more), {
				getWorkflowStaticData: (type: string) => (type === 'global' ? shared : byName),
			});
		await register(given({}));
		// Where the version before this one kept it.
		Object.assign(byName, { registered: Object.values(shared)[0] });
		for (const key of Object.keys(shared)) delete shared[key];
		expect(await isRegistered(given({}))).toBe(true);
		expect(byName).toEqual({});
		expect(Object.keys(shared)).toHaveLength(1);
	});

	it('touches nothing of another n8n to which its workflow was copied, memory and all', async () => {
		const memory: IDataObject = {};
		await register(context({ memory }));
		const copy = { ...memory };
		await register(context({ memory: copy, url: moved, instance: 'n8n-2' }));
		expect(held()).toEqual(perSet().map((count) => 2 * count));
	});

	it('touches nothing of the workflow that it is a copy of, ids and memory and all', async () => {
		const memory: IDataObject = {};
		await register(context({ memory }));
		const copy = { memory: { ...memory }, url: address.replace('abc', 'xyz'), workflow: '2' };
		await register(context(copy));
		expect(held()).toEqual(perSet().map((count) => 2 * count));
		await unregister(context(copy));
		await later(() => held()[0] === 2);
		expect(held()).toEqual(perSet());
	});
});

describe('a trigger without an id of its address, as n8n 1.x takes it by its API', () => {
	const at = (name: string, kind = 'webhook', workflow = '1') =>
		`https://n8n.example/${kind}/${workflow}/${name}/webhook`;
	const given = (name: string, more: Given = {}): Given => ({
		...{ url: at(name), node: { name } },
		...more,
	});

	it('touches nothing in production while it is tested', async () => {
		const memory: IDataObject = {};
		await register(context(given('sales', { memory })));
		const test = given('sales', { memory, mode: 'manual', url: at('sales', 'webhook-test') });
		await register(context(test));
		expect(held()).toEqual(perSet().map((count) => 2 * count));
		await unregister(context(test));
		expect(held()).toEqual(perSet());
		const urls = [...sim.vendor.webhooks.byId.values()].map(({ Url }) => Url);
		expect(urls.every((url) => url.startsWith(`${at('sales')}?`))).toBe(true);
	});

	it('knows what it registered under another name, and before it had an id', async () => {
		const memory: IDataObject = {};
		await register(context(given('sales', { memory })));
		await register(context(given('renamed', { memory })));
		expect(held()).toEqual(perSet());
		await register(context({ memory }));
		expect(held()).toEqual(perSet());
	});

	it('touches nothing of a trigger of the same name in another workflow', async () => {
		await register(context(given('sales')));
		await register(context(given('sales', { workflow: '2', url: at('sales', 'webhook', '2') })));
		expect(held()).toEqual(perSet().map((count) => 2 * count));
	});
});
