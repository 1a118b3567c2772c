import { createHmac } from 'node:crypto';
import { Readable } from 'node:stream';
import { describe, expect, it } from '@jest/globals';
import type { IDataObject, IHttpRequestOptions } from 'n8n-workflow';
import { hmac, unixTime } from '../../dev/kit/webhookTarget.mts';
import { Salesflow } from '../../nodes/Salesflow/Salesflow.node.ts';
import { SalesflowTrigger } from '../../nodes/Salesflow/SalesflowTrigger.node.ts';
import { SalesflowApi } from '../../credentials/SalesflowApi.credentials.ts';
import { SaleswhaleTrigger } from '../../nodes/Saleswhale/SaleswhaleTrigger.node.ts';
import { ZenviaSales } from '../../nodes/ZenviaSales/ZenviaSales.node.ts';
import { ZenviaSalesApi } from '../../credentials/ZenviaSalesApi.credentials.ts';
import { ZenviaSalesTrigger } from '../../nodes/ZenviaSales/ZenviaSalesTrigger.node.ts';
import { withoutAddressSecret, withoutAddressSecrets } from '../../nodes/engine/webhook/address.ts';
import { itemOf } from '../../nodes/Convertalk/trigger/event.ts';
import { run } from './engine.mts';
import { closeServers, serve } from './server.mts';
import {
	deliver,
	type Delivered,
	instance,
	type Reply,
	webhookUrl,
} from '../../dev/n8n/webhookContext.mts';

const key = 'the-key-of-the-tests';
let workflows = 0;
/** A workflow of its own, of which no process remembers anything. */
const workflow = () => `workflow ${++workflows}`;

/** As the triggers make it. */
const secretOf = (id: string, round = '', made = key) =>
	createHmac('sha256', made)
		.update(JSON.stringify([instance, `${id} node`, round]))
		.digest('base64url');

/** A trigger whose address holds a secret. */
interface Kind {
	/** What the vendor would answer to a list of what is registered. */
	listed(secrets: string[]): unknown;
	deliver(
		given: Partial<Delivered> & { workflow: string; secret: string; n?: number },
	): Promise<Reply>;
}

const address = (secret: string, more = '') => `${webhookUrl}?${more}secret=${secret}`;

const zenvia: Kind = {
	listed: (secrets) =>
		secrets.map((secret, n) => ({ id: String(n), topics: [], callbackUrl: address(secret) })),
	deliver: async ({ secret, n = 0, ...given }) =>
		await deliver(new ZenviaSalesTrigger(), {
			credential: { apiKey: key, environment: 'sales' },
			parameters: { topics: ['prospects'] },
			query: { secret },
			body: { topic: 'prospects', type: 'created', prospect: { id: String(n) } },
			...given,
		}),
};

const salesflow: Kind = {
	listed: (secrets) =>
		secrets.map((secret, n) => ({
			WebhookId: n,
			Url: address(secret, 'event=replyDetected&'),
			AttachedWebhookCampaigns: [],
		})),
	deliver: async ({ secret, n = 0, ...given }) =>
		await deliver(new SalesflowTrigger(), {
			credential: { token: key, accountId: '321', baseUrl: 'https://mvc.salesflow.io' },
			parameters: { events: ['replyDetected'] },
			query: { secret, event: 'replyDetected' },
			body: { MemberId: n },
			...given,
		}),
};

/** A vendor that has these secrets registered; counts how often it is asked. */
function vendorWith(kind: Kind, secrets: string[]) {
	const asked: IHttpRequestOptions[] = [];
	const httpRequestWithAuthentication = async (_type: string, options: IHttpRequestOptions) => {
		asked.push(options);
		return { statusCode: 200, headers: {}, body: kind.listed(secrets) };
	};
	return { asked, helpers: { httpRequestWithAuthentication } };
}

