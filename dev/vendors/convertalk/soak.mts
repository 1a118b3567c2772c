import type { SoakKit } from '../../kit/vendorKit.mts';
import { byId, counts, holdsName, parts, times } from '../../soak/batch.mts';
import type { Convertalk } from './simulator/index.mts';

/** Two pages of the simulator, and an empty one. */
const CHATS = 40;

export const soak: SoakKit<Convertalk> = {
	account: { authentication: 'bearer' },
	batches({ vendor }, { count, tag }) {
		const { leads } = vendor;
		for (let n = 0; n < CHATS; n++) leads.add();
		const size = parts(count, { search: 35, list: 5, update: 30, note: 30 });
		const known = leads
			.addMany(size.search)
			.map(({ profile }) => ({ name: String(profile.userDetails.contact.email) }));
		const upsert = (kind: string, size: number) =>
			times(size, (n) => ({ name: `soak-${tag}-${n}-${kind}`, email: `${kind}-${n}@example.com` }));
		const uuid = '={{ $json.name }}';
		const fields = { email: '={{ $json.email }}' };
		const done = { what: 'lead.upsert', name: byId };
		return [
			{
				resource: 'contact',
				operation: 'search',
				duty: 'read',
				parameters: { filters: { searchText: '={{ $json.name }}' } },
				items: known,
				isAnswer: holdsName,
			},
			// The other chats: leads come and change while they are read, and the lists are in no fixed order.
			{
				resource: 'lead',
				operation: 'getAll',
				duty: 'read',
				parameters: { type: 'nonLead', returnAll: true },
				items: times(size.list, (n) => ({ name: `list ${n}` })),
				isAnswer: counts(CHATS),
			},
			{
				resource: 'lead',
				operation: 'upsert',
				duty: 'repeatable',
				parameters: { uuid, fields },
				items: upsert('lead', size.update),
				done,
				isAnswer: holdsName,
			},
			// Notes may be added each time, so the node sends them once.
			{
				resource: 'lead',
				operation: 'upsert',
				duty: 'once',
				parameters: { uuid, fields, notes: { note: [{ title: 'Soak', description: 'Once' }] } },
				items: upsert('note', size.note),
				done,
				isAnswer: holdsName,
			},
		];
	},
};
