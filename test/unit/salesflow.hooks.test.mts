import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import axios from 'axios';
import type { IDataObject, IHookFunctions, IHttpRequestOptions, INode } from 'n8n-workflow';
import salesflow, { type Salesflow } from '../../dev/vendors/salesflow/simulator/index.mts';
import { type Simulator, startSimulator } from '../../dev/kit/simulator.mts';
import { isRegistered, register, unregister } from '../../nodes/Salesflow/trigger/register.ts';

const address = 'https://n8n.example/webhook/abc/webhook';
const node = { name: 'Trigger', type: 'salesflowTrigger', parameters: {} } as unknown as INode;

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
}

/** What n8n hands to a hook, as far as these hooks look at it. */
function context({ parameters = {}, memory = {}, url = address }: Given = {}): IHookFunctions {
	const values: Record<string, unknown> = {
		events: ['replyDetected', 'memberConnected'],
		...parameters,
	};
	const credentials = { token: 'salesflow-token', accountId: '321', baseUrl: sim.url };
	const send = async (_type: string, { qs, url: target, method, body }: IHttpRequestOptions) => {
		const params = { ...qs, token: credentials.token, accountId: credentials.accountId };
		const config = { url: target, method, params, data: body, validateStatus: () => true };
		const { status, headers, data } = await axios.request({ ...config, proxy: false });
		return { statusCode: status, headers, body: data as unknown };
	};
	return {
		getNode: () => node,
		getNodeParameter: (name: string, fallback: unknown) => values[name] ?? fallback,
		getNodeWebhookUrl: () => url,
		getWorkflow: () => ({ id: '1', name: 'Test' }),
		getWorkflowStaticData: () => memory,
		getCredentials: async () => credentials,
		helpers: { httpRequestWithAuthentication: send },
	} as unknown as IHookFunctions;
}

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
		expect(thrown.message).toContain('[hidden]');
		expect(thrown.message).not.toContain(String(memory.secret));
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
		expect(await isRegistered(context({ memory: { secret: 'other' } }))).toBe(false);
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
		await expect(register(context())).rejects.toMatchObject({
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
		expect(held()).toEqual([0, 0]);
		expect(await unregister(context())).toBe(true);
	});

	it('does not say that all is gone when it is not', async () => {
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
		await expect(unregister(context())).rejects.toThrow('Salesflow says: No');
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
