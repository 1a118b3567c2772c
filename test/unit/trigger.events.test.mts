import { describe, expect, it } from '@jest/globals';
import type { IDataObject, IHookFunctions, INodeType, IPollFunctions } from 'n8n-workflow';
import { ConvertalkTrigger } from '../../nodes/Convertalk/ConvertalkTrigger.node.ts';
import { SalesflowPollTrigger } from '../../nodes/Salesflow/SalesflowPollTrigger.node.ts';
import { SalesflowTrigger } from '../../nodes/Salesflow/SalesflowTrigger.node.ts';
import { SaleswhalePollTrigger } from '../../nodes/Saleswhale/SaleswhalePollTrigger.node.ts';
import { SaleswhaleTrigger } from '../../nodes/Saleswhale/SaleswhaleTrigger.node.ts';
import { ZenviaSalesAppTrigger } from '../../nodes/ZenviaSales/ZenviaSalesAppTrigger.node.ts';
import { ZenviaSalesPollTrigger } from '../../nodes/ZenviaSales/ZenviaSalesPollTrigger.node.ts';
import { ZenviaSalesTrigger } from '../../nodes/ZenviaSales/ZenviaSalesTrigger.node.ts';

const asked = 'The vendor was asked';

/** Publishes or tests a trigger, or starts n8n with it: what it says, where not that the vendor was asked. */
async function start(node: INodeType, parameters: IDataObject, typeVersion: number, how: string) {
	const context = {
		getNode: () => ({ id: 'n', name: 'Trigger', type: 't', typeVersion, parameters: {} }),
		getNodeParameter: (name: string, fallback: unknown) => parameters[name] ?? fallback ?? 'stop',
		getNodeWebhookUrl: () => 'https://n8n.example/webhook/abc/webhook',
		getMode: () => (how === 'manual' ? how : 'trigger'),
		getActivationMode: () => how,
		getInstanceId: () => 'n8n-1',
		getTimezone: () => 'UTC',
		getWorkflow: () => ({ id: 'w' }),
		getWorkflowStaticData: () => ({}),
		getCredentials: async () => ({
			...{ apiKey: 'the-key', token: 'the-key', accountId: '321', botId: 'b', customerId: 'c' },
			...{ environment: 'sales', baseUrl: 'https://vendor.example' },
		}),
		getCredentialsProperties: () => [],
		helpers: {
			httpRequestWithAuthentication: async () => ({
				...{ statusCode: 400, headers: {} },
				body: { message: asked, Message: asked, errors: [{ message: asked }] },
			}),
		},
	};
	const hook = node.webhookMethods?.default?.checkExists;
	const begin = hook
		? async () => await hook.call(context as unknown as IHookFunctions)
		: async () => await node.poll?.call(context as unknown as IPollFunctions);
	return await begin().then(
		() => '',
		({ message }: Error) => (message.includes(asked) ? '' : message),
	);
}

describe.each(['settingsForm', 'defaultSettings'])('%s of the Zenvia Sales App Trigger', (name) => {
	const given = async (value: unknown, how: string) =>
		await start(
			new ZenviaSalesAppTrigger(),
			{ events: ['installed'], [name]: value } as IDataObject,
			1.1,
			how,
		);

	it.each(['{"title": "Settings",}', '["title"]', 'title', 7])(
		'is said not to be JSON when it is published: %j',
		async (value) => {
			const label = name === 'settingsForm' ? 'Settings Form' : 'Default Settings';
			for (const how of ['activate', 'manual'])
				expect(await given(value, how)).toMatch(new RegExp(`^'${label}' is not a JSON object\\.`));
			expect(await given(value, 'init')).toBe('');
		},
	);

	it.each(['{"title": "Settings"}', '', { title: 'Settings' }])('takes %j', async (value) => {
		expect(await given(value, 'activate')).toBe('');
	});
});

describe.each<[string, INodeType, number, string, string]>([
	['Convertalk Trigger', new ConvertalkTrigger(), 1, 'leadCreated', 'lead_created'],
	['Salesflow Poll Trigger', new SalesflowPollTrigger(), 1, 'contactAdded', 'replyDetected'],
	['Salesflow Trigger', new SalesflowTrigger(), 1.2, 'replyDetected', 'contactAdded'],
	['Saleswhale Poll Trigger', new SaleswhalePollTrigger(), 1, 'conversation.ended', 'email.sent'],
	['Saleswhale Trigger', new SaleswhaleTrigger(), 1.2, 'email.sent', 'email_sent'],
	['Zenvia Sales App Trigger', new ZenviaSalesAppTrigger(), 1.1, 'installed', 'uninstalled'],
	['Zenvia Sales Poll Trigger', new ZenviaSalesPollTrigger(), 1, 'call', 'prospectUpdated'],
	['Zenvia Sales Trigger', new ZenviaSalesTrigger(), 1.2, 'call', 'interactions'],
	['Zenvia Sales Trigger 1.1', new ZenviaSalesTrigger(), 1.1, 'quotes', 'quoteCreated'],
])('Trigger On of the %s', (_, node, version, known, unknown) => {
	const given = async (chosen: unknown, how: string) =>
		await start(
			node,
			{ [version === 1.1 && known === 'quotes' ? 'topics' : 'events']: chosen } as IDataObject,
			version,
			how,
		);

	it.each(['activate', 'update', 'manual'])('takes what is in its list: %s', async (how) => {
		expect(await given([known], how)).toBe('');
		expect(await given(known, how)).toBe('');
	});

	it.each(['activate', 'update', 'manual'])(
		'names an event on which it would never start: %s',
		async (how) => {
			for (const chosen of [[unknown], [known, unknown], `${known}, ${unknown}`])
				expect(await given(chosen, how)).toMatch(
					new RegExp(
						`^'Trigger On' has "${unknown}", which this trigger does not know\\. .*\\b${known}\\b`,
					),
				);
		},
	);

	it.each(['activate', 'manual'])('may not come out empty: %s', async (how) => {
		for (const chosen of [[], '', ' '])
			expect(await given(chosen, how)).toMatch(/^'Trigger On' is empty\. Choose at least one/);
	});

	it('goes on with the events that it knows when n8n starts', async () => {
		expect(await given([known, unknown], 'init')).toBe('');
	});
});
