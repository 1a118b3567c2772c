import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import type { IHookFunctions, IHttpRequestOptions } from 'n8n-workflow';
import { salesflow } from '../../nodes/Salesflow/vendor.ts';
import { isSubscribed, subscribe } from '../../nodes/ZenviaSales/trigger/register.ts';
import { isRegistered, register } from '../../nodes/Salesflow/trigger/register.ts';
import { TOP } from '../../dev/n8n/runtime.mts';
import { readVendors } from '../../dev/packages/vendor.mts';
import { checkReachable } from '../../nodes/engine/webhook/reachable.ts';

const contextOf = (baseUrl: string) =>
	({
		getCredentials: async () => ({ baseUrl }),
		getMode: () => 'trigger',
	}) as unknown as IHookFunctions;

/** Whether Salesflow, at a base URL, is given n8n's address. */
const refusal = async (address: string, baseUrl = 'https://mvc.salesflow.io') =>
	await checkReachable(contextOf(baseUrl), salesflow, address).then(
		() => undefined,
		(thrown: Error) => thrown.message,
	);

describe('an address of n8n', () => {
	test.each([
		'http://localhost:5678/webhook/a/webhook',
		'https://localhost/webhook/a/webhook',
		'https://n8n/webhook/a/webhook',
		'https://n8n.local/webhook',
		'https://n8n.internal/webhook',
		'https://127.0.0.1/webhook',
		'https://0x7f.1/webhook',
		'https://10.0.0.7/webhook',
		'https://172.16.0.1/webhook',
		'https://172.31.255.1/webhook',
		'https://192.168.1.2:5678/webhook',
		'https://169.254.1.1/webhook',
		'https://100.64.0.1/webhook',
		'https://[::1]/webhook',
		'https://[fd00::1]/webhook',
		'https://[fe80::1]/webhook',
		'https://[::ffff:10.0.0.1]/webhook',
		'https://[fec0::1]/webhook',
		'https://[ff02::1]/webhook',
		'https://[2001:db8::1]/webhook',
		'https://224.0.0.1/webhook',
		'https://255.255.255.255/webhook',
		'https://192.0.2.1/webhook',
		'https://198.19.0.1/webhook',
		'https://0.0.0.0/webhook',
		'https://2130706433/webhook',
		'https://N8N.LOCAL./webhook',
		'https://n8n.localdomain/webhook',
		'https://n8n.home.arpa:8443/webhook',
		'https://user:word@10.1.2.3/webhook',
		'https://\uff11\uff10.0.0.1/webhook',
	])('%s is not reached from outside', async (address) => {
		expect(await refusal(address)).toBe(
			`Salesflow cannot reach n8n at ${new URL(address).origin}. Set WEBHOOK_URL to the https address of n8n, or read what is new by schedule (Get Many, Only New Since Last Run).`,
		);
		expect(await refusal(address, 'http://127.0.0.1:4010')).toBeUndefined();
	});

	test('in plain http would show its secret on the way', async () => {
		expect(await refusal('http://n8n.example.com/webhook')).toContain(
			'Salesflow would call n8n at http://n8n.example.com, and others could read the secret in the address on its way.',
		);
		expect(
			await refusal('http://n8n.example.com/webhook', 'http://localhost:4010'),
		).toBeUndefined();
	});

	test.each([
		'https://n8n.example.com/webhook/a/webhook',
		'https://n8n.example.com:8443/n8n/webhook',
		'https://172.32.0.1/webhook',
		'https://100.128.0.1/webhook',
		'https://8.8.8.8/webhook',
		'https://192.0.3.1/webhook',
		'https://198.20.0.1/webhook',
		'https://223.1.1.1/webhook',
		'https://[2001:db7::1]/webhook',
		'https://xn--mnchen-3ya.example.com./webhook',
		'https://local.example.com/webhook',
		'https://[2001:4860:4860::8888]/webhook',
	])('%s is reached', async (address) => {
		expect(await refusal(address)).toBeUndefined();
	});
});

const nodes = (await readVendors()).flatMap(({ nodes: all }) => all);
/** What stands in a node's form as a notice. */
const noticeOf = (name: string): string =>
	nodes
		.find(({ is }) => is.name === name)
		?.is.properties.filter(({ type }) => type === 'notice')
		.map(({ displayName }) => displayName)
		.join(' ') ?? '';

