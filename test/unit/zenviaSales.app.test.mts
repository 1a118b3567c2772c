import { afterEach, describe, expect, jest, test } from '@jest/globals';
import type { IDataObject, IWebhookFunctions } from 'n8n-workflow';
import {
	type AppRequest,
	eventOf,
	shownBy,
	valuesOf,
	withoutSignature,
} from '../../nodes/ZenviaSales/app/call.ts';
import { Instances } from '../../nodes/ZenviaSales/app/settings.ts';
import { ZenviaSalesAppTrigger } from '../../nodes/ZenviaSales/ZenviaSalesAppTrigger.node.ts';
import { deliver } from '../../dev/n8n/webhookContext.mts';

const credentials = { appId: 'a', appSecret: 's', integration: { apiKey: 'k' } };
const request = (
	method: string,
	body: AppRequest['body'] = {},
	query: AppRequest['query'] = {},
) => ({ method, body, query });

describe('a call is told by its method and body', () => {
	test.each([
		[request('POST', { ...credentials, integration: { apiKey: 'k', enabled: true } }), 'installed'],
		[request('GET'), 'settings'],
		[request('GET', {}, { event: 'settingsForm' }), 'settingsForm'],
		[request('PUT', { automaticReplyEnabled: false }), 'settingsChanged'],
		[request('PUT', { ...credentials, enabled: true, other: 1 }), 'settingsChanged'],
		[request('PUT', { enabled: true }, { event: 'settingsChanged' }), 'settingsChanged'],
		[request('PUT', { ...credentials, enabled: false }), 'enabledChanged'],
		[request('POST', { newApiKey: 'n' }), 'keyRefreshed'],
		[request('DELETE'), 'deleted'],
		[request('GET', {}, { signature: 'x', range: 'today' }), 'report'],
		[request('GET', {}, { signature: 'x' }), 'button'],
		[request('GET', {}, { signature: 'x', range: 'a placeholder', event: 'button' }), 'button'],
		[request('GET', {}, { signature: 'x', event: 'deleted' }), 'button'],
		[request('POST', {}, { event: 'report' }), undefined],
		[request('POST'), undefined],
		[request('POST', { 'api-key': 'k' }), undefined],
		[request('PUT', { ...credentials, 'api-key': 'k' }), 'installed'],
		[request('PUT', { ...credentials, enabled: true, unknown: 1 }), 'enabledChanged'],
		[request('PUT', { unknown: 1 }), undefined],
	])('%j is %s', (given, event) => {
		expect(eventOf(given, new Set(['automaticReplyEnabled', 'other', 'color']))).toBe(event);
	});
});

test('credentials are found in the body, the query, or HTTP Basic', () => {
	const basic = `Basic ${Buffer.from('a:s:with colon').toString('base64')}`;
	expect(shownBy(request('POST', credentials), undefined)).toEqual({
		appId: 'a',
		appSecret: 's',
		apiKey: 'k',
	});
	expect(
		shownBy(request('GET', {}, { appId: 'a', appSecret: 's', apiKey: 'k' }), undefined),
	).toEqual({ appId: 'a', appSecret: 's', apiKey: 'k' });
	expect(shownBy(request('GET', {}, { 'api-key': 'k' }), basic).apiKey).toBe('k');
	expect(shownBy(request('GET'), basic)).toEqual({
		appId: 'a',
		appSecret: 's:with colon',
		apiKey: '',
	});
	expect(shownBy(request('GET', {}, { appId: ['a', 'b'] }), 'Bearer x')).toEqual({
		appId: '',
		appSecret: '',
		apiKey: '',
	});
});

test.each([
	['https://x.io/a?b=1&signature=f', 'https://x.io/a?b=1'],
	['https://x.io/a?signature=f&b=%20+&c', 'https://x.io/a?b=%20+&c'],
	['https://x.io/a?signature=f', 'https://x.io/a'],
	['https://x.io/a?signatures=1&signature=f', 'https://x.io/a?signatures=1'],
	['https://x.io/a', 'https://x.io/a'],
])('%s is signed as %s', (address, signed) => {
	expect(withoutSignature(address)).toBe(signed);
});

