import type { IDataObject, INodePropertyOptions } from 'n8n-workflow';
import { dig, isRecord, own } from '../../engine/util/json';
import { withOwnFields } from '../../engine/util/ownFields';
import { readNotification } from './notification';
import { type Writer, writerOf } from './writer';

/** PHP21, InteractionMedium. */
const callMedia: unknown[] = ['inboundCall', 'outboundCall', 'phoneCall'];

/** What a message can say. One that says none of these is a reaction or a receipt (SOFIA2, live). */
const contents = ['content', 'body', 'attachment', 'list', 'buttons', 'productList', 'order'];

const eventNames = {
	agentAssigned: 'agents',
	call: 'interactions',
	messageReceived: 'interactions',
	messageSent: 'interactions',
	messageStatusChanged: 'interactions',
	note: 'interactions',
	otherInteraction: 'interactions',
	prospectCreated: 'prospects',
	prospectUpdated: 'prospects',
	quoteCreated: 'quotes',
	quoteUpdated: 'quotes',
} as const;

/** What the trigger tells of since version 1.2, and Zenvia's topic in which it comes (SEED, Notifications). */
export type EventName = keyof typeof eventNames;

/** What a notification is, and for messages and calls who is behind it. */
export interface Classified extends Writer {
	event: EventName;
}

/** The topics to subscribe to for these events. */
export const topicsOf = (events: readonly EventName[]): string[] => [
	...new Set(events.flatMap((event) => own(eventNames, event) ?? [])),
];

/** Says what a notification is. Undefined for a topic that the document does not name. */
export function classify(notification: IDataObject): Classified | undefined {
	const { topic, type, interaction } = notification;
	const isNew = type === 'created';
	switch (topic) {
		case 'agents':
			return { event: 'agentAssigned' };
		case 'prospects':
			return { event: isNew ? 'prospectCreated' : 'prospectUpdated' };
		case 'quotes':
			return { event: isNew ? 'quoteCreated' : 'quoteUpdated' };
		case 'interactions':
			return classifyInteraction([interaction].flat()[0], isNew);
		default:
			return undefined;
	}
}

/** Interactions are not only messages: transfers, assignments and notes come as such, too (SOFIA, live). */
function classifyInteraction(interaction: unknown, isNew: boolean): Classified {
	const message = dig(interaction, 'output', 'message');
	const writer = writerOf(interaction);
	if (isRecord(message)) return { event: messageEvent(message, writer, isNew), ...writer };
	if (callMedia.includes(dig(interaction, 'via'))) return { event: 'call', ...writer };
	const comment = dig(interaction, 'output', 'comment');
	return { event: typeof comment === 'string' && comment !== '' ? 'note' : 'otherInteraction' };
}

/** A message of which no sign tells who wrote it was neither received nor sent, for all that is known. */
function messageEvent(
	message: Record<string, unknown>,
	{ direction }: Writer,
	isNew: boolean,
): EventName {
	if (!isNew) return 'messageStatusChanged';
	if (direction === undefined || !contents.some((name) => message[name])) return 'otherInteraction';
	return direction === 'incoming' ? 'messageReceived' : 'messageSent';
}

/**
 * A notification with what it is and who is behind it.
 * @param body as it was delivered, or made of a record that a list has
 * @returns undefined where it is no notification
 */
export function readEvent(body: IDataObject): IDataObject | undefined {
	const notification = readNotification(body);
	if (!notification) return undefined;
	const { event, direction, by } = classify(notification) ?? {};
	return withOwnFields({ event, direction, by }, notification);
}

/** Trigger On. */
export const eventOptions: INodePropertyOptions[] = [
	{
		name: 'Agent Assigned',
		value: 'agentAssigned',
		description: 'A prospect comes to the user that the key acts for. Needs the act-as-user scope.',
	},
	{ name: 'Call', value: 'call', description: 'A call came in or went out, or its record changed' },
	{
		name: 'Message Received',
		value: 'messageReceived',
		description: 'A contact wrote. Never what a person, a bot or n8n itself sent.',
	},
	{
		name: 'Message Sent',
		value: 'messageSent',
		description:
			'A person, a bot or an integration wrote, such as n8n itself: do not answer it in the same workflow',
	},
	{
		name: 'Message Status Changed',
		value: 'messageStatusChanged',
		description: 'A message was delivered, read or rejected',
	},
	{
		name: 'Note',
		value: 'note',
		description: 'A comment was written about a prospect, or its record changed',
	},
	{
		name: 'Other Interaction',
		value: 'otherInteraction',
		description:
			'A transfer, an assignment, a visit, a question, a reaction, or a message of which nothing says who wrote it',
	},
	{ name: 'Prospect Created', value: 'prospectCreated' },
	{
		name: 'Prospect Updated',
		value: 'prospectUpdated',
		description: 'A prospect changed, also by n8n: a workflow that changes it starts itself again',
	},
	{ name: 'Quote Created', value: 'quoteCreated' },
	{
		name: 'Quote Updated',
		value: 'quoteUpdated',
		description: 'A quote changed, also by n8n: a workflow that changes it starts itself again',
	},
];
