import type { IDataObject } from 'n8n-workflow';
import { choice } from '../../engine/form/choice';
import { date } from '../../engine/form/date';
import { fieldError, narrowing } from '../../engine/form/fields';
import { compact } from '../../engine/form/filled';
import { get, type Request } from '../../engine/http/request';
import { many, operation } from '../../engine/operation/operation';
import { dig, isRecord } from '../../engine/util/json';
import { writerOf } from '../trigger/writer';
import { need, objectId, whenShown } from './fields';
import { checkedRanges, pages } from './pages';
import { knownProspectId } from './prospectLocator';

const since = narrowing(
	'reply',
	choice({
		displayName: 'Since',
		name: 'since',
		type: 'options',
		default: 'any',
		options: [
			{ name: 'Any Time', value: 'any' },
			{ name: 'Date', value: 'date' },
			{ name: 'Message', value: 'message' },
		],
		description: 'From when on replies are returned',
	}),
);

const sinceDate = whenShown(
	date({
		displayName: 'Since Date',
		name: 'sinceDate',
		type: 'dateTime',
		required: true,
		default: '',
		displayOptions: { show: { since: ['date'] } },
		description: 'Only replies after this date',
	}),
);

const sinceMessage = whenShown(
	objectId({
		displayName: 'Since Message ID',
		name: 'sinceMessage',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. 507f191e810c19729de860ea',
		displayOptions: { show: { since: ['message'] } },
		description: 'Only replies after this message: the ID that sending it gave',
	}),
);

/** Whether an interaction is a message that the prospect wrote: calls and notes are no replies. */
const isReply = (interaction: IDataObject): boolean =>
	isRecord(dig(interaction, 'output', 'message')) && writerOf(interaction).direction === 'incoming';

/** The list of one prospect; its range of dates is cut into windows as everywhere. */
function repliesOf(prospectId: string, createdAfter?: string): Request {
	return {
		...get`/prospect/${prospectId}/interactions`,
		query: checkedRanges(compact({ createdAfter })),
	};
}

/** What a prospect wrote. */
export const getReplies = operation({
	name: 'Get Replies',
	value: 'getReplies',
	action: 'Get replies of prospect',
	description: 'Get the messages that a prospect wrote, newest first',
	fields: [knownProspectId, since, sinceDate, sinceMessage],
	request: ({ prospectId, since: from, sinceDate: after, sinceMessage: message }) => {
		if (from === 'message') need(message, sinceMessage, 'Enter the ID of a message.');
		if (from !== 'date') return repliesOf(prospectId);
		const start = need(after, sinceDate, 'Pick a date.');
		if (Date.parse(start) > Date.now())
			throw fieldError(
				sinceDate.property,
				`is ${start}, which is in the future`,
				'Enter an earlier date.',
			);
		return repliesOf(prospectId, start);
	},
	output: {
		records: (body) => many().records(body).filter(isReply),
		pages,
		date: 'createdAt',
	},
	// Ids grow with time (see pages.ts), and the newest come first: Limit takes no other away than these.
	mapRecord: (record, { since: from, sinceMessage: message = '' }) =>
		from === 'message' && String(record.id) <= message ? undefined : record,
});
