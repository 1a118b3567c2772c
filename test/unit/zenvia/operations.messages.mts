import type { IDataObject } from 'n8n-workflow';
import type { Ids } from '../../../dev/vendors/zenviaSales/n8n.mts';
import { type Case, get, getMany, list } from './case.mts';

/** Ways to fill in the operations of interactions. */
export function interactions({ prospect, interaction }: Ids): Case[] {
	const path = `/prospect/${prospect}`;
	const create = { resource: 'interaction', operation: 'create', method: 'POST', answer: [] };
	const event = (type: string, parameters: IDataObject, body: IDataObject): Case => ({
		...create,
		path: `${path}/interactions`,
		parameters: { prospectId: prospect, type, ...parameters },
		body: { type, ...body },
	});
	const update = { resource: 'interaction', operation: 'update', method: 'PUT' };
	const one = { prospectId: prospect, interactionId: interaction };
	return [
		{
			...getMany('interaction', 'getAll', '/prospects/interactions', {
				limit: 5000,
				filters: { via: ['whatsApp', 'sms'], status: 'sent' },
			}),
			query: { via: 'whatsApp,sms', status: 'sent', limit: 1000 },
		},
		{
			...getMany('interaction', 'getAll', `${path}/interactions`, {
				prospectId: prospect,
				filters: { via: ['whatsApp'] },
			}),
			query: { via: 'whatsApp' },
		},
		event('note', { content: 'Called' }, { content: 'Called' }),
		event(
			'call',
			{
				additionalFields: {
					duration: 30000,
					startedAt: '2026-01-01T10:00:00Z',
					sender: 'stale',
				},
			},
			{ duration: 30000, startedAt: '2026-01-01T10:00:00.000Z' },
		),
		event(
			'message',
			{
				content: 'Hello',
				additionalFields: {
					attachmentType: 'IMAGE',
					attachmentUrl: 'https://example.com/a.png',
					otherFields: {
						buttons: { body: 'Yes?', buttons: [{ id: '1', title: 'Yes' }] },
					},
				},
			},
			{
				content: 'Hello',
				attachment: { type: 'IMAGE', url: 'https://example.com/a.png' },
				buttons: { body: 'Yes?', buttons: [{ id: '1', title: 'Yes' }] },
			},
		),
		event(
			'question',
			{ additionalFields: { question: 'Price?', delivered: false } },
			{ question: 'Price?', delivered: false },
		),
		get('interaction', 'get', `${path}/interaction/${interaction}`, one),
		{
			...update,
			path: `${path}/interaction/${interaction}`,
			parameters: {
				...one,
				type: 'message',
				updateFields: { status: 'read', delivered: true },
			},
			body: { type: 'message', status: 'read', delivered: true },
		},
	];
}

/** Ways to fill in those of messages. */
export function messages({ prospect }: Ids): Case[] {
	const path = `/prospect/${prospect}/messaging`;
	const message = { resource: 'message', method: 'POST', answer: [] };
	return [
		{
			...message,
			operation: 'send',
			path: `${path}/whatsapp`,
			parameters: { prospectId: prospect, channel: 'whatsApp', content: 'Hello' },
			body: { content: 'Hello' },
		},
		{
			...message,
			operation: 'sendTemplate',
			path: `${path}/whatsapp/notification`,
			parameters: {
				prospectId: prospect,
				channel: 'whatsapp',
				templateKey: list('list', 'appointment'),
				parameters: {
					mappingMode: 'defineBelow',
					value: { date: '1 May', place: 'Lima' },
					schema: [
						{ id: 'date', required: true },
						{ id: 'place', required: true },
					],
				},
			},
			body: { key: 'appointment', parameters: { date: '1 May', place: 'Lima' } },
		},
		getMany('message', 'getReplies', `/prospect/${prospect}/interactions`, {
			prospectId: prospect,
			since: 'message',
			sinceMessage: prospect,
		}),
		getMany('channel', 'getAll', '/messaging/channels'),
		getMany('channel', 'getAll', `${path}/channels`, { prospectId: prospect }),
	];
}
