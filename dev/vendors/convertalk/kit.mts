import { searchBody } from '../../../nodes/Convertalk/resources/contactFilters.ts';
import { convertalk as api } from '../../../nodes/Convertalk/vendor.ts';
import { people } from '../../kit/people.mts';
import type { VendorKit } from '../../kit/vendorKit.mts';
import convertalk, { type Convertalk } from './simulator/index.mts';
import { questions } from './questions.mts';
import { lists } from './lists.mts';
import { named } from './named.mts';
import { oracle } from './oracle.mts';
import { soak } from './soak.mts';
import { walks } from './walk.mts';

declare module '../../kit/vendorKit.mts' {
	interface VendorStates {
		convertalk: Convertalk;
	}
}

const kit: VendorKit<Convertalk> = {
	simulator: (token, settings) => convertalk({ token, ...settings }),
	keyField: 'token',
	keyOf: (_, headers) => String(headers['x-bot-token']),
	address: (baseUrl) => ({ baseUrl }),
	account: { botId: 'bot-1', customerId: 'customer-1', authentication: 'tokenHeaders' },
	live: {
		api,
		questions,
		asked: {
			token: 'CONVERTALK_TOKEN',
			botId: 'CONVERTALK_BOT_ID',
			customerId: 'CONVERTALK_CUSTOMER_ID',
		},
		postsThatRead: { 'contact.search': { body: () => ({ ...searchBody({}), page: 1 }) } },
		sources: {},
		given: { page: ['1'], type: ['lead', 'non-lead'] },
		seed: ({ leads }) => void leads.addMany(3),
	},
	lists,
	named,
	oracle,
	soak,
	walks,
	// No document knows a webhook.
	attack: {
		needed: {
			'lead.upsert': {
				...{ matchEmail: 'zoe@example.net', matchPhone: '+44 20 7946 0958' },
				fields: { name: 'Zoe' },
			},
		},
		webhooks: [],
	},
	agents: {
		seed({ leads }) {
			const [{ uuid = '', profile } = {}] = leads.addMany(6);
			leads.change(uuid, (lead) => {
				lead.profile.userDetails.contact.phone = { number: '11987654321', prefix: '55' };
			});
			return {
				chat: uuid,
				chatEmail: profile?.userDetails.contact.email,
				chatPhone: '+5511987654321',
			};
		},
	},
	trial: {
		operation: { resource: 'lead', operation: 'getAll', returnAll: true },
		trigger: {
			pollTimes: { item: [{ mode: 'everyX', unit: 'hours', value: 12 }] },
			events: ['leadCreated'],
		},
	},
	creating: {
		parameters: {
			resource: 'lead',
			operation: 'upsert',
			uuid: '={{$json.uuid}}',
			fields: { name: 'Ana' },
		},
		what: 'lead.upsert',
		key: ({ uuid = '' }) => uuid,
		// All that it wrote.
		keyInJournal: (key) => (JSON.parse(key) as { uuid: string }).uuid,
		prepare: ({ leads }, count) => leads.addMany(count).map(({ uuid }) => ({ uuid })),
	},
	marked: {
		...{ resource: 'lead', operation: 'upsert', uuid: 'uuid-1' },
		fields: { name: '={{ $json.mark }}' },
	},
	populate({ leads }) {
		const named = leads.addMany(people.length, (n) => {
			const { firstName, lastName, email } = people[n] ?? {};
			return { name: `${firstName} ${lastName}`, email };
		});
		for (const [n, { uuid }] of named.entries()) {
			leads.change(uuid, (lead) => (lead.lastMessage.text = people[n]?.says ?? ''));
		}
	},
	pictures: {
		action: 'Create or update lead',
		event: 'On lead created',
		fill: async (editor) => await editor.enterId('uuid', '9f1c2a34-5b6d-4e7f-8a9b-0c1d2e3f4a5b'),
	},
	happen: ({ leads }) => void leads.addMany(1),
};
export default kit;