describe('what is kept of instances', () => {
	afterEach(() => void jest.useRealTimers());

	const names = new Set(['color', 'n']);
	const contextOf = (memory: IDataObject) =>
		({
			getWorkflowStaticData: () => memory,
			getMode: () => 'webhook',
			getWorkflow: () => ({ id: 'w' }),
			getNode: () => ({ id: 'n' }),
		}) as unknown as IWebhookFunctions;

	test('stays with the calls without a key where a key is refreshed by one of them', () => {
		const memory: IDataObject = {};
		const context = contextOf(memory);
		new Instances(context, {}, names).change('', { color: 'red' });
		new Instances(context, {}, names).refresh('', 'key 2');
		for (const apiKey of ['', 'key 2']) {
			expect(new Instances(context, { color: 'blue' }, names).get(apiKey).settings).toEqual({
				color: 'red',
			});
		}
	});

	test.each([
		['changed since', { color: 'green' }],
		['left as they were', undefined],
	])('goes over to a new key once, where Zenvia tells of it again: settings %s', (_, since) => {
		const context = { ...contextOf({}), getNode: () => ({ id: `refreshed ${_}` }) };
		const instances = () => new Instances(context as IWebhookFunctions, { color: 'blue' }, names);
		instances().change('key 1', { color: 'red' });
		instances().enable('key 1', false);
		instances().refresh('key 1', 'key 2');
		if (since) instances().change('key 2', since);
		const kept = { settings: since ?? { color: 'red' }, enabled: false };
		expect(instances().refresh('key 1', 'key 2')).toEqual(kept);
		expect(instances().get('key 2')).toEqual(kept);
		expect(instances().get('key 1').settings).toEqual({ color: 'blue' });
	});

	test('goes over to a new key that is not known yet, with the defaults where nothing is kept', () => {
		const instances = new Instances(contextOf({}), { color: 'blue' }, names);
		expect(instances.refresh('key 8', 'key 9')).toEqual({
			settings: { color: 'blue' },
			enabled: true,
		});
	});

	test('is found though a process forgets the oldest of many, and grows no further', () => {
		const memory: IDataObject = {};
		const of = (trigger: string) =>
			({ ...contextOf(memory), getWorkflow: () => ({ id: trigger }) }) as IWebhookFunctions;
		for (let n = 0; n < 1_200; n++) new Instances(of('many'), {}, names).change(`key ${n}`, { n });
		expect(new Instances(of('many'), {}, names).get('key 0').settings).toEqual({ n: 0 });
		// Without what is stored, the process knows the latest thousand.
		memory['instances n'] = {};
		const known = (n: number) =>
			'n' in new Instances(of('many'), {}, names).get(`key ${n}`).settings;
		expect([known(199), known(200), known(1_199)]).toEqual([false, true, true]);
		for (let n = 0; n < 100; n++) new Instances(of(`trigger ${n}`), {}, names).get('a');
		memory['instances n'] = {};
		expect(known(1_199)).toBe(false);
	});

	test('does not grow with the keys that one has had', () => {
		jest.useFakeTimers();
		const memory: IDataObject = {};
		const context = contextOf(memory);
		const hour = 60 * 60_000;
		new Instances(context, {}, names).change('key 0', { color: 'red' });
		for (let n = 0; n < 200; n++) {
			jest.advanceTimersByTime(hour);
			new Instances(context, {}, names).refresh(`key ${n}`, `key ${n + 1}`);
		}
		expect(new Instances(context, {}, names).get('key 200').settings).toEqual({ color: 'red' });
		expect(Object.keys(memory['instances n'] as IDataObject).length).toBeLessThanOrEqual(27);
		// An older copy does not bring back what was deleted a moment ago.
		expect(new Instances(context, {}, names).get('key 199').settings).toEqual({});
	});
});

describe('what is kept of instances outlives', () => {
	const names = new Set(['color']);
	let triggers = 0;

	/** A process of n8n, and what n8n stores with the workflow: of all, and of each node by its name. */
	class Host {
		kept: Record<string, IDataObject> = {};
		name = 'Trigger';
		private id = `process ${++triggers}`;

		get instances(): Instances {
			const context = {
				getMode: () => 'webhook',
				getWorkflow: () => ({ id: this.id }),
				getNode: () => ({ id: 'n', name: this.name }),
				getWorkflowStaticData: (type: string) =>
					(this.kept[type === 'global' ? type : `node:${this.name}`] ??= {}),
			};
			return new Instances(context as unknown as IWebhookFunctions, {}, names);
		}

		get color() {
			return this.instances.get('key').settings.color;
		}

		/** Nothing is known any more but what is stored. */
		restart(): void {
			this.id = `process ${++triggers}`;
		}
	}

	test('a rename of the trigger', () => {
		const host = new Host();
		host.instances.change('key', { color: 'red' });
		host.name = 'My app';
		host.restart();
		expect(host.color).toBe('red');
	});

	test('an earlier version, which kept it by the name', () => {
		const host = new Host();
		const before = { settings: { color: 'red' }, enabled: true, changedAt: 1, isGone: false };
		host.kept['node:Trigger'] = { instances: { [Instances.idOf('key')]: before } };
		expect(host.color).toBe('red');
		host.instances.enable('key', true);
		host.name = 'My app';
		host.restart();
		expect(host.color).toBe('red');
	});

	test('a trigger that polls beside it, where any call comes before n8n ends', () => {
		const host = new Host();
		const published = structuredClone(host.kept);
		host.instances.change('key', { color: 'red' });
		host.kept = published;
		expect(host.color).toBe('red');
		host.restart();
		expect(host.color).toBe('red');
	});
});