describe.each([
	['Zenvia Sales', zenvia],
	['Salesflow', salesflow],
])('The secret in the address of a trigger of %s', (_, kind) => {
	it('is made of the key, and asks nobody', async () => {
		const [id, other] = [workflow(), workflow()];
		const { asked, helpers } = vendorWith(kind, []);
		const { item } = await kind.deliver({ workflow: id, secret: secretOf(id), helpers });
		expect(item).toBeDefined();
		for (const secret of ['', 'x', secretOf(id).slice(1), `${secretOf(id)}x`, secretOf(other)]) {
			expect((await kind.deliver({ workflow: other, secret: secretOf(id), helpers })).status).toBe(
				401,
			);
			expect((await kind.deliver({ workflow: id, secret, helpers, n: 1 })).status).toBe(401);
		}
		// One list of each, for those that look like secrets of ours.
		expect(asked.length).toBeLessThanOrEqual(2);
	});

	it('is not taken from what is stored with the workflow, where its author chose it', async () => {
		const id = workflow();
		const chosen = 'c'.repeat(43);
		const { helpers } = vendorWith(kind, [secretOf(id)]);
		const memory: IDataObject = { secret: chosen };
		expect((await kind.deliver({ workflow: id, secret: chosen, memory, helpers })).status).toBe(
			401,
		);
		expect(
			(await kind.deliver({ workflow: id, secret: secretOf(id), memory, helpers })).item,
		).toBeDefined();
		expect(JSON.stringify(memory)).not.toMatch(/secret|c{43}/);
		expect(JSON.stringify(memory)).not.toContain(secretOf(id));
	});

	it('is another one with New Secret, and the old one is refused', async () => {
		const id = workflow();
		const { helpers } = vendorWith(kind, []);
		const parameters = {
			topics: ['prospects'],
			events: ['replyDetected'],
			options: { newAddress: 'B' },
		};
		const again = { workflow: id, parameters, helpers };
		expect((await kind.deliver({ ...again, secret: secretOf(id) })).status).toBe(401);
		expect((await kind.deliver({ ...again, secret: secretOf(id, 'B') })).item).toBeDefined();
	});

	it('stays that of an earlier key until the vendor has another: it is asked once', async () => {
		const id = workflow();
		const before = secretOf(id, '', 'the key before');
		const { asked, helpers } = vendorWith(kind, [before]);
		const all = [1, 2, 3].map(
			async (n) => await kind.deliver({ workflow: id, secret: before, helpers, n }),
		);
		expect((await Promise.all(all)).map(({ item }) => item !== undefined)).toEqual([
			true,
			true,
			true,
		]);
		expect(asked).toHaveLength(1);
		expect((await kind.deliver({ workflow: id, secret: 'f'.repeat(43), helpers })).status).toBe(
			401,
		);
		expect(asked).toHaveLength(1);
	});

	it('proves the address that n8n forgot, which is remembered again; a forged one proves nothing', async () => {
		const id = workflow();
		const memory: IDataObject = {};
		const { helpers } = vendorWith(kind, []);
		const given = { workflow: id, memory, helpers };
		await kind.deliver({ ...given, secret: 'f'.repeat(43) });
		expect(JSON.stringify(memory)).not.toContain(webhookUrl);
		await kind.deliver({ ...given, secret: secretOf(id) });
		expect(JSON.stringify(memory)).toContain(`"addresses":["${webhookUrl}"]`);
	});

	it('starts the workflow where WEBHOOK_URL was made no address since it was registered', async () => {
		const id = workflow();
		const given = {
			workflow: id,
			secret: secretOf(id),
			ownAddress: 'n8n.example/webhook/abc/webhook',
		};
		expect((await kind.deliver(given)).item).toBeDefined();
		expect((await kind.deliver({ ...given, secret: 'd'.repeat(43) })).status).toBe(401);
	});

	it('is refused where the vendor has it for another trigger, or does not answer', async () => {
		const [id, silent] = [workflow(), workflow()];
		const foreign = 'd'.repeat(43);
		const elsewhere = {
			...kind,
			listed: (secrets: string[]) =>
				JSON.parse(JSON.stringify(kind.listed(secrets)).replaceAll('/abc/', '/xyz/')) as unknown,
		};
		const { helpers } = vendorWith(elsewhere, [foreign]);
		expect((await kind.deliver({ workflow: id, secret: foreign, helpers })).status).toBe(401);
		const fails = {
			httpRequestWithAuthentication: async () => ({ statusCode: 403, headers: {}, body: {} }),
		};
		expect((await kind.deliver({ workflow: silent, secret: foreign, helpers: fails })).status).toBe(
			401,
		);
	});
});

