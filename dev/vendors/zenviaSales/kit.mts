import { zenviaSales as api } from '../../../nodes/ZenviaSales/vendor.ts';
import { people } from '../../kit/people.mts';
import type { VendorKit } from '../../kit/vendorKit.mts';
import { queryTarget, secretTarget, usedId } from '../../kit/webhookTarget.mts';
import zenviaSales, { type ZenviaSales } from './simulator/index.mts';
import { questions } from './questions.mts';
import { lists } from './lists.mts';
import { named } from './named.mts';
import { oracle } from './oracle.mts';
import { soak } from './soak.mts';
import { walks } from './walk.mts';

declare module '../../kit/vendorKit.mts' {
	interface VendorStates {
		zenviaSales: ZenviaSales;
	}
}

const apiPath = '/api/v1';

const kit: VendorKit<ZenviaSales> = {
	simulator: (apiKey, settings) => zenviaSales({ apiKey, ...settings }),
	keyField: 'apiKey',
	keyOf: (query) => query.get('api-key'),
	address: (baseUrl) => ({ environment: 'custom', baseUrl }),
	apiPath,
	live: {
		api,
		questions,
		asked: { apiKey: 'ZENVIA_API_KEY' },
		// SEED: both are reads, though by POST, and have no body.
		postsThatRead: { 'group.getResponseTime': {}, 'agent.getResponseTime': {} },
		sources: {
			prospectId: [
				['quote.getAll', '*.prospectId'],
				['interaction.getAll', '*.prospectId'],
				['prospect.getAll', '*.id'],
			],
			interactionId: [['interaction.getAll.ofProspect', '*.id']],
			quoteId: [['quote.getAll.ofProspect', '*.id']],
			groupId: [['group.getAll', '*.id']],
			group: [['group.getAll', '*.id']],
			agentId: [['agent.getAll', '*.id']],
			agent: [['agent.getAll', '*.id']],
			subscriptionId: [['subscription.getAll', '*.id']],
			phoneNumber: [['prospect.getAll', '*.phones.*']],
		},
		given: { limit: ['5'] },
		sent: { 'prospect.find': ['phoneNumber'] },
		seed(vendor) {
			const from = new Date(Date.now() - 86_400_000).toISOString();
			vendor.seedInteractions({ count: 5, from });
		},
	},
	lists,
	named,
	oracle,
	soak,
	walks,
	attack: {
		needed: {
			'interaction.create': { content: 'Hello', additionalFields: { providerId: '1' } },
			'interaction.update': { updateFields: { delivered: true } },
			'lead.create': { phones: '+55 11 91234 5678' },
			'message.send': { content: 'Hello' },
			'message.sendAndWait': {
				formFields: { values: [{ fieldLabel: 'What time suits you?' }] },
				ifWindowClosed: 'fail',
				maxDateAndTime: '2096-01-31T09:30:00.000Z',
				parameters: { mappingMode: 'defineBelow', value: { 7: '[link]' }, schema: [] },
			},
			'prospect.find': { phoneNumber: '+55 11 91234 5678' },
			'prospect.transfer': { groupId: '5f0c2b7a9d3e4f1a2b3c4d5e' },
			'prospect.update': { updateFields: { phone: '+55 11 91234 5678' } },
			'quote.create': { items: { item: [{ product: 'Sedan', quantity: 2 }] } },
		},
		webhooks: [
			{
				node: 'zenviaSalesTrigger',
				parameters: { topics: ['interactions'] },
				target: ({ simulator }) =>
					secretTarget(
						'Zenvia Sales Trigger',
						simulator.vendor.subscriptions.active[0]?.callbackUrl ?? '',
						(n) =>
							JSON.stringify({
								topic: 'interactions',
								type: 'created',
								prospect: { id: 'c'.repeat(24), firstName: 'Ana' },
								interaction: { id: String(n).padStart(24, '0'), proactive: false, via: 'whatsApp' },
								eventId: usedId,
							}),
					),
			},
			{
				node: 'zenviaSalesAppTrigger',
				parameters: { events: ['installed'] },
				credential: (secret) => ({
					type: 'zenviaSalesAppApi',
					data: { appId: 'app-of-the-attack', appSecret: secret(), privateKey: secret() },
				}),
				// SEED, App Lifecycle: ID and secret in the query; a button's address is signed.
				target: ({ url, data: { appId = '', appSecret = '' } }) =>
					queryTarget({
						name: 'Zenvia Sales App Trigger',
						url: `${url('app')}?appId=${appId}`,
						proofIn: 'appSecret',
						takesObjects: true,
						proof: () => appSecret,
						body: (n) =>
							JSON.stringify({ integration: { apiKey: `instance-${n}`, enabled: true } }),
					}),
			},
		],
	},
	agents: {
		seed(vendor) {
			const [prospect = '', doomedProspect] = vendor.seedProspects(2);
			vendor.receiveMessage(prospect, { content: 'Hello' });
			const group = vendor.groups[1]?.id ?? '';
			const agent = vendor.agents.get(group)?.[0];
			return {
				prospect,
				doomedProspect,
				phone: vendor.prospects.get(prospect).phones[0],
				group,
				email: vendor.prospects.get(prospect).emails[0],
				agent: agent?.id,
				agentEmail: agent?.email,
				quote: vendor.quotes.create(vendor.prospects.get(prospect), [{ quantity: 1 }]).id,
			};
		},
	},
	trial: {
		operation: { resource: 'integration', operation: 'get' },
		trigger: { topics: ['interactions'], onConflict: 'stop' },
	},
	creating: {
		parameters: {
			resource: 'lead',
			operation: 'create',
			utmSource: 'fair',
			emails: '={{$json.email}}',
		},
		what: 'lead.create',
	},
	marked: {
		...{ resource: 'lead', operation: 'create', leadType: 'retail', utmSource: 'website' },
		emails: '={{ $json.mark }}@example.com',
	},
	populate(vendor) {
		for (const { firstName, lastName, email, phone, says } of people) {
			const lead = { utmSource: 'google', firstName, lastName, emails: [email], phones: [phone] };
			vendor.receiveMessage(vendor.addProspect(lead), { content: says });
		}
	},
	pictures: {
		result: { example: 'first-look-zenvia', node: 'Newest Contacts', shows: 'firstName' },
		action: 'Create lead',
		event: 'On message received',
		others: {
			'Zenvia Sales App': {
				event: 'On button pressed',
				credential: { appId: 'app-1', appSecret: 'app-secret', privateKey: 'private-key' },
			},
		},
		fill: async (editor) => {
			await editor.fill('utmSource', 'google');
			await editor.fill('emails', 'jorge@example.com');
			await editor.fill('phones', '+54 9 11 4552 0371');
		},
	},
	happen(vendor) {
		const [prospect = ''] = vendor.seedProspects(1);
		vendor.receiveMessage(prospect, { content: 'Is it still for sale?' });
	},
};
export default kit;
