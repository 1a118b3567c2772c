import type { SoakKit } from '../../kit/vendorKit.mts';
import { byId, counts, holdsName, parts, picked, times } from '../../soak/batch.mts';
import type { Salesflow } from './simulator/index.mts';

const CONTACTS = 20;

/** Names count from here: the account's number, 321, is a secret, and hidden where it stands in a sentence. */
const FIRST = 10_000;

const last = ({ key }: { key: string }): string => key.split('/').at(-1) ?? '';

export const soak: SoakKit<Salesflow> = {
	batches({ vendor }, { count, tag }) {
		const [listed = 0, own = 0] = [...vendor.campaigns.keys()];
		vendor.seedContacts(CONTACTS, listed);
		const contacts = (size: number) => vendor.seedContacts(size, own);
		const ids = (size: number) =>
			contacts(size).map(({ MemberId }) => ({ name: String(MemberId) }));
		const hooks = (size: number) =>
			times(size, (n) => {
				const { WebhookId } = vendor.webhooks.create({
					Name: 'Seed',
					Url: `https://example.com/seed-${n}`,
				});
				return { name: String(WebhookId) };
			});
		const size = parts(count, {
			get: 20,
			lookup: 15,
			list: 5,
			update: 15,
			remove: 10,
			unhook: 5,
			contact: 20,
			hook: 10,
		});
		return [
			{
				resource: 'contact',
				operation: 'get',
				duty: 'read',
				parameters: { contactId: picked('={{ $json.name }}') },
				items: ids(size.get),
				isAnswer: holdsName,
			},
			{
				resource: 'contact',
				operation: 'lookup',
				duty: 'read',
				parameters: { publicIdentifier: '={{ $json.name }}' },
				items: contacts(size.lookup).map(({ PublicIdentifier: name }) => ({ name })),
				isAnswer: (records, item) => holdsName(records, item) && records[0]?.found === true,
			},
			{
				resource: 'contact',
				operation: 'getAll',
				duty: 'read',
				parameters: { campaignId: picked(listed) },
				items: times(size.list, (n) => ({ name: `list ${n}` })),
				isAnswer: counts(CONTACTS),
			},
			{
				resource: 'contact',
				operation: 'update',
				duty: 'repeatable',
				parameters: {
					contactId: '={{ $json.name }}',
					updateFields: { firstName: '={{ $json.name }}' },
				},
				items: ids(size.update),
				done: { what: 'contact.update', name: byId },
				isAnswer: holdsName,
			},
			{
				resource: 'contact',
				operation: 'delete',
				duty: 'repeatable',
				parameters: { contactId: '={{ $json.name }}' },
				items: ids(size.remove),
				done: { what: 'contact.delete', name: byId },
			},
			{
				resource: 'webhook',
				operation: 'delete',
				duty: 'repeatable',
				parameters: { webhookId: picked('={{ $json.name }}') },
				items: hooks(size.unhook),
				done: { what: 'webhook.delete', name: byId },
			},
			{
				resource: 'contact',
				operation: 'import',
				duty: 'once',
				parameters: {
					campaignId: picked(own),
					linkedInUrl: '=https://www.linkedin.com/in/{{ $json.name }}',
				},
				items: times(size.contact, (n) => ({ name: `soak-${tag}-${FIRST + n}-person` })),
				done: { what: 'contact.import', name: last },
				isAnswer: holdsName,
			},
			{
				resource: 'webhook',
				operation: 'create',
				duty: 'once',
				parameters: { name: '={{ $json.name }}', url: '=https://example.com/{{ $json.name }}' },
				items: times(size.hook, (n) => ({ name: `soak-${tag}-${FIRST + n}-hook` })),
				done: { what: 'webhook.create', name: last },
				isAnswer: holdsName,
			},
		];
	},
};
