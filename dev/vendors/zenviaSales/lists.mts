import { type GrowingList, type GrowingLists, iso, placeAfter } from '../../kit/growingList.mts';
import { ZenviaSalesPollTrigger } from '../../../nodes/ZenviaSales/ZenviaSalesPollTrigger.node.ts';
import { readEvent } from '../../../nodes/ZenviaSales/trigger/events.ts';
import { idAt } from './simulator/ids.mts';
import type { ZenviaSales } from './simulator/index.mts';

let serial = 1_000_000;

/** Puts a record among those that are there, in the order of their ids, which is that of their times. @returns it */
function inserted<T extends { id: string }>(owner: object, record: T): T {
	const { records } = (owner as { stored: { records: T[] } }).stored;
	records.splice(
		placeAfter(records, ({ id }) => id < record.id),
		0,
		record,
	);
	return record;
}

interface Listed {
	resource: string;
	/** Zenvia's topic, and the field of its notifications in which the record is. */
	topic: string;
	field: string;
	/** The event of the triggers that a new record is. */
	event: string;
}

/** @param make puts a record in, of this id and moment */
function list(
	{ resource, topic, field, event }: Listed,
	make: (id: string, ms: number) => object,
): GrowingList {
	const made = new Map<string, object>();
	return {
		parameters: { resource, operation: 'getAll' },
		refusal: { status: 403, body: { message: 'Invalid scope', code: 'FORBIDDEN' } },
		put: (ms) => {
			const id = idAt(ms, ++serial);
			made.set(id, make(id, ms));
			return id;
		},
		keyOf: ({ id }) => String(id),
		polled: {
			node: new ZenviaSalesPollTrigger(),
			parameters: { events: [event] },
			recordIn: field,
			idIn: 'eventId',
		},
		delivered: (id) => readEvent({ topic, type: 'created', [field]: { ...made.get(id) } }) ?? {},
	};
}

const of = (resource: string, event: string): Listed => ({
	...{ resource, field: resource, event },
	topic: `${resource}s`,
});

/** What comes in was created at the moment that it says. */
export const lists: GrowingLists<ZenviaSales> = {
	interactions: ({ interactions }) =>
		list(of('interaction', 'note'), (id, ms) =>
			inserted(interactions, {
				...{ id, prospectId: idAt(0, 1), createdAt: iso(ms), status: 'finished', proactive: false },
				...{ via: 'visit', output: { comment: 'Note' } },
			}),
		),
	prospects: (vendor) => {
		const { prospects } = vendor;
		const [sample = ''] = vendor.seedProspects(1);
		return list(of('prospect', 'prospectCreated'), (id, ms) =>
			inserted(prospects, { ...prospects.get(sample), id, created: iso(ms) }),
		);
	},
	quotes: ({ quotes }) =>
		list(of('quote', 'quoteCreated'), (id, ms) =>
			inserted(quotes, {
				...{ id, prospectId: idAt(0, 1), status: 'pending', items: [], total: 0 },
				createdAt: iso(ms),
			}),
		),
};
