import { createHash } from 'node:crypto';
import type { IDataObject } from 'n8n-workflow';
import type { Client } from '../../engine/http/client';
import { get } from '../../engine/http/request';
import { many } from '../../engine/operation/operation';
import { diffList, type PageOfList } from '../../engine/polling/diffList';
import type { PolledList, PollingTrigger } from '../../engine/polling/poll';
import type { ListMemory } from '../../engine/polling/pollDiff';
import { own } from '../../engine/util/json';
import { trimmed } from '../../engine/util/text';
import { convertalk, type ListName, listTypes } from '../vendor';
import { type EventName, eventOf, itemOf, listOf } from './event';
import { polledLead } from './polled';

/** The Convertalk Trigger: both lists are read as a whole, since no document says their order. */
export const convertalkTrigger: PollingTrigger = {
	vendor: convertalk,
	name: 'convertalkTrigger',
	events: Object.keys(listOf),
	lists: (context, chosen) => {
		const events = chosen as EventName[];
		const { simplify = true } = context.getNodeParameter('options', {}) as { simplify?: boolean };
		const names = [...new Set(events.flatMap((event) => own(listOf, event) ?? []))];
		return names.map((name) => listNamed(name, events, simplify));
	},
	scopeOf,
	untilFirst:
		'Open the bot and chat with it as a visitor would. For a lead, leave an e-mail; for Chat Started, leave none. Then test again.',
	upgraded,
};

function listNamed(name: ListName, events: EventName[], simplify: boolean): PolledList {
	const [first] = events.filter((event) => listOf[event] === name);
	return diffList({
		name,
		polled: polledLead,
		read: async (client, page) => await readPage(client, name, page),
		itemOf: (change) => {
			const event = eventOf(name, change);
			if (event === undefined || !events.includes(event)) return undefined;
			return itemOf(event, change.record, simplify);
		},
		sampleOf: (record) => first && itemOf(first, record, simplify),
	});
}

async function readPage({ send }: Client, list: ListName, page: number): Promise<PageOfList> {
	const query = { type: listTypes[list], page };
	const body = await send({ ...get`/inbox/direct/chats`, query });
	return { records: many('data').records(body) };
}

/** A short name for the bot that a credential is for. */
function scopeOf({ baseUrl, botId, customerId }: IDataObject): string {
	const account = JSON.stringify([baseUrl, botId, customerId].map(trimmed));
	return createHash('sha256').update(account).digest('base64url').slice(0, 16);
}

/**
 * Form 1 kept other hashes, which this one does not read: what is there is noted anew. Nothing is told of it but what
 * came or changed after all that had been noted, and only what was created after that is new.
 */
function upgraded(list: IDataObject): IDataObject {
	const { latest, movesUp, notingSince } = list as unknown as ListMemory;
	const since = notingSince ?? latest.updatedAt;
	const known = { latest, movesUp, notingSince: since, isRelearned: true };
	return { ...known, seen: [], newestFirst: false, sinceWhole: 0 } as unknown as IDataObject;
}
