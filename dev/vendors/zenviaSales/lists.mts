import { type GrowingList, type GrowingLists, iso, placeAfter } from '../../kit/growingList.mts';
import { idAt } from './simulator/ids.mts';
import type { ZenviaSales } from './simulator/index.mts';

let serial = 1_000_000;

/** Puts a record among those that are there, in the order of their ids, which is that of their times. */
function insert<T extends { id: string }>(owner: object, record: T): void {
	const { records } = (owner as { stored: { records: T[] } }).stored;
	records.splice(
		placeAfter(records, ({ id }) => id < record.id),
		0,
		record,
	);
}

const list = (resource: string, put: (id: string, ms: number) => void): GrowingList => ({
	parameters: { resource, operation: 'getAll' },
	refusal: { status: 403, body: { message: 'Invalid scope', code: 'FORBIDDEN' } },
	put: (ms) => {
		const id = idAt(ms, ++serial);
		put(id, ms);
		return id;
	},
	keyOf: ({ id }) => String(id),
});

/** What comes in was created at the moment that it says. */
export const lists: GrowingLists<ZenviaSales> = {
	interactions: ({ interactions }) =>
		list('interaction', (id, ms) =>
			insert(interactions, {
				...{ id, prospectId: idAt(0, 1), createdAt: iso(ms), status: 'finished', proactive: false },
				...{ via: 'visit', output: { comment: 'Note' } },
			}),
		),
	prospects: (vendor) => {
		const { prospects } = vendor;
		const [sample = ''] = vendor.seedProspects(1);
		return list('prospect', (id, ms) =>
			insert(prospects, { ...prospects.get(sample), id, created: iso(ms) }),
		);
	},
	quotes: ({ quotes }) =>
		list('quote', (id, ms) =>
			insert(quotes, {
				...{ id, prospectId: idAt(0, 1), status: 'pending', items: [], total: 0 },
				createdAt: iso(ms),
			}),
		),
};
