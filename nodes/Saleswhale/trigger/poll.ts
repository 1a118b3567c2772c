import type { IDataObject, IPollFunctions } from 'n8n-workflow';
import type { Client } from '../../engine/http/client';
import { get } from '../../engine/http/request';
import { many } from '../../engine/operation/operation';
import { diffList, type PageOfList } from '../../engine/polling/diffList';
import type { PollingTrigger } from '../../engine/polling/poll';
import type { PolledRecord } from '../../engine/polling/recordHash';
import { chosenIn } from '../../engine/util/chosen';
import { endStatuses, statusOf } from '../resources/statuses';
import { isLastPage, pageSize, saleswhale } from '../vendor';
import { conversationEnded, foundEnd, isStatusWanted } from './event';

/** Conversations that are remembered: ten characters each. */
const most = { records: 100_000, instead: 'Use the Saleswhale Trigger, which asks for no list.' };

/** SEED, Conversations: nothing says when a conversation ended, so its status is what is compared. */
const polledConversation: PolledRecord = {
	identity: ({ id }) => String(id),
	state: ({ status }) => ({ status: statusOf(String(status)) }),
	createdAt: ({ started_at }) => started_at,
	updatedAt: () => undefined,
	otherTimes: [],
};

/**
 * The Saleswhale Poll Trigger. All conversations are read, since an old one may end at any time, and also those that
 * go on: one that ended, went on after a late reply and ended in the same way has ended twice.
 */
export const saleswhalePollTrigger: PollingTrigger = {
	vendor: saleswhale,
	name: 'saleswhalePollTrigger',
	events: [conversationEnded],
	lists: (context) => {
		const wanted = itemFor(context);
		return [
			diffList({
				name: 'conversations',
				polled: polledConversation,
				read: async (client, page) => await readPage(client, { page }),
				itemOf: ({ record }) => wanted(record),
				readSample: async (client) => await readEnded(client, wantedOf(context)),
				sampleOf: wanted,
				most,
			}),
		];
	},
	scopeOf: (_, client) => client.identityOf(get`/conversations`),
	untilFirst: 'Wait until a conversation has ended, and test again.',
};

const ends = endStatuses.map(({ value }) => String(value));

/** The statuses that were chosen; empty for all with which a conversation ends. */
const wantedOf = (context: IPollFunctions): string[] =>
	chosenIn(context.getNodeParameter('statuses', []));

/** From a conversation to the event that was asked for. */
function itemFor(context: IPollFunctions): (conversation: IDataObject) => IDataObject | undefined {
	const statuses = wantedOf(context);
	return (conversation) => {
		const isWanted = isStatusWanted(conversation, ends) && isStatusWanted(conversation, statuses);
		return isWanted ? foundEnd(conversation) : undefined;
	};
}

/**
 * The newest that have ended: in a large account the first page may hold none. SEED's own spellings are asked for;
 * where nothing has them, the first page is looked through.
 */
async function readEnded(client: Client, statuses: readonly string[]): Promise<IDataObject[]> {
	const asked = statuses.length > 0 ? statuses.map(statusOf) : ends;
	const ended = await readPage(client, { page: 1, status: asked });
	return ended.records.length > 0 ? ended.records : (await readPage(client, { page: 1 })).records;
}

async function readPage({ send }: Client, asked: IDataObject): Promise<PageOfList> {
	const query = { ...asked, per_page: pageSize };
	const body = await send({ ...get`/conversations`, query });
	const records = many('conversations').records(body);
	return { records, isLast: isLastPage(body, records) };
}
