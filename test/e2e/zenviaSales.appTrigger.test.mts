import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { does } from '../../dev/n8n/changes.mts';
import { itemsOf } from '../../dev/n8n/execution.mts';
import { chain, type SavedCredential, type SavedWorkflow } from '../../dev/n8n/workflow.mts';
import { AppCaller, type AppSettings } from '../../dev/vendors/zenviaSales/simulator/index.mts';
import { startTestN8n, type TestN8n } from '../../dev/n8n/harness.mts';

const minute = 60_000;
const triggerName = 'Zenvia Sales App Trigger';
const secrets = { appId: 'app-1', appSecret: 'a secret: with colon', privateKey: 'a private key' };
const inputs = [{ name: 'language' }, { name: 'automaticReplyEnabled' }];
const form = { title: 'Settings', sections: [{ name: 'general', inputs }] };
const events = [
	'installed',
	'settingsForm',
	'settings',
	'settingsChanged',
	'enabledChanged',
	'keyRefreshed',
	'deleted',
	'report',
	'button',
];
let tested: TestN8n;
let credential: SavedCredential;
let saved: SavedWorkflow;
let url: string;

const zenvia = (more: Partial<AppSettings> = {}) =>
	new AppCaller({ url, apiKey: 'instance-key', ...secrets, ...more });

let known = 0;

/** The items that the calls made since the last question started, oldest first. */
async function started(count: number): Promise<Array<Record<string, unknown>>> {
	known += count;
	const all = await tested.n8n.untilExecutions(saved.id, known);
	expect(all).toHaveLength(known);
	const newest = all.slice(0, count).reverse();
	return await Promise.all(
		newest.map(
			async ({ id }) => itemsOf(await tested.n8n.execution(id), triggerName)[0]?.json ?? {},
		),
	);
}

beforeAll(async () => {
	tested = await startTestN8n();
	credential = await tested.credential('zenviaSalesAppApi', secrets);
	const parameters = {
		events,
		settingsForm: JSON.stringify(form),
		defaultSettings: '{"language":"es"}',
		page: '<p>A page</p>',
		options: { includeApiKey: true },
	};
	const node = tested.node({ node: 'zenviaSalesAppTrigger', parameters, credential }, triggerName);
	saved = await tested.n8n.createWorkflow(chain('App', [node]));
	await tested.n8n.activate(saved.id);
	url = `${tested.n8n.url}/webhook/${String(node['webhookId'])}/app`;
}, 3 * minute);

afterAll(async () => await tested.close(), minute);

test(
	'the credential says what can be known of it',
	async () => {
		expect(await tested.n8n.testCredential(credential)).toMatchObject({ status: 'OK' });
		expect(
			await tested.n8n.testCredential(credential, { ...secrets, appSecret: '' }),
		).toMatchObject({ status: 'Error' });
	},
	minute,
);

test.each(['query', 'body', 'basic'] as const)(
	'the whole life of an instance, credentials in the %s',
	async (credentialsIn) => {
		const calls = zenvia({
			credentialsIn,
			apiKey: credentialsIn === 'basic' ? '' : 'instance-key',
		});
		const replies = [
			await calls.install(),
			await calls.askForm(),
			await calls.askSettings(),
			await calls.changeSettings({ automaticReplyEnabled: true }),
			await calls.changeSettings({ language: 'pt' }),
			await calls.enable(false),
		].map(({ status, body }) => ({ status, body }));
		const success = { success: true };
		expect(replies).toEqual([
			{ status: 200, body: success },
			{ status: 200, body: form },
			{ status: 200, body: { language: 'es' } },
			{ status: 200, body: { language: 'es', automaticReplyEnabled: true } },
			{ status: 200, body: { language: 'pt', automaticReplyEnabled: true } },
			{ status: 200, body: success },
		]);
		expect((await calls.refreshKey('new-key')).body).toEqual(success);
		const after = zenvia({ apiKey: 'new-key' });
		expect((await after.askSettings()).body).toEqual({
			language: 'pt',
			automaticReplyEnabled: true,
		});
		expect((await after.remove()).body).toEqual(success);
		expect((await after.askSettings()).body).toEqual({ language: 'es' });

		const items = await started(10);
		const named = [
			'installed',
			'settingsForm',
			'settings',
			'settingsChanged',
			'settingsChanged',
			'enabledChanged',
			'keyRefreshed',
			'settings',
			'deleted',
			'settings',
		];
		expect(items.map(({ event }) => event)).toEqual(named);
		const find = (event: string) => items.find((item) => item['event'] === event);
		expect(find('enabledChanged')).toMatchObject({ enabled: false });
		expect(find('keyRefreshed')).toMatchObject({
			apiKey: 'new-key',
			previousInstanceId: items[0]?.['instanceId'],
		});
		expect(find('deleted')?.['instanceId']).toBe(find('keyRefreshed')?.['instanceId']);
	},
	2 * minute,
);

