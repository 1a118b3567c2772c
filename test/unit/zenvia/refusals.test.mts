import { describe, expect, it } from '@jest/globals';
import { post } from '../../../nodes/engine/http/request.ts';
import { untilReset, zenviaSales } from '../../../nodes/ZenviaSales/vendor.ts';
import { run, type Reply } from './context.mts';

const prospectId = '507f191e810c19729de860ea';
const send = {
	resource: 'message',
	operation: 'send',
	prospectId,
	channel: 'whatsapp',
	content: 'Hello',
};
const get = { resource: 'prospect', operation: 'get', prospectId };

async function refused(parameters: object, reply: Reply) {
	const { error } = await run({ parameters: { ...parameters }, server: () => reply });
	return { message: String(error?.message), advice: String(error?.description) };
}

describe('a refusal', () => {
	it('for a missing scope names the scope, and how long a new one takes', async () => {
		const body = {
			code: 'FORBIDDEN',
			message: 'Invalid scope',
			summary: 'need messages:conversational',
		};
		const { message, advice } = await refused(send, { status: 403, body });
		expect(message).toContain('Zenvia Sales says: Invalid scope: need messages:conversational');
		expect(advice).toContain('Give the key the scope messages:conversational in Zenvia.');
		expect(advice).toContain('20 minutes');
	});

	it.each([
		['/lead/retail', 'leads:write'],
		[`/prospect/${prospectId}/as-user/archive`, 'integration:act-as-user'],
		['/as-user/labels', 'integration:act-as-user'],
		[`/prospect/${prospectId}/messaging/whatsapp`, 'messages:conversational'],
		[`/prospect/${prospectId}/messaging/whatsapp/notification`, 'messages:transactional'],
		['/messaging/channels', 'messages:channels'],
		['/notifications/subscriptions', 'notifications'],
		[`/prospect/${prospectId}/quotes`, 'prospects:write'],
	])('of %s without words names the scope that SEED gives it', (path, scope) => {
		const request = { method: 'POST' as const, path, targetsOneRecord: true };
		expect(zenviaSales.hint?.(403, request, undefined)).toContain(`the scope ${scope} in`);
	});

	it('of a subscription to agents names both scopes that it needs', () => {
		const body = { topics: ['interactions', 'agents'], callbackUrl: 'https://n8n.example' };
		const request = { ...post`/notifications/subscriptions`, body };
		expect(zenviaSales.hint?.(403, request, undefined)).toContain(
			'Give the key the scope notifications and, for agents, integration:act-as-user in Zenvia.',
		);
		expect(zenviaSales.hint?.(403, request, 'need notifications')).toContain(
			'Give the key the scope notifications in Zenvia.',
		);
	});

	it('of a POST that reads names no scope for writing', () => {
		const path = '/groups/507f191e810c19729de860ea/response-time';
		const request = { method: 'POST' as const, path, targetsOneRecord: true, isRead: true };
		expect(zenviaSales.hint?.(403, request, undefined)).toContain('the scope prospects:read in');
	});

	it('for a missing acting user says where to set one', async () => {
		const { advice } = await refused(
			{ resource: 'prospect', operation: 'setLabel', prospectId, label: 'warm' },
			{ status: 409, body: { code: 'CONFLICT', message: 'No user' } },
		);
		expect(advice).toContain('The key has no acting user.');
	});

	it('with the same status tells of no user where none acts', async () => {
		const reply = { status: 409, body: { code: 'CONFLICT', message: 'There is one' } };
		const lead = { resource: 'lead', operation: 'create', utmSource: 'a', emails: 'a@example.com' };
		const { message, advice } = await refused(lead, reply);
		expect(message).toBe('Zenvia Sales says: There is one');
		expect(advice).toBe('Check the values of this item.');
	});

	it('with an empty body says what was not found', async () => {
		for (const body of ['', undefined]) {
			const { message, advice } = await refused(get, { status: 404, body });
			expect(message).toContain(`Zenvia Sales has no prospect ${prospectId}`);
			expect(advice).toContain('this operation may not be available for your account');
		}
	});

	it('of a message outside of the free window says what to send instead', async () => {
		const body = { code: 'WINDOW_CLOSED', message: 'Not allowed' };
		const { advice } = await refused(send, { status: 400, body });
		expect(advice).toContain('If the last message of the prospect is older than 24 hours,');
	});

	it.each<[string, object, object]>([
		['an ID', send, { code: 'BAD_REQUEST', message: 'Invalid prospectId' }],
		[
			'a field',
			send,
			{ code: 'SCHEMA_VALIDATION_FAILED', message: "must have required property 'content'" },
		],
		[
			'the channels',
			{ resource: 'channel', operation: 'getAll', prospectId },
			{ message: 'Not allowed' },
		],
		['the channels of the account', { resource: 'channel', operation: 'getAll' }, {}],
	])('that is about %s says nothing of the free window', async (_, parameters, body) => {
		const { advice } = await refused(parameters, { status: 400, body });
		expect(advice).toBe('Check the values of this item.');
	});

	it('shows the key nowhere', async () => {
		const credential = { apiKey: 'very-secret' };
		const { error } = await run({
			parameters: get,
			credential,
			server: () => ({ status: 400, body: { message: 'Bad key very-secret' } }),
		});
		expect(JSON.stringify([error, error?.message, error?.description])).not.toContain(
			'very-secret',
		);
	});

	it('of a transfer that answers success: false is one', async () => {
		const { message } = await refused(
			{
				resource: 'prospect',
				operation: 'transfer',
				prospectId,
				transferTo: 'group',
				groupId: prospectId,
			},
			{ body: { success: false, error: 'No such group' } },
		);
		expect(message).toContain('Zenvia Sales says: No such group');
	});
});