describe('An id of ours', () => {
	it('is not replaced by one in a body of Zenvia', async () => {
		const id = workflow();
		const body = (n: number) => ({
			...{ topic: 'prospects', type: 'created', prospect: { id: String(n) } },
			...{ eventId: 'used', direction: 'incoming' },
		});
		const given = { workflow: id, secret: secretOf(id) };
		const [first, second] = [
			await zenvia.deliver({ ...given, body: body(1) }),
			await zenvia.deliver({ ...given, body: body(2) }),
		];
		expect([first.item?.vendor_eventId, second.item?.vendor_eventId]).toEqual(['used', 'used']);
		expect(first.item?.eventId).toMatch(/^[\w-]{22}$/);
		expect(second.item?.eventId).not.toBe(first.item?.eventId);
		expect(first.item).not.toHaveProperty('direction');
		expect(first.item?.vendor_direction).toBe('incoming');
	});

	it('is not replaced by one in a body of Salesflow', async () => {
		const id = workflow();
		const given = { workflow: id, secret: secretOf(id) };
		const body = (n: number) => ({ MemberId: n, EventId: 'used', Event: 'memberConnected' });
		const [first, second] = [
			await salesflow.deliver({ ...given, body: body(1) }),
			await salesflow.deliver({ ...given, body: body(2) }),
		];
		expect(first.item).toMatchObject({ vendor_EventId: 'used', Event: 'replyDetected' });
		expect(second.item?.EventId).not.toBe(first.item?.EventId);
	});

	it('is not replaced by one in a body of Saleswhale', async () => {
		const id = workflow();
		const send = async (n: number) => {
			const payload = { event_id: 'used', event_name: 'email.sent', conversation: { id: n } };
			const body = JSON.stringify({ event_name: 'conversation.ended', event_payload: payload });
			const timestamp = unixTime();
			return await deliver(new SaleswhaleTrigger(), {
				workflow: id,
				credential: { apiKey: key },
				parameters: { events: ['conversation.ended'], statuses: [] },
				query: { timestamp, signature: hmac(key, `${timestamp}.${body}`) },
				body,
			});
		};
		const [first, second] = [await send(1), await send(2)];
		expect(first.item).toMatchObject({ vendor_event_id: 'used', event_name: 'conversation.ended' });
		expect(second.item?.event_id).not.toBe(first.item?.event_id);
	});

	it('is not replaced by one in a lead of Convertalk', () => {
		const record = { _id: '1', uuid: 'u', eventId: 'used', event: 'other' };
		const item = itemOf('leadCreated', record, false);
		expect(item).toMatchObject({ event: 'leadCreated', vendor_eventId: 'used' });
		expect(item.eventId).not.toBe('used');
	});
});

describe.each([1.1, 1.2])('A conversation of Saleswhale, by version %s', (typeVersion) => {
	const id = workflow();
	const end = async (given: IDataObject, time = '2026-05-19T12:11:03.321+08:00') => {
		const conversation = { id: 7, status: 'qualified', ...given };
		const event = { event_name: 'conversation.ended', event_payload: { conversation } };
		const body = JSON.stringify({ ...event, event_time: time });
		const timestamp = unixTime();
		const { status, item } = await deliver(new SaleswhaleTrigger(), {
			...{ workflow: id, typeVersion, body, credential: { apiKey: key } },
			parameters: { events: ['conversation.ended'], statuses: [] },
			query: { timestamp, signature: hmac(key, `${timestamp}.${body}`) },
		});
		return { status, item };
	};

	it('starts the workflow once for an end, and again where it ended in the same way after a late reply', async () => {
		const first = await end({ replies: 1 });
		expect(first.item).toMatchObject({ conversation: { replies: 1 } });
		expect(await end({ replies: 1 })).toEqual({ status: undefined, item: undefined });
		const second = await end({ replies: 2 }, '2026-05-21T12:11:03.321+08:00');
		expect(second.item).toMatchObject({ conversation: { replies: 2 } });
		expect(await end({ replies: 2 })).toEqual({ status: undefined, item: undefined });
		// From 1.2 on the ID is the Poll Trigger's, which knows conversation and status alone.
		expect(second.item?.event_id === first.item?.event_id).toBe(typeVersion === 1.2);
	});
});

