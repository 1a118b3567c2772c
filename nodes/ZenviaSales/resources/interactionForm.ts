import { type IDataObject, type INodeProperties, UserError } from 'n8n-workflow';
import { choice } from '../../engine/form/choice';
import { date } from '../../engine/form/date';
import { fieldError, type Item, readsAsMeant } from '../../engine/form/fields';
import { flag } from '../../engine/form/flag';
import { number } from '../../engine/form/number';
import { reference, text } from '../../engine/form/text';
import { compact } from '../../engine/form/filled';
import { json } from '../../engine/form/json';
import { own } from '../../engine/util/json';
import { listedId } from './fields';
import { additionalFields, updateFields } from '../../engine/form/fieldSets';

/** The id of an interaction. */
export const interactionId = listedId(
	{
		displayName: 'Interaction ID',
		name: 'interactionId',
		description: 'The ID of the interaction',
	},
	{
		displayName: 'Interaction',
		description: 'The interaction',
		list: { search: 'searchInteractions', placeholder: 'Select an interaction…' },
	},
);

type EventType = 'call' | 'message' | 'note' | 'question';

const of = (...types: EventType[]): Pick<INodeProperties, 'displayOptions'> => ({
	displayOptions: { show: { '/type': types } },
});

/** What kind of interaction is made, which decides what else is asked. */
export const type = choice({
	displayName: 'Type',
	name: 'type',
	type: 'options',
	default: 'note',
	options: [
		{ name: 'Call', value: 'call' },
		{ name: 'Message', value: 'message' },
		{ name: 'Note', value: 'note' },
		{ name: 'Question', value: 'question' },
	],
	description: 'What happened',
});

/** The text of a new message or note. */
export const content = text({
	displayName: 'Content',
	name: 'content',
	type: 'string',
	typeOptions: { rows: 3 },
	default: '',
	displayOptions: { show: { type: ['message', 'note'] } },
	description: 'The text of the message or note',
});

const string = <const Name extends string>(
	displayName: string,
	name: Name,
	more: Partial<INodeProperties> = {},
) => text({ displayName, type: 'string', default: '', ...more, name });

const address = <const Name extends string>(
	displayName: string,
	name: Name,
	more: Partial<INodeProperties> = {},
) => reference({ displayName, type: 'string', default: '', ...more, name });

/** NewEvent: every field of a call, a message and a question. A note has its content only. */
const allEventFields = additionalFields(
	[
		string('Answer', 'answer', of('question')),
		choice({
			displayName: 'Attachment Type',
			name: 'attachmentType',
			type: 'options',
			options: [
				{ name: 'Audio', value: 'AUDIO' },
				{ name: 'File', value: 'FILE' },
				{ name: 'Image', value: 'IMAGE' },
				{ name: 'Video', value: 'VIDEO' },
			],
			default: 'FILE',
			...of('message'),
		}),
		address('Attachment URL', 'attachmentUrl', of('message')),
		string('Cancel Reason', 'cancelReason', of('question')),
		flag({
			displayName: 'Delivered',
			name: 'delivered',
			type: 'boolean',
			default: true,
			description: 'Whether it reached the other side',
			...of('message', 'question'),
		}),
		number({
			displayName: 'Duration',
			name: 'duration',
			type: 'number',
			typeOptions: { minValue: 0 },
			default: 0,
			description: 'How long the call took, in milliseconds',
			...of('call'),
		}),
		json({
			displayName: 'Other Fields (JSON)',
			name: 'otherFields',
			type: 'json',
			default: '',
			description:
				'Any other field, as in {"buttons": {…}}: list, buttons, productList, order, channelInteraction. Sent without changes.',
		}),
		reference({
			displayName: 'Provider ID',
			name: 'providerId',
			type: 'string',
			default: '',
			description: 'The ID at the provider',
		}),
		string('Question', 'question', of('question')),
		address('Recipient', 'recipient', of('message')),
		address('Recording URL', 'recordingUrl', {
			...of('call'),
			description: 'Address of an MP3, WAV or AAC file',
		}),
		reference({
			displayName: 'Replies To',
			name: 'repliesTo',
			type: 'string',
			default: '',
			...of('message'),
			description: 'The operation ID that is replied to',
		}),
		address('Sender', 'sender', of('message')),
		string('Source (UTM)', 'utmSource', of('call')),
		date({
			displayName: 'Started At',
			name: 'startedAt',
			type: 'dateTime',
			default: '',
			...of('call'),
		}),
		string('Thread Title', 'threadTitle', of('question')),
		address('Thread URL', 'threadUrl', of('question')),
	],
	{ displayOptions: { show: { type: ['call', 'message', 'question'] } } },
);

