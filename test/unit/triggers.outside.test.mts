import { describe, expect, it } from '@jest/globals';
import type { IDataObject } from 'n8n-workflow';
import { hmac, unixTime } from '../../dev/kit/webhookTarget.mts';
import { Salesflow } from '../../nodes/Salesflow/Salesflow.node.ts';
import { SalesflowApi } from '../../credentials/SalesflowApi.credentials.ts';
import { SaleswhaleTrigger } from '../../nodes/Saleswhale/SaleswhaleTrigger.node.ts';
import { ZenviaSales } from '../../nodes/ZenviaSales/ZenviaSales.node.ts';
import { ZenviaSalesApi } from '../../credentials/ZenviaSalesApi.credentials.ts';
import {
	withoutAddressSecret,
	withoutAddressSecrets,
} from '../../nodes/engine/webhook/addressSecret.ts';
import { itemOf } from '../../nodes/Convertalk/trigger/event.ts';
import { run } from './engine.mts';
import { closeServers, serve } from './server.mts';
import { deliver, webhookUrl } from '../../dev/n8n/webhookContext.mts';
import { key, workflow, secretOf, address, zenvia, salesflow } from './triggers.setup.mts';

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

	const later = '2026-05-21T12:11:03.321+08:00';

	it('starts the workflow once for an end, and again where it ended in the same way after a late reply', async () => {
		const first = await end({ handover_rep: null });
		expect(first.item).toMatchObject({ conversation: { id: 7 } });
		const nothing = { status: undefined, item: undefined };
		expect(await end({ handover_rep: null })).toEqual(nothing);
		// Nothing in the conversation says that it went on meanwhile.
		const second = await end({ handover_rep: null }, later);
		expect(second.item).toMatchObject({ conversation: { id: 7 }, event_time: later });
		expect(second.item?.event_id).toBe(first.item?.event_id);
		expect(await end({ handover_rep: null }, later)).toEqual(nothing);
	});

	it('has an ID by its content before 1.2, and by its status, as the Poll Trigger, from there on', async () => {
		const [first, second] = [await end({ leads: [] }), await end({ leads: [{ id: 1 }] })];
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