describe('A delivery that repeats what nobody else may know', () => {
	const more = (secret: string) => ({
		note: `api-key=${key}`,
		[`by ${key}`]: [{ callbackUrl: address(secret) }],
		encoded: Buffer.from(`x${key}x`).toString('base64'),
	});
	const shows = (item: IDataObject | undefined, secret: string): string[] => {
		const text = JSON.stringify(item);
		const base64 = Buffer.from(`${key}x`).toString('base64').slice(0, 20);
		return [key, secret, base64].filter((one) => text.includes(one));
	};

	it.each([
		['Zenvia Sales', zenvia, { topic: 'prospects', type: 'created', prospect: { id: '1' } }],
		['Salesflow', salesflow, { MemberId: 1 }],
	])('reaches no workflow with it: %s', async (_, kind, body) => {
		const id = workflow();
		const secret = secretOf(id);
		const { item } = await kind.deliver({
			workflow: id,
			secret,
			body: { ...body, ...more(secret) },
		});
		expect(item).toMatchObject({ note: 'api-key=[hidden]' });
		expect(Object.keys(item ?? {})).toContain('by [hidden]');
		expect(shows(item, secret)).toEqual([]);
	});

	it('reaches no workflow with it: Saleswhale', async () => {
		const body = JSON.stringify({ event_name: 'email.sent', event_payload: more('') });
		const timestamp = unixTime();
		const { item } = await deliver(new SaleswhaleTrigger(), {
			workflow: workflow(),
			credential: { apiKey: `${key}\n` },
			parameters: { events: ['email.sent'], statuses: [] },
			query: { timestamp, signature: hmac(key, `${timestamp}.${body}`) },
			body,
		});
		expect(item).toMatchObject({ note: 'api-key=[hidden]' });
		expect(shows(item, 'no secret')).toEqual([]);
	});
});

describe('What the action nodes give of an address that a vendor calls', () => {
	it('holds no password of who receives there, and the rest as it is', () => {
		const url = 'https://me:p%40ss@n8n.example:8443/webhook/a@b?x=1:2@3';
		const clean = 'https://[hidden]@n8n.example:8443/webhook/a@b?x=1:2@3';
		const others = ['https://a.io/@user:x@y', 'a:b@c', 'https://a.io:80/b', 7, null];
		expect(withoutAddressSecret({ url, other: url }, 'url')).toEqual({ url: clean, other: url });
		expect(withoutAddressSecrets({ list: [{ url }], others })).toEqual({
			list: [{ url: clean }],
			others,
		});
	});

	const secret = 's'.repeat(43);
	it.each([
		[{ node: new ZenviaSales(), credential: new ZenviaSalesApi() }, 'subscription', zenvia],
		[{ node: new Salesflow(), credential: new SalesflowApi() }, 'webhook', salesflow],
	])('holds no secret of a trigger: %#', async (subject, resource, kind) => {
		const server = await serve(() => kind.listed([secret]));
		const credential = {
			apiKey: key,
			token: key,
			accountId: '321',
			environment: 'custom',
			baseUrl: server.url,
		};
		const { items } = await run(subject, {
			parameters: { resource, operation: 'getAll', returnAll: true },
			credential,
		});
		await closeServers();
		const text = JSON.stringify(items);
		expect(text).toContain('secret=[hidden]');
		expect(text).toContain(webhookUrl);
		expect(text).not.toContain(secret);
	});
});

