import type { IDataObject } from 'n8n-workflow';
import { choice } from '../../engine/form/choice';
import { narrowing } from '../../engine/form/fields';
import { compact } from '../../engine/form/filled';
import { done, many, operation, type Resource } from '../../engine/operation/operation';
import { get, put } from '../../engine/http/request';
import { chatLists, identity, listTypes } from '../vendor';
import type { Newness } from '../../engine/polling/newness';
import { essentials, flat } from './essentials';
import { fields } from './leadForm';
import { attributes, notes, specifyLists, tags } from './leadLists';
import { matchBy, matchedUuid } from './leadMatch';

const type = narrowing(
	'lead',
	choice({
		displayName: 'Type',
		name: 'type',
		type: 'options',
		default: 'lead',
		options: [
			{ name: 'Both', value: 'both', description: 'The leads first, then the other chats' },
			{ name: 'Leads', value: 'lead' },
			{
				name: 'Other Chats',
				value: 'nonLead',
				description: 'Chats of visitors who left no contact data',
			},
		],
		description: 'A chat becomes a lead when the visitor leaves contact data',
	}),
);

const { lead: leads, nonLead: otherChats } = listTypes;
const lists: Record<string, string[]> = {
	lead: [leads],
	nonLead: [otherChats],
	both: [leads, otherChats],
};

/**
 * No document says in which order leads come, and there is no filter by date. A chat becomes a lead long after it
 * began, so its time does not tell that it is new in the list.
 */
const newness: Newness = {
	of: 'new',
	reach: 'whole',
	key: (record) => `${String(record.type)} ${identity(record)}`,
	time: ({ createdAt }) => Date.parse(String(createdAt)),
	since: (request) => request,
};

/** SEED, the two endpoints under /inbox/direct. */
export const lead: Resource = {
	name: 'Lead',
	value: 'lead',
	operations: [
		operation({
			name: 'Get Many',
			value: 'getAll',
			action: 'Get many leads',
			description: 'Get the leads of the bot, its other chats, or both',
			fields: [type],
			request: ({ type }) => ({ ...get`/inbox/direct/chats`, query: { type: lists[type] } }),
			output: many('data', {
				pages: chatLists,
				newness,
				date: 'createdAt',
				simplifyIfAsked: essentials,
				flat,
			}),
		}),
		operation({
			name: 'Create or Update',
			value: 'upsert',
			action: 'Create or update lead',
			description: 'Create a new record, or update the current one if it already exists (upsert)',
			fields: [matchBy, matchedUuid, fields, tags, specifyLists, notes, attributes],
			request: ({ uuid, fields, tags, notes, attributes }) => ({
				...put`/inbox/direct/lead`,
				body: {
					uuid,
					...compact(fields),
					...(tags.length > 0 && { tags }),
					...(notes.length > 0 && { notes: notes.map(withBoth('title', 'description')) }),
					...(attributes.length > 0 && { attributes: attributes.map(withBoth('key', 'value')) }),
				},
				lockKey: uuid,
				label: `lead ${uuid}`,
				// No document says whether notes are added or replaced, so sending them twice may double them.
				repeatable: notes.length === 0,
			}),
			writes: ({ uuid }) => uuid,
			// WL: {success: true, message: "ok", code: 200}; the lead itself does not come back.
			output: done({ success: true }),
			mapRecord: (answer, { uuid }) => ({ uuid, ...answer }),
		}),
	],
};

/** BPOLD, WL: each row has both fields; the second may be empty. */
const withBoth =
	(first: string, second: string) =>
	(row: IDataObject): IDataObject => ({ [first]: row[first], [second]: row[second] ?? '' });