/** The same, of a message or a question that says something: Delivered alone, which is on at first, is none. */
export const eventFields = {
	...allEventFields,
	read: (raw: unknown, item: Item) => {
		const values = allEventFields.read(raw, item);
		if (readsAsMeant(item)) refuseUnsaid(values, item);
		return values;
	},
};

function refuseUnsaid(values: ReturnType<typeof allEventFields.read>, item: Item): void {
	const { attachmentUrl, otherFields = {}, question, answer, cancelReason } = values;
	if (Object.keys(otherFields).length > 0) return;
	const eventType = item.sibling?.(type.name);
	if (
		eventType === 'message' &&
		!attachmentUrl &&
		!content.read(item.sibling?.(content.name), item)
	)
		throw fieldError(content.property, 'is empty', 'Enter the text, or add Attachment URL.');
	if (eventType === 'question' && !question && !answer && !cancelReason)
		throw fieldError({ displayName: 'Question' }, 'is empty', 'Enter it, or its answer.');
}

/** Which fields an event of a type has (PHP21, NewCallEvent and its kin). */
const fieldsOfType: Record<string, readonly string[]> = {
	call: ['providerId', 'utmSource', 'startedAt', 'duration', 'recordingUrl'],
	message: ['providerId', 'repliesTo', 'content', 'delivered', 'sender', 'recipient', 'attachment'],
	note: ['content'],
	question: [
		'providerId',
		'threadTitle',
		'threadUrl',
		'question',
		'answer',
		'delivered',
		'cancelReason',
	],
};

/** The event as Zenvia takes it; fields of other types, typed before the type was changed, go. */
export function eventBody(
	eventType: string,
	text: string | undefined,
	{ otherFields, attachmentType, attachmentUrl, ...rest }: ReturnType<typeof eventFields.read>,
): IDataObject {
	const attachment = attachmentUrl
		? { type: attachmentType ?? 'FILE', url: attachmentUrl }
		: undefined;
	const known = Object.entries(compact({ content: text, ...rest, attachment })).filter(([name]) =>
		own(fieldsOfType, eventType)?.includes(name),
	);
	const body = { ...Object.fromEntries(known), ...(eventType === 'note' ? {} : otherFields) };
	if (Object.keys(body).length === 0) {
		throw new UserError(`The ${eventType} is empty. Enter its content, or add its fields.`);
	}
	return { type: eventType, ...body };
}

/** What kind of interaction is updated. */
export const updatedType = choice({
	displayName: 'Type',
	name: 'type',
	type: 'options',
	default: 'message',
	options: [
		{ name: 'Message', value: 'message' },
		{ name: 'Question', value: 'question' },
	],
	description: 'What the interaction is',
});

/** UpdateMessageEvent and UpdateQuestionEvent: every field of both. */
export const interactionUpdates = updateFields([
	string('Answer', 'answer', of('question')),
	string('Cancel Reason', 'cancelReason', of('question')),
	flag({
		displayName: 'Delivered',
		name: 'delivered',
		type: 'boolean',
		default: true,
		description: 'Whether it reached the other side',
	}),
	json({
		displayName: 'Error (JSON)',
		name: 'error',
		type: 'json',
		default: '',
		description: 'Why a message was not delivered, as in {"code": 131047}',
		...of('message'),
	}),
	choice({
		displayName: 'Status',
		name: 'status',
		type: 'options',
		options: [
			{ name: 'Deleted', value: 'deleted' },
			{ name: 'Failed', value: 'failed' },
			{ name: 'Pending', value: 'pending' },
			{ name: 'Read', value: 'read' },
			{ name: 'Received', value: 'received' },
			{ name: 'Sent', value: 'sent' },
		],
		default: 'sent',
		...of('message'),
	}),
]);

/** What is changed, without the fields of the other type. */
export function updateBody(
	eventType: string,
	{ answer, cancelReason, delivered, error, status }: ReturnType<typeof interactionUpdates.read>,
): IDataObject {
	return compact(
		eventType === 'question' ? { answer, cancelReason, delivered } : { delivered, error, status },
	);
}