describe('the reset of the limit', () => {
	const now = Date.UTC(2026, 0, 1);
	it.each([
		['Unix seconds', String(now / 1000 + 30), 30_000],
		['Unix milliseconds', String(now + 1500), 1500],
		['seconds to go', '12', 12_000],
		['a date', new Date(now + 5000).toUTCString(), 5000],
		['a moment that is over', String(now / 1000 - 30), 0],
		['more than a window', '3600', 60_000],
		['nothing', '', undefined],
		['nonsense', 'soon', undefined],
	])('is read from %s', (_, value, ms) => {
		expect(untilReset(value, now)).toBe(ms);
	});

	it.each(['', ' ', 'many', undefined, null, 'Infinity'])(
		'says nothing where what is left is %j',
		(left) => {
			const headers = { 'x-ratelimit-remaining': left, 'x-ratelimit-reset': '30' };
			expect(zenviaSales.quota?.(headers)).toBeUndefined();
		},
	);

	it('is measured by the clock of the vendor where this machine is out of step', () => {
		const theirs = Date.now() + 600_000;
		const headers = {
			'x-ratelimit-remaining': '3',
			'x-ratelimit-reset': String(theirs + 9000),
			date: new Date(theirs).toUTCString(),
		};
		const { resetMs = 0 } = zenviaSales.quota?.(headers) ?? {};
		expect(resetMs).toBeGreaterThanOrEqual(9000);
		expect(resetMs).toBeLessThan(10_001);
	});
});

describe('a search', () => {
	it('takes one object or a list, id or _id', async () => {
		const parameters = { resource: 'prospect', operation: 'find', email: 'ana@example.com' };
		const bodies = [{ id: 'a' }, [{ _id: 'a' }], [{ id: 'a' }]];
		for (const body of bodies) {
			const { output } = await run({ parameters, server: () => ({ body }) });
			expect(output).toEqual([{ json: { id: 'a' }, pairedItem: { item: 0 } }]);
		}
		expect((await run({ parameters, server: () => ({ body: [] }) })).output).toEqual([]);
		const none = await run({ parameters, server: () => ({ status: 404, body: '' }) });
		expect([none.output, none.error]).toEqual([[], undefined]);
	});
});
