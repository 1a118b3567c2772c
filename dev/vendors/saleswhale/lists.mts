import type { IDataObject } from 'n8n-workflow';
import { SaleswhalePollTrigger } from '../../../nodes/Saleswhale/SaleswhalePollTrigger.node.ts';
import { sharedIdVersion } from '../../../nodes/Saleswhale/trigger/event.ts';
import { readEvent } from '../../../nodes/Saleswhale/trigger/receive.ts';
import { type GrowingList, type GrowingLists, iso, placeAfter } from '../../kit/growingList.mts';
import type { Saleswhale } from './simulator/index.mts';

const refusal = {
	status: 422,
	body: { errors: [{ id: '1', message: 'Not now.', status: 'unprocessable_entity' }] },
};
const keyOf: GrowingList['keyOf'] = ({ id }) => String(id);
const unpaced = { requestsPerSecond: 0 };
const conversations = { resource: 'conversation', operation: 'getAll' };
let serial = 20_000_000;

/** Begins a conversation. A late one has the id, and so the place, that it would have had in time. */
function beginner({ engagements, leads }: Saleswhale) {
	const { inOrder, campaigns } = engagements;
	const [running = 0] = campaigns.keys();
	engagements.enrol(running, leads.create({ first_name: 'Ada', email: 'new@example.com' }).id);
	const sample = inOrder.at(-1);
	if (!sample) throw new Error('The lead was not enrolled');
	return (ms: number) => {
		const conversation = { ...structuredClone(sample), id: ++serial, started_at: iso(ms) };
		const place = placeAfter(inOrder, ({ started_at }) => started_at <= conversation.started_at);
		inOrder.splice(place, 0, conversation);
		return conversation;
	};
}

/** Conversations begin, or get the status that is asked for; campaigns change. */
export const lists: GrowingLists<Saleswhale> = {
	conversations: (vendor) => {
		const begin = beginner(vendor);
		const { inOrder } = vendor.engagements;
		return {
			parameters: conversations,
			refusal,
			unpaced,
			put: (ms) => `${begin(ms).id}`,
			keyOf,
			remove: (among) => {
				const place = inOrder.findIndex(({ id }) => among.has(`${id}`));
				if (place >= 0) inOrder.splice(place, 1);
			},
		};
	},
	'conversations with a status': (vendor) => {
		const begin = beginner(vendor);
		const old = Array.from({ length: 449 }, () => begin(0));
		let next = 1;
		return {
			parameters: { ...conversations, filters: { status: ['qualified'] } },
			refusal,
			unpaced,
			// From everywhere in the list, each once: 701 and 449 have no factor in common.
			put: () => {
				const conversation = old[(next += 701) % old.length];
				if (!conversation) throw new Error('There are no conversations');
				conversation.status = 'qualified';
				return `${conversation.id}`;
			},
			keyOf,
			polled: {
				node: new SaleswhalePollTrigger(),
				parameters: { events: ['conversation.ended'], statuses: ['qualified'] },
				recordIn: 'conversation',
				idIn: 'event_id',
			},
			delivered: (key) => {
				const conversation = old.find(({ id }) => `${id}` === key);
				const told = { event_name: 'conversation.ended', event_payload: { conversation } };
				return readEvent(told as unknown as IDataObject, sharedIdVersion) ?? {};
			},
			remove: (among) => {
				const found = old.find(({ id, status }) => status === 'qualified' && among.has(`${id}`));
				if (found) found.status = 'not_interested';
			},
		};
	},
	campaigns: ({ engagements: { campaigns } }) => {
		const [sample] = campaigns.values();
		if (!sample) throw new Error('There is no campaign');
		return {
			parameters: { resource: 'campaign', operation: 'getAll' },
			refusal,
			unpaced,
			put: (ms) => {
				const id = ++serial;
				campaigns.set(id, { ...structuredClone(sample), id, updated_at: iso(ms) });
				return `${id}`;
			},
			keyOf,
		};
	},
};