describe('what a call leaves behind', () => {
	const credential = {
		appId: 'app',
		appSecret: 'the-secret-of-the-app',
		privateKey: 'private-key',
	};
	const apiKey = 'key-of-the-instance';
	const parameters = {
		events: ['installed', 'settings', 'settingsChanged', 'button'],
		settingsForm: JSON.stringify({
			sections: [{ inputs: [{ name: 'language' }, { name: 'api-key' }] }, { inputs: 'none' }],
			inputs: [{ name: 'top' }, 'none', { name: 7 }],
		}),
		defaultSettings: '{"theme":"dark"}',
		page: '',
	};
	const ofApp = { appId: credential.appId, appSecret: credential.appSecret };
	let apps = 0;

	test.each([
		'the-secret-of-the-app\n',
		'\u201cthe-secret-of-the-app\u201d',
		'\u200bthe-secret-of-the-app',
	])('is known by a secret that was pasted as %j', async (appSecret) => {
		const pasted = { ...credential, appSecret };
		const given = { workflow: `app ${++apps}`, credential: pasted, parameters, query: ofApp };
		const body = `\ufeff${JSON.stringify({ language: 'es' })}`;
		const { item } = await deliver(new ZenviaSalesAppTrigger(), {
			...{ ...given, method: 'PUT', body },
		});
		expect(item).toMatchObject({ event: 'settingsChanged', changed: { language: 'es' } });
	});

	async function send(body: IDataObject, query: IDataObject = ofApp, memory: IDataObject = {}) {
		const workflow = `app ${++apps}`;
		const given = { workflow, credential, parameters, query, memory };
		return await deliver(new ZenviaSalesAppTrigger(), { ...given, method: 'PUT', body });
	}

	test('is what the form and the defaults name, and never a key', async () => {
		const memory: IDataObject = {};
		const body = {
			...{ apiKey, 'api-key': apiKey, key: apiKey, appSecret: credential.appSecret },
			...{ language: 'es', top: 1, theme: `${apiKey} or ${credential.appSecret}`, other: 'x' },
		};
		const { reply, item } = await send(body, ofApp, memory);
		const kept = { theme: '[hidden] or [hidden]', language: 'es', top: 1 };
		expect(reply).toEqual(kept);
		expect(item).toMatchObject({ event: 'settingsChanged', changed: kept, settings: kept });
		expect(JSON.stringify([reply, item, memory])).not.toMatch(/key-of-the-instance|the-secret/);
	});

	test('is nothing where it is none of the calls', async () => {
		for (const body of [{ 'api-key': apiKey }, { key: apiKey }, { other: { deep: apiKey } }]) {
			const memory: IDataObject = {};
			const { status, reply, item } = await send(body, ofApp, memory);
			expect([status, item]).toEqual([400, undefined]);
			expect(JSON.stringify([reply, memory])).not.toContain(apiKey);
		}
	});

	test('is not told again where it was kept before', async () => {
		const stored = { 'api-key': apiKey, other: 'x', language: 'pt' };
		const id = Instances.idOf(apiKey);
		const memory = { instances: { [id]: { settings: stored, enabled: true, changedAt: 1 } } };
		const { reply } = await send({ apiKey, top: 2 }, ofApp, memory as unknown as IDataObject);
		expect(reply).toEqual({ theme: 'dark', language: 'pt', top: 2 });
	});
});

test('the address of a button hands on no credentials', () => {
	const query = {
		apiKey: 'k',
		'api-key': 'k',
		appId: 'a',
		appSecret: 's',
		signature: 'f',
		event: 'button',
		a: 'b',
		...{ api_key: 'k', apikey: 'k', 'API-Key': 'k', app_secret: 's', 'new-api-key': 'k' },
	};
	expect(valuesOf(query)).toEqual({ a: 'b' });
});

describe('the test of the app’s credential', () => {
	const whole = { appId: 'app-1', appSecret: 'secret-1', privateKey: 'private-1' };
	const { zenviaSalesAppTest } = new ZenviaSalesAppTrigger().methods.credentialTest;
	const tested = async (data: object) =>
		await zenviaSalesAppTest.call({} as never, { data: { ...whole, ...data } } as never);

	test.each([
		['all that Zenvia gave out', {}],
		['no private key', { privateKey: '' }],
		['what was pasted with quotes and blanks around it', { appSecret: ' "secret-1"\n' }],
	])('takes %s', async (_, data) => {
		expect(await tested(data)).toMatchObject({ status: 'OK' });
	});

	test.each([
		[{ appId: '' }, "'App ID' of the app is empty."],
		[{ appSecret: ' \n' }, "'App Secret' of the app is empty."],
		[{ appSecret: 'sec\u200bret' }, "'App Secret' of the app has an invisible character in it"],
		[
			{ appSecret: 'secret\nof another line' },
			"'App Secret' of the app is cut or has a line break",
		],
		[{ privateKey: 'schlüssel' }, "'Private Key' of the app has a character in it that belongs"],
		[{ appSecret: ' app-1' }, "'App Secret' of the app is the same as 'App ID'."],
		[{ privateKey: '"secret-1"' }, "'Private Key' of the app is the same as 'App Secret'."],
		[{ appId: 'undefined' }, `'App ID' of the app is "undefined".`],
	])('refuses %j', async (data, sentence) => {
		const { status, message } = await tested(data);
		expect([status, message]).toEqual(['Error', expect.stringContaining(sentence)]);
		expect(message).toMatch(/Copy it again from what Zenvia gave you for the app\.$/);
	});
});
