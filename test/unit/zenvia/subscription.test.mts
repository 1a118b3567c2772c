import { describe, expect, it } from '@jest/globals';
import type {
	IDataObject,
	IHookFunctions,
	IHttpRequestOptions,
	INodePropertyOptions,
} from 'n8n-workflow';
import { example } from '../../../dev/examples.mts';
import { triggerFields } from '../../../nodes/ZenviaSales/trigger/fields.ts';
import {
	isSubscribed,
	subscribe,
	unsubscribe,
} from '../../../nodes/ZenviaSales/trigger/register.ts';

const address = 'https://n8n.example/webhook/abc/webhook';

/** A trigger that is activated at a vendor who answers a new subscription like this. */
function activation(
	reply: (body: IDataObject) => { status: number; body: unknown },
	own = address,
	listed?: unknown,
) {
	const memory: IDataObject = {};
	const held: IDataObject[] = [];
	const send = async (_type: string, { method, body }: IHttpRequestOptions) => {
		if (method !== 'POST') return { statusCode: 200, headers: {}, body: listed ?? [...held] };
		const { status, body: answer } = reply(body as IDataObject);
		if (status < 300) held.push({ id: 's1', ...(body as IDataObject) });
		return { statusCode: status, headers: {}, body: answer };
	};
	const context = {
		getNode: () => ({ name: 'Trigger', type: 'zenviaSalesTrigger', parameters: {} }),
		getNodeParameter: (name: string, fallback: unknown) =>
			name === 'topics' ? ['prospects'] : (fallback ?? 'stop'),
		getNodeWebhookUrl: () => own,
		getMode: () => 'trigger',
		getActivationMode: () => 'init',
		getInstanceId: () => 'n8n-1',
		getWorkflow: () => ({ id: '1' }),
		getWorkflowStaticData: () => memory,
		getCredentials: async () => ({ environment: 'sales', apiKey: `key-${Math.random()}` }),
		getCredentialsProperties: () => [],
		helpers: { httpRequestWithAuthentication: send },
	} as unknown as IHookFunctions;
	return { context, memory, held };
}

describe('subscribing', () => {
	it.each([[''], [{ id: 's1' }]])(
		'finds what was taken where the answer does not say which: %j',
		async (body) => {
			const { context, held } = activation(() => ({ status: 201, body }));
			expect(await subscribe(context)).toBe(true);
			expect(held).toHaveLength(1);
		},
	);

	describe.each([
		[
			'is a refusal under 200',
			{ message: 'Try again later', code: 'BUSY' },
			/^Zenvia Sales says: Try again later\b/,
		],
		[
			'is in another object',
			{ data: [{ id: 's0', topics: ['quotes'], callbackUrl: address }] },
			/^The answer holds no /,
		],
		['holds what is no record', [null], /^The answer holds no /],
	])('where the list of receivers %s', (_, listed, sentence) => {
		it.each([
			['asked whether it is there', isSubscribed],
			['published', subscribe],
			['unpublished', unsubscribe],
		])('says so when it is %s, and takes nobody’s place', async (__, hook) => {
			const { context, held } = activation(() => ({ status: 201, body: '' }), address, listed);
			await expect(hook(context)).rejects.toThrow(sentence);
			expect(held).toEqual([]);
		});
	});

	it.each([
		[{ id: 7, topics: ['quotes'] }],
		[{ _id: 's0', topics: ['quotes'] }],
		[{ id: 's0', topics: 'quotes' }],
		[{ id: 's0' }],
	])('takes nobody’s place where a receiver is listed as %j', async (about) => {
		const { context, held } = activation(() => ({ status: 201, body: '' }));
		held.push({ ...about, callbackUrl: 'https://hooks.example/x' });
		await expect(subscribe(context)).rejects.toThrow(
			/^Zenvia already sends the (quotes|events) of this group to hooks\.example /,
		);
		expect(held).toHaveLength(1);
	});

	it('hides the secret of its address where Zenvia repeats it in a refusal', async () => {
		const { context, memory } = activation(({ callbackUrl }) => ({
			status: 400,
			body: { code: 'BAD_REQUEST', message: `Not valid: ${String(callbackUrl)}` },
		}));
		const thrown = (await subscribe(context).catch((error: unknown) => error)) as Error;
		expect(thrown.message).toContain('secret=[hidden]');
		expect(thrown.message).not.toMatch(/[\w-]{43}/);
		expect(JSON.stringify(memory)).not.toMatch(/[\w-]{43}/);
	});

	it('hides the password of its address where Zenvia repeats it in a refusal', async () => {
		const { context } = activation(
			({ callbackUrl }) => ({
				status: 400,
				body: { message: `Not valid: ${String(callbackUrl)}` },
			}),
			address.replace('//', '//me:p%40ssw%C3%B6rd-of-the-proxy@'),
		);
		const thrown = (await subscribe(context).catch((error: unknown) => error)) as Error;
		expect(thrown.message).toContain('Not valid: https://me:[hidden]@n8n.example/');
	});

	it('says of another receiver which host it is, and nothing that could let somebody in', async () => {
		const callbackUrl = 'https://user:word@hooks.example:8443/path/of/secrets?token=42#fragment';
		const { context, held } = activation(() => ({ status: 201, body: '' }));
		held.push({ id: 's0', topics: ['quotes'], callbackUrl });
		const thrown = (await subscribe(context).catch((error: unknown) => error)) as Error;
		expect(thrown.message).toMatch(/ to hooks\.example:8443 \([\w-]{6}\)\. /);
		expect(thrown.message).not.toMatch(/user|word|path|token|42|fragment/);
		held[0] = { id: 's0', topics: ['quotes'], callbackUrl: 'user:word' };
		const other = (await subscribe(context).catch((error: unknown) => error)) as Error;
		expect(other.message).not.toMatch(/user|word/);
	});

	it('names the example for several workflows where it stops, as the form does before', async () => {
		const { context, held } = activation(() => ({ status: 201, body: '' }));
		held.push({ id: 's0', topics: ['quotes'], callbackUrl: 'https://hooks.example' });
		const thrown = (await subscribe(context).catch((error: unknown) => error)) as Error;
		const named = /\b(one-trigger-many-workflows)\b/;
		const [, name = ''] = named.exec(thrown.message) ?? [];
		expect((await example(name)).nodes.map(({ type }) => type)).toContain(
			'n8n-nodes-sales-engagement.zenviaSalesTrigger',
		);
		const stop = triggerFields
			.find((field) => field.name === 'onConflict')
			?.options?.find((option) => 'value' in option && option.value === 'stop');
		expect((stop as INodePropertyOptions).description).toMatch(named);
	});
});