test(
	'a call behind a byte order mark is taken where n8n takes one',
	async () => {
		const { appId, appSecret } = secrets;
		const body = JSON.stringify({ appId, appSecret, integration: { apiKey: 'instance-key' } });
		const headers = { 'content-type': 'application/json' };
		const { status } = await fetch(url, { method: 'POST', headers, body: `\uFEFF${body}` });
		// Earlier n8n itself refuses such a body before any node sees it.
		const isRead = does('readsByteOrderMarks');
		expect(status).toBe(isRead ? 200 : 422);
		const items = await started(isRead ? 1 : 0);
		expect(items.map(({ event }) => event)).toEqual(isRead ? ['installed'] : []);
	},
	minute,
);

test(
	'a report and a button, whose address is signed',
	async () => {
		const report = await zenvia().open({
			range: 'custom',
			start: '2026-01-01',
			end: '2026-01-31',
			group: 'a b&c',
		});
		expect(report).toMatchObject({ status: 200, body: '<p>A page</p>' });
		expect(report.headers.get('content-security-policy')).toContain('sandbox');
		expect((await zenvia().open({ prospect: 'p1' })).status).toBe(200);
		expect((await zenvia().open({})).status).toBe(200);
		const [opened, pressed, bare] = await started(3);
		expect(opened).toEqual({
			event: 'report',
			range: 'custom',
			start: '2026-01-01',
			end: '2026-01-31',
			group: 'a b&c',
		});
		expect(pressed).toEqual({ event: 'button', prospect: 'p1' });
		expect(bare).toEqual({ event: 'button' });
	},
	minute,
);

test(
	'what is forged is refused with 401 and starts nothing',
	async () => {
		const forged = [
			zenvia({ appSecret: 'wrong' }).install(),
			zenvia({ appId: 'wrong' }).install(),
			zenvia({ appSecret: '' }).install(),
			zenvia({ appSecret: 'wrong', credentialsIn: 'basic' }).enable(true),
			zenvia({ appSecret: 'wrong' }).askSettings(),
			zenvia({ appSecret: 'wrong' }).changeSettings({ language: 'xx' }),
			zenvia({ appSecret: 'wrong' }).remove(),
			zenvia({ privateKey: 'wrong' }).open({ range: 'today' }),
			zenvia().open({ range: 'today' }, ''),
			zenvia().open({ range: 'today' }, '0'.repeat(64)),
		];
		expect((await Promise.all(forged)).map(({ status }) => status)).toEqual(forged.map(() => 401));
		const altered = zenvia().signed({ range: 'today', group: 'a' }).replace('group=a', 'group=b');
		expect((await fetch(altered)).status).toBe(401);
		const bare = await Promise.all(
			['GET', 'POST', 'PUT', 'PATCH', 'DELETE'].map((method) => fetch(url, { method })),
		);
		expect(bare.map(({ status }) => status)).toEqual([401, 401, 401, 401, 401]);
		// A signature opens an extension point and nothing else, whatever the address says.
		expect((await zenvia().open({ event: 'settings' })).body).toBe('<p>A page</p>');
		await started(1);
	},
	minute,
);

test(
	'what a user has set outlives a new name of the trigger, and a restart',
	async () => {
		const calls = zenvia({ apiKey: 'key-of-before' });
		await calls.changeSettings({ language: 'pt' });
		await started(1);
		await tested.n8n.change(saved.id, ([node]) => {
			if (node) node.name = 'My app';
		});
		await tested.n8n.restart();
		expect((await calls.askSettings()).body).toEqual({ language: 'pt' });
	},
	2 * minute,
);
