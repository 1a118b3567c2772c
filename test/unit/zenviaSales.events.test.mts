import { describe, expect, test } from '@jest/globals';
import type { IDataObject, INodePropertyOptions } from 'n8n-workflow';
import {
	classify,
	eventOptions,
	type EventName,
	topicsOf,
} from '../../nodes/ZenviaSales/trigger/events.ts';
import { polledEvents } from '../../nodes/ZenviaSales/trigger/poll.ts';
import { writerOf } from '../../nodes/ZenviaSales/trigger/writer.ts';

const agent = { id: 'a1', firstName: 'Ana', lastName: 'Silva' };
const said = (performer?: string) => ({ message: { content: 'Hi', performer } });
const notified = (interaction: object, type = 'created') =>
	({ topic: 'interactions', type, interaction }) as unknown as IDataObject;

describe('who wrote', () => {
	test.each([
		['the contact, by both signs', { proactive: false, output: said('integration') }, 'contact'],
		['the contact, where a person has the chat', { proactive: false, agent }, 'contact'],
		['the contact, by proactive alone', { proactive: false }, 'contact'],
		['the contact, by the performer alone', { output: said('integration') }, 'contact'],
		['a person', { proactive: true, agent, output: said('agent') }, 'person'],
		['a person, by the performer alone', { agent, output: said('agent') }, 'person'],
		['the bot, by its own sign', { bot: true, proactive: false, agent }, 'bot'],
		['the bot, by its name', { proactive: true, agent: { lastName: 'Bot 🤖' } }, 'bot'],
		['the bot, since no agent wrote', { proactive: true }, 'bot'],
		['an integration', { proactive: true, output: said('integration') }, 'integration'],
		['nobody that a sign tells', { agent }, undefined],
		['nobody that a known performer tells', { output: said('campaign') }, undefined],
	])('is %s', (_, interaction, by) => {
		const direction = by && (by === 'contact' ? 'incoming' : 'outgoing');
		expect(writerOf(interaction)).toEqual({ ...(by && { by, direction }) });
	});
});

describe('a notification', () => {
	const incoming = { proactive: false, output: said('integration') };
	const outgoing = { proactive: true, agent, output: said('agent') };
	test.each<[EventName, IDataObject]>([
		['messageReceived', notified(incoming)],
		['messageReceived', notified([incoming])],
		['messageReceived', notified({ ...incoming, output: { message: { attachment: {} } } })],
		['messageSent', notified(outgoing)],
		['messageSent', notified({ bot: true, output: said() })],
		['messageStatusChanged', notified({ ...outgoing, status: 'read' }, 'updated')],
		['messageStatusChanged', notified(incoming, 'updated')],
		['call', notified({ via: 'inboundCall', output: { comment: 'Asked for prices' } })],
		['call', notified({ via: 'phoneCall', output: {} }, 'updated')],
		['note', notified({ via: 'other', proactive: false, output: { comment: 'VIP' } })],
		['otherInteraction', notified({ proactive: false, output: {} })],
		['otherInteraction', notified({ proactive: false, output: { message: {} } })],
		['otherInteraction', notified({ output: said() })],
		['otherInteraction', notified({ output: said('campaign') })],
		['prospectCreated', { topic: 'prospects', type: 'created' }],
		['prospectUpdated', { topic: 'prospects', type: 'updated' }],
		['quoteCreated', { topic: 'quotes', type: 'created' }],
		['quoteUpdated', { topic: 'quotes', type: 'updated' }],
		['agentAssigned', { topic: 'agents', type: 'updated' }],
	])('is %s', (event, notification) => {
		expect(classify(notification)?.event).toBe(event);
	});

	test('says who is behind a call and a message, and of nothing else', () => {
		expect(classify(notified({ via: 'inboundCall', output: {} }))).toMatchObject({
			direction: 'incoming',
			by: 'contact',
		});
		const transfer = classify(notified({ proactive: false, agent, output: {} }));
		expect(transfer).toEqual({ event: 'otherInteraction' });
	});

	test('of a topic that no document names is none of the events', () => {
		expect(classify({ topic: 'orders', type: 'created' })).toBeUndefined();
	});
});

test('each event that can be chosen needs one topic, and all need four', () => {
	const all = eventOptions.map(({ value }) => value as EventName);
	for (const event of all) expect(topicsOf([event])).toHaveLength(1);
	expect(topicsOf(all).sort()).toEqual(['agents', 'interactions', 'prospects', 'quotes']);
	expect(topicsOf(['messageReceived', 'call', 'note'])).toEqual(['interactions']);
});

describe('a call or a note whose record changed', () => {
	test.each([
		['call', { via: 'phoneCall' }],
		['note', { output: { comment: 'Likes blue' } }],
	])('is a %s again, as the form says, and in no list', (name, interaction) => {
		expect(classify(notified(interaction, 'updated'))?.event).toBe(name);
		const described = (options: INodePropertyOptions[]) =>
			options.find(({ value }) => value === name)?.description;
		expect(described(eventOptions)).toMatch(/, or its record changed$/);
		expect(described(polledEvents)).toEqual(expect.not.stringContaining('changed'));
	});
});