describe('where a person enters the address at the vendor, so that nothing can refuse it', () => {
	test('the trigger’s notice says the same', async () => {
		const byHand: string[] = [];
		for (const { file, is } of nodes) {
			const code = await readFile(join(TOP, file), 'utf8');
			if (/webhookMethods = .*registeredByHand/.test(code)) byHand.push(is.name);
		}
		expect(byHand.sort()).toEqual(['saleswhaleTrigger', 'zenviaSalesAppTrigger']);
		const said = (await refusal('http://localhost:5678/webhook')) ?? '';
		const [why = '', advice = ''] = said.replace(/^Salesflow /, '').split(/\. (?=Set )/);
		expect(noticeOf('saleswhaleTrigger')).toContain(`Saleswhale ${why}`);
		expect(noticeOf('saleswhaleTrigger')).toContain(advice);
		// What happens to an app is in no list that could be read by schedule.
		expect(noticeOf('zenviaSalesAppTrigger')).toContain(`Zenvia ${why}`);
		expect(noticeOf('zenviaSalesAppTrigger')).toContain(`${advice.split(', or ')[0]}.`);
	});
});

describe.each([
	[
		'Zenvia',
		{ apiKey: 'k', environment: 'sales' },
		[isSubscribed, subscribe],
		'read what is new by schedule (Get Many, Only New Since Last Run).',
	],
	[
		'Salesflow',
		{ token: 'k', baseUrl: 'https://mvc.salesflow.io' },
		[isRegistered, register],
		// What its webhooks tell of is in no list.
		'use the Salesflow Poll Trigger for contacts that were added: who connected or replied is in no list of Salesflow.',
	],
])('%s', (name, credentials, hooks, instead) => {
	/** A trigger that is published where n8n gives it this address, and how often the vendor was asked. */
	function published(address: string, mode = 'trigger') {
		const asked: IHttpRequestOptions[] = [];
		const context = {
			getNode: () => ({ name: 'Trigger', type: 't', typeVersion: 1.1, parameters: {} }),
			getNodeParameter: (parameter: string, fallback: unknown) =>
				({ topics: ['interactions'], events: ['replyDetected'] })[parameter] ?? fallback,
			getNodeWebhookUrl: () => address,
			getWorkflow: () => ({ id: '1', name: 'Test' }),
			getWorkflowStaticData: () => ({}),
			getMode: () => mode,
			getActivationMode: () => 'init',
			getInstanceId: () => 'n8n-1',
			getCredentials: async () => credentials,
			helpers: {
				httpRequestWithAuthentication: async (_: string, options: IHttpRequestOptions) => {
					asked.push(options);
					return { statusCode: 403, headers: {}, body: { message: JSON.stringify(options.body) } };
				},
			},
			getCredentialsProperties: () => [],
		} as unknown as IHookFunctions;
		return { context, asked };
	}

	test.each(hooks)('is asked nothing by %p where it cannot reach n8n', async (hook) => {
		const { context, asked } = published('http://localhost:5678/webhook/a/webhook');
		await expect(hook(context)).rejects.toThrow(
			`${name} cannot reach n8n at http://localhost:5678. Set WEBHOOK_URL to the https address of n8n, or ${instead}`,
		);
		expect(asked).toEqual([]);
	});

	test.each(hooks)(
		'is asked nothing by a test of %p, which says what n8n 2.41 tests at',
		async (hook) => {
			const { context, asked } = published('http://n8n:5678/webhook-test/a/webhook', 'manual');
			await expect(hook(context)).rejects.toThrow(
				/ If it is set, n8n tests at N8N_EDITOR_BASE_URL: set N8N_WEBHOOK_URL to the same address as WEBHOOK_URL\.$/,
			);
			expect(asked).toEqual([]);
		},
	);

	test.each([
		'n8n.example.com/webhook/a/webhook',
		'https//n8n.example.com/webhook/a/webhook',
		'https://n8n.example.com /webhook/a/webhook',
		'https://n8n.example.com/ /webhook/a/webhook',
		'https://n8n.example.com/?from=docs/webhook/a/webhook',
		'https://n8n.example.com/#/webhook/a/webhook',
		'https://me:word@n8n.example.com:n/webhook/a/webhook',
	])(
		'is asked nothing where WEBHOOK_URL makes no address of %s, and it says so',
		async (address) => {
			for (const hook of hooks) {
				const { context, asked } = published(address);
				const thrown = (await hook(context).catch((error: unknown) => error)) as Error;
				expect(thrown.message).toContain('Set WEBHOOK_URL to an address such as https://');
				expect(thrown.message).not.toContain('word');
				expect(asked).toEqual([]);
			}
		},
	);

	test('is asked where a blank or a line break stands around the address', async () => {
		for (const hook of hooks) {
			const { context, asked } = published(' https://n8n.example.com\n/webhook/a/webhook');
			await expect(hook(context)).rejects.toThrow();
			expect(asked.length).toBeGreaterThan(0);
		}
	});
});
