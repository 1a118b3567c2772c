import type { GrowingLists } from '../../kit/growingList.mts';
import { ConvertalkTrigger } from '../../../nodes/Convertalk/ConvertalkTrigger.node.ts';
import type { Convertalk } from './simulator/index.mts';

let serial = 0;

/** The leads, in an order in which new ones come last: no document says which it is. */
export const lists: GrowingLists<Convertalk> = {
	leads: ({ leads }) => {
		leads.sortBy('createdAscending');
		leads.pageSize = 100;
		return {
			parameters: { resource: 'lead', operation: 'getAll', type: 'lead' },
			refusal: { status: 400, body: { success: false, message: 'Not now', code: 400 } },
			put: (ms) => leads.add({ createdAt: ms, email: `new${++serial}@example.com` })._id,
			keyOf: ({ _id }) => String(_id),
			polled: {
				node: new ConvertalkTrigger(),
				parameters: { events: ['leadCreated'], options: { simplify: false } },
				idIn: 'eventId',
			},
			remove: (among) => {
				const found = leads.list('lead').find(({ _id }) => among.has(_id));
				if (found) leads.remove(found.uuid);
			},
		};
	},
};