describe('A file that comes with a message', () => {
	/** Lets Zenvia send a message with a file at this address, of so many bytes. */
	async function receive(path: string, options: object, bytes: number, headers: object = {}) {
		const id = workflow();
		const helpers = {
			httpRequest: async () => ({
				statusCode: 200,
				headers,
				body: Readable.from(Array.from({ length: bytes / 1024 }, () => Buffer.alloc(1024))),
			}),
			prepareBinaryData: async (data: Buffer, fileName: string, mimeType?: string) => ({
				data: String(data.length),
				fileName,
				mimeType,
			}),
		};
		const message = { content: 'a', attachment: { url: `https://files.zenvia.com${path}` } };
		return await zenvia.deliver({
			workflow: id,
			secret: secretOf(id),
			parameters: {
				topics: ['interactions'],
				options: { downloadAttachments: true, ...options },
			},
			body: {
				topic: 'interactions',
				type: 'created',
				interaction: { id: 'i', output: { message } },
			},
			helpers,
		});
	}
	const megabyte = 2 ** 20;

	it.each([
		['/a/photo.jpg', 'photo.jpg'],
		['/a/..%2F..%2F..%2Fetc%2Fpasswd', 'passwd'],
		['/a/..%5C..%5Cwindows%5Cwin.ini', 'win.ini'],
		['/a/%2Fetc%2Fcron.d%2Fjob', 'job'],
		['/a/a%00b%0D%0Ac%1B%7F%C2%85.txt', 'abc.txt'],
		['/a/%E2%80%AEgpj.exe', 'gpj.exe'],
		['/a/C%3Aevil.exe', 'C_evil.exe'],
		['/a/%22%3Cx%3E.txt', '__x_.txt'],
		['/a/..', 'attachment'],
		['/a/%2e%2e%2f%2e%2e', 'attachment'],
		['/a/', 'attachment'],
		['/a/%', '%'],
		[`/a/${'x'.repeat(5000)}.pdf`, `${'x'.repeat(196)}.pdf`],
		['/a/%F0%9F%93%84%20report.pdf', '📄 report.pdf'],
		['/a/CON', '_CON'],
		['/a/nul%20.txt', '_nul .txt'],
		['/a/..%2FCom1.tar.gz', '_Com1.tar.gz'],
		['/a/lpt%C2%B9.txt', '_lpt¹.txt'],
		['/a/console.log', 'console.log'],
		['/a/bill.exe.%20.', 'bill.exe'],
		['/a/.%20.', 'attachment'],
		['/a/.htaccess', 'htaccess'],
		['/a/a%E2%80%8F.%E2%81%A6txt', 'a.txt'],
		[`/a/${encodeURIComponent('é'.repeat(3000))}.pdf`, `${'é'.repeat(98)}.pdf`],
		[`/a/${encodeURIComponent('日'.repeat(3000))}.pdf`, `${'日'.repeat(65)}.pdf`],
		[`/a/x${'%2E'.repeat(300)}pdf`, 'pdf'],
	])('has a name that leads nowhere: %s', async (path, fileName) => {
		const { binary } = await receive(path, {}, 1024);
		expect(binary?.attachment?.fileName).toBe(fileName);
	});

	it.each([
		['image/png; charset=x', 'image/png'],
		['text/html\r\nX-Other: 1', 'text/html'],
		['nonsense', undefined],
		['../../etc', undefined],
	])('has a type that is one, or none: %j', async (type, mimeType) => {
		const { binary } = await receive('/a', {}, 1024, { 'content-type': type });
		expect(binary?.attachment?.mimeType).toBe(mimeType);
	});

	it.each([
		[{ attachmentMegabytes: 2 }, {}],
		[{ attachmentMegabytes: '2' }, { 'content-length': 'many' }],
		[{ attachmentMegabytes: 2 }, { 'content-length': '1' }],
		[{ attachmentMegabytes: 2 }, { 'content-length': '-1' }],
	])('is no larger than asked for, whatever is announced: %j, %j', async (options, headers) => {
		const { item, binary } = await receive('/a', options, 3 * megabyte, headers);
		expect([item?.warning, binary]).toEqual([
			'The attachment was left out. It is larger than 2 MB.',
			undefined,
		]);
		expect((await receive('/a', options, megabyte, headers)).binary).toBeDefined();
	});

	it.each(['many', Number.NaN, null, '', 0, -1, {}, []])(
		'is no larger than usual where the size asked for is none: %j',
		async (attachmentMegabytes) => {
			const { item } = await receive('/a', { attachmentMegabytes }, 21 * megabyte);
			expect(item?.warning).toContain('larger than 20 MB');
		},
	);

	it.each([Infinity, 1e9])('is never larger than 100 MB: %p', async (attachmentMegabytes) => {
		const { item } = await receive('/a', { attachmentMegabytes }, 101 * megabyte);
		expect(item?.warning).toContain('larger than 100 MB');
	});
});
