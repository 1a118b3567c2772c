import { EventEmitter } from 'node:events';
import { describe, expect, test } from '@jest/globals';
import type { IDataObject, IWebhookFunctions } from 'n8n-workflow';
import { receive } from '../../nodes/Saleswhale/trigger/receive.ts';
import { hmacHex } from '../../nodes/engine/webhook/digests.ts';

const key = 'key-that-signs';

interface Delivery {
	raw: Buffer;
	encoding?: string;
	statuses?: string[];
	/** What was signed, where it is not what came. */
	signed?: Buffer;
	options?: IDataObject;
	/** How long ago it was signed. */
	seconds?: number;
	/** Takes what n8n would log. */
	log?: string[];
}

/** What the Saleswhale trigger makes of a delivery: the status that it was refused with, or the items. */
async function take({
	raw,
	encoding = 'utf-8',
	statuses = [],
	signed = raw,
	options = {},
	seconds = 0,
	log = [],
}: Delivery) {
	let refused: number | undefined;
	const response = Object.assign(new EventEmitter(), {
		status: (code: number) => ((refused = code), response),
		json: () => response,
	});
	const timestamp = String(Math.floor(Date.now() / 1000) - seconds);
	const values: Record<string, unknown> = { events: ['conversation.ended'], statuses, options };
	const context = {
		getMode: () => 'manual',
		getNodeParameter: (name: string, fallback: unknown) => values[name] ?? fallback,
		getQueryData: () => ({ timestamp, signature: hmacHex(key, `${timestamp}.`, signed) }),
		getRequestObject: () => ({ rawBody: raw, encoding }),
		getResponseObject: () => response,
		getCredentials: async () => ({ apiKey: key }),
		getNode: () => ({ id: 'n', name: 'Trigger' }),
		logger: { warn: (line: string) => log.push(line) },
		getWorkflow: () => ({ id: 'w' }),
		getWorkflowStaticData: () => ({}),
	} as unknown as IWebhookFunctions;
	const { workflowData } = await receive(context);
	return refused ?? workflowData?.[0]?.map(({ json }) => json) ?? [];
}

const bodyOf = (status = 'qualified') =>
	JSON.stringify({
		event_name: 'conversation.ended',
		event_time: '2026-05-19T12:11:03.321+08:00',
		event_payload: { conversation: { id: 1, status, note: 'Zoë, 東京' } },
	});
const bom = '\uFEFF';
const told = [
	expect.objectContaining({ conversation: expect.objectContaining({ note: 'Zoë, 東京' }) }),
];

describe('a delivery', () => {
	test.each([
		['plain', Buffer.from(bodyOf()), 'utf-8'],
		['with a byte order mark', Buffer.from(bom + bodyOf()), 'utf-8'],
		['in UTF-16', Buffer.from(bodyOf(), 'utf16le'), 'utf-16le'],
		['in UTF-16 with its mark', Buffer.from(bom + bodyOf(), 'utf16le'), 'utf-16le'],
		['in UTF-16 with its mark alone', Buffer.from(bom + bodyOf(), 'utf16le'), 'utf-8'],
		['in UTF-16 as charset=utf-16 says', Buffer.from(bom + bodyOf(), 'utf16le'), 'utf-16'],
		['in UTF-16, the large end first', Buffer.from(bom + bodyOf(), 'utf16le').swap16(), 'utf-16be'],
		['in a charset that n8n does not know, read as before', Buffer.from(bodyOf()), 'x-unknown'],
	])('%s is read, and its signature stands over its bytes', async (_, raw, encoding) => {
		expect(await take({ raw, encoding })).toEqual(told);
	});

	test('is refused where the signature leaves the mark out', async () => {
		const signed = Buffer.from(bodyOf());
		expect(await take({ raw: Buffer.from(bom + bodyOf()), signed })).toBe(401);
	});

	test('in UTF-16 that does not say so is no event', async () => {
		expect(await take({ raw: Buffer.from(bodyOf(), 'utf16le') })).toBe(400);
	});

	test.each([
		['stop_responding', 'stopped_responding'],
		['canceled', 'cancelled'],
		['referral_canceled', 'referral_cancelled'],
	])('counts %s and %s as one', async (one, other) => {
		for (const [status, chosen] of [
			[one, other],
			[other, one],
			[one, one],
			[other, other],
		]) {
			const items = await take({ raw: Buffer.from(bodyOf(status)), statuses: [String(chosen)] });
			// The vendor's own word is handed on.
			expect(items as IDataObject[]).toMatchObject([{ conversation: { status } }]);
		}
		expect(await take({ raw: Buffer.from(bodyOf(one)), statuses: ['bounced'] })).toEqual([]);
	});

	test.each([
		[null, 300],
		['', 300],
		['300', 300],
		['ten minutes', 300],
		[-1, 300],
		['60', 60],
		['0', Infinity],
		[0, Infinity],
	])('may be so old where Maximum Age is %j: %d seconds', async (toleranceSeconds, most) => {
		const given = { raw: Buffer.from(bodyOf()), options: { toleranceSeconds } };
		const age = Math.min(most, 1_000_000);
		expect(await take({ ...given, seconds: age - 5 })).toEqual(told);
		expect(await take({ ...given, seconds: age + 5 })).toEqual(most === Infinity ? told : 401);
	});

	test('takes a status that an expression gives as a text', async () => {
		for (const statuses of ['bounced, canceled', 'canceled'] as unknown as string[][]) {
			expect(await take({ raw: Buffer.from(bodyOf('canceled')), statuses })).toHaveLength(1);
			expect(await take({ raw: Buffer.from(bodyOf('qualified')), statuses })).toEqual([]);
		}
	});
});
