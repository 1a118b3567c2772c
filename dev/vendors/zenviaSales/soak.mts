import { REQUESTS_A_MINUTE } from '../../kit/faults.mts';
import type { SoakKit } from '../../kit/vendorKit.mts';
import { byId, byKey, counts, holdsName, parts, picked, times } from '../../soak/batch.mts';
import type { ZenviaSales } from './simulator/index.mts';

/** Beyond one page of the node, which asks for 100. */
const INTERACTIONS = 120;

const prospectId = '={{ $json.name }}';
const first = ({ key }: { key: string }): string => key.split(' ')[0] ?? '';

export const soak: SoakKit<ZenviaSales> = {
	// The vendor tells in each answer what is left of a minute, so here, too.
	limit: {
		kind: 'fixed',
		requests: REQUESTS_A_MINUTE,
		windowMs: 60_000,
		rateLimitHeaders: true,
	},
	batches({ vendor }, { count, tag }) {
		vendor.seedInteractions({ count: 2 * INTERACTIONS });
		const prospects = (size: number) => vendor.seedProspects(size).map((name) => ({ name }));
		const group = vendor.groups[1]?.id;
		const size = parts(count, {
			get: 20,
			find: 10,
			list: 5,
			quote: 15,
			remove: 15,
			lead: 15,
			offer: 10,
			template: 5,
			transfer: 5,
		});
		const addresses = prospects(size.find).map(
			({ name }) => vendor.prospects.get(name).emails[0] ?? '',
		);
		const quotes = prospects(size.quote).map(({ name: prospect }) => {
			const { id } = vendor.quotes.create(vendor.prospects.get(prospect), [{ quantity: 1 }]);
			return { name: id, prospect };
		});
		return [
			{
				resource: 'prospect',
				operation: 'get',
				duty: 'read',
				parameters: { prospectId },
				items: prospects(size.get),
				isAnswer: holdsName,
			},
			{
				resource: 'prospect',
				operation: 'find',
				duty: 'read',
				parameters: { email: '={{ $json.name }}' },
				items: addresses.map((name) => ({ name })),
			},
			{
				resource: 'interaction',
				operation: 'getAll',
				duty: 'read',
				parameters: { limit: INTERACTIONS },
				items: times(size.list, (n) => ({ name: `list ${n}` })),
				isAnswer: counts(INTERACTIONS),
			},
			{
				resource: 'quote',
				operation: 'update',
				duty: 'repeatable',
				parameters: {
					prospectId: '={{ $json.prospect }}',
					quoteId: '={{ $json.name }}',
					status: 'accepted',
				},
				items: quotes,
				isAnswer: holdsName,
			},
			{
				resource: 'prospect',
				operation: 'delete',
				duty: 'repeatable',
				parameters: { prospectId },
				items: prospects(size.remove),
				done: { what: 'prospect.delete', name: byId },
			},
			{
				resource: 'lead',
				operation: 'create',
				duty: 'once',
				parameters: { leadType: 'retail', utmSource: 'soak', emails: '={{ $json.name }}' },
				items: times(size.lead, (n) => ({ name: `soak-${tag}-${n}@example.com` })),
				done: { what: 'lead.create', name: byKey },
				isAnswer: holdsName,
			},
			{
				resource: 'quote',
				operation: 'create',
				duty: 'once',
				parameters: {
					prospectId,
					items: { item: [{ quantity: 1, concept: '={{ $json.name }}' }] },
				},
				items: prospects(size.offer),
				done: {
					what: 'quote.create',
					name: ({ key }) => String((JSON.parse(key) as Array<{ concept?: string }>)[0]?.concept),
				},
			},
			{
				resource: 'message',
				operation: 'sendTemplate',
				duty: 'once',
				parameters: { prospectId, channel: 'whatsapp', templateKey: picked('welcome', 'list') },
				items: prospects(size.template),
				done: { what: 'message.sendTemplate', name: first },
			},
			{
				resource: 'prospect',
				operation: 'transfer',
				duty: 'once',
				parameters: { prospectId, transferTo: 'group', groupId: picked(group) },
				items: prospects(size.transfer),
				done: { what: 'prospect.transfer', name: first },
			},
		];
	},
};
