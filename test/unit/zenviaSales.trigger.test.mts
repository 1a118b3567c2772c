import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
	directionOf,
	isWanted,
	readNotification,
} from '../../nodes/ZenviaSales/trigger/notification.ts';

const message = (more: object = {}, performer: string | undefined = 'integration') => ({
	topic: 'interactions',
	type: 'created',
	prospect: { id: 'p1', agent: { id: 'a1' } },
	interaction: { id: 'i1', proactive: false, output: { message: { content: 'Hi', performer } } },
	...more,
});
const idOf = (body: object) => readNotification(body as Record<string, unknown>)?.eventId;

describe('a notification', () => {
	test('has one shape, whether prospect and agent are objects or lists', () => {
		const documented = readNotification({
			...message(),
			prospect: [{ id: 'p1', agent: [{ id: 'a1' }] }],
		});
		expect(documented).toEqual(readNotification(message()));
		expect(documented?.prospect).toEqual({ id: 'p1', agent: { id: 'a1' } });
	});

	test('has all prospects where it is about several', () => {
		const several = [{ id: 'p1', agent: [{ id: 'a1' }] }, { id: 'p2' }];
		const event = readNotification({ ...message(), prospect: several });
		expect(event?.prospect).toEqual({ id: 'p1', agent: { id: 'a1' } });
		expect(event?.prospects).toEqual([{ id: 'p1', agent: { id: 'a1' } }, { id: 'p2' }]);
		expect(readNotification({ ...message(), prospect: several.slice(0, 1) })).not.toHaveProperty(
			'prospects',
		);
		expect(readNotification(message())).not.toHaveProperty('prospects');
	});

	test('is another event with another prospect among several', () => {
		const about = (...ids: string[]) =>
			message({ type: 'updated', prospect: ids.map((id) => ({ id })) });
		expect(idOf(about('p1', 'p2'))).not.toBe(idOf(about('p1', 'p3')));
	});

	test.each([undefined, {}, { topic: 'interactions' }, { topic: 1, type: 'created' }])(
		'is not %j',
		(body) => {
			expect(readNotification(body)).toBeUndefined();
		},
	);

	test('is the same event however often it is delivered', () => {
		const again = {
			sent: '2026-01-02',
			received: '2026-01-02',
			attempts: 7,
			subscriptionId: 'other',
		};
		expect(idOf(message(again))).toBe(idOf(message()));
		expect(idOf(message({ ...again, operationId: 'another' }))).toBe(idOf(message()));
		expect(idOf(message({ type: 'updated', ...again }))).toBe(idOf(message({ type: 'updated' })));
	});

	test('is another event with another record, type or content of an update', () => {
		const other = { interaction: { ...message().interaction, id: 'i2' } };
		const update = { type: 'updated', interaction: { id: 'i1', status: 'sent' } };
		const ids = [
			message(),
			message(other),
			message(update),
			message({ ...update, interaction: { id: 'i1', status: 'read' } }),
		];
		expect(new Set(ids.map(idOf)).size).toBe(4);
	});

	test.each([
		[
			'quotes of one prospect that carry no record',
			{ topic: 'quotes', operationId: 'q1' },
			{ topic: 'quotes', operationId: 'q2' },
		],
		[
			'quotes in lists',
			{ topic: 'quotes', quote: [{ id: 'q1' }] },
			{ topic: 'quotes', quote: [{ id: 'q2' }] },
		],
		['interactions in lists', { interaction: [{ id: 'i1' }] }, { interaction: [{ id: 'i2' }] }],
		[
			'agents of one prospect',
			{ topic: 'agents', operationId: 'a1' },
			{ topic: 'agents', operationId: 'a2' },
		],
	])('is another event with other %s', (_, one, other) => {
		const { interaction: __, ...bare } = message();
		expect(idOf({ ...bare, ...one })).not.toBe(idOf({ ...bare, ...other }));
		expect(idOf({ ...bare, ...one })).toBe(idOf({ ...bare, ...one, attempts: 2 }));
	});
});

describe('the direction', () => {
	test.each([
		[{ proactive: false }, 'incoming'],
		[{ proactive: true }, 'outgoing'],
		[{ output: { message: { performer: 'integration' } } }, 'incoming'],
		[{ output: { message: { performer: 'agent' } } }, 'outgoing'],
		[{ proactive: false, output: { message: { performer: 'agent' } } }, 'outgoing'],
		[{ proactive: true, output: { message: { performer: 'integration' } } }, 'outgoing'],
		[{}, undefined],
	])('of %j is %s', (interaction, direction) => {
		expect(directionOf({ interaction })).toBe(direction);
	});

	test('leaves out what is unknown, where one is asked for, and other topics alone', () => {
		const wanted = { topics: ['interactions', 'prospects'], types: [], direction: 'incoming' };
		expect(
			isWanted({ topic: 'interactions', type: 'created', direction: 'incoming' }, wanted),
		).toBe(true);
		expect(
			isWanted({ topic: 'interactions', type: 'created', direction: 'outgoing' }, wanted),
		).toBe(false);
		expect(isWanted({ topic: 'interactions', type: 'created' }, wanted)).toBe(false);
		expect(isWanted({ topic: 'prospects', type: 'created' }, wanted)).toBe(true);
		expect(isWanted({ topic: 'quotes', type: 'created' }, wanted)).toBe(false);
		expect(
			isWanted({ topic: 'prospects', type: 'updated' }, { ...wanted, types: ['created'] }),
		).toBe(false);
	});
});

test('no JSON object makes the reading throw', () => {
	fc.assert(
		fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (body) => {
			readNotification({ topic: 'interactions', type: 'updated', ...body });
		}),
	);
});
