import { salesflow as api, statisticsHost } from '../../../nodes/Salesflow/vendor.ts';
import { people } from '../../kit/people.mts';
import type { VendorKit } from '../../kit/vendorKit.mts';
import { secretTarget, usedId } from '../../kit/webhookTarget.mts';
import salesflow, { type Salesflow } from './simulator/index.mts';
import { questions } from './questions.mts';
import { lists } from './lists.mts';
import { named } from './named.mts';
import { oracle } from './oracle.mts';
import { soak } from './soak.mts';
import { walks } from './walk.mts';

declare module '../../kit/vendorKit.mts' {
	interface VendorStates {
		salesflow: Salesflow;
	}
}

const kit: VendorKit<Salesflow> = {
	simulator: (token, settings) => salesflow({ token, ...settings }),
	keyField: 'token',
	keyOf: (query) => query.get('token'),
	address: (baseUrl) => ({ baseUrl, statisticsBaseUrl: baseUrl }),
	account: { accountId: '321' },
	live: {
		api,
		questions,
		asked: { token: 'SALESFLOW_API_TOKEN', accountId: 'SALESFLOW_ACCOUNT_ID' },
		leftOut: { 'contact.import': 'it is a GET that writes' },
		postsThatRead: {
			'contact.lookup': {
				needs: 'publicIdentifier',
				body: (identifier) => ({ PublicIdentifiers: [identifier] }),
			},
		},
		sources: {
			campaignId: [['campaign.getAll', '*.CampaignId']],
			memberId: [['contact.getAll', '*.MemberId']],
			// Records of a campaign's list lack it.
			publicIdentifier: [['contact.get', 'PublicIdentifier']],
		},
		hosts: { 'campaign.getStatistics': statisticsHost },
		seed: (vendor) => void vendor.seedContacts(3),
	},
	lists,
	named,
	oracle,
	soak,
	walks,
	attack: {
		needed: { 'contact.update': { updateFields: { phone: '+1 555 123 4580' } } },
		webhooks: [
			{
				node: 'salesflowTrigger',
				parameters: { events: ['replyDetected'] },
				target: ({ simulator }) =>
					secretTarget(
						'Salesflow Trigger',
						[...simulator.vendor.webhooks.byId.values()][0]?.Url ?? '',
						(n) =>
							JSON.stringify({
								...{ MemberId: n, FirstName: 'Ana', LastName: 'Lima' },
								Status: 'MEMBER_CONNECTED',
								eventId: usedId,
							}),
					),
			},
		],
	},
	agents: {
		seed(vendor) {
			const [contact] = vendor.seedContacts(1);
			vendor.seedContacts(1, 29855);
			return { contact: contact?.MemberId };
		},
	},
	trial: {
		operation: { resource: 'campaign', operation: 'getAll', returnAll: true },
		trigger: { events: ['replyDetected'] },
	},
	creating: {
		parameters: {
			resource: 'contact',
			operation: 'import',
			campaignId: { __rl: true, mode: 'id', value: '={{$json.campaignId}}' },
			linkedInUrl: '=https://www.linkedin.com/in/{{$json.identifier}}',
		},
		what: 'contact.import',
		key: ({ campaignId, identifier }) => `${campaignId}/${identifier}`,
		prepare: ({ campaigns }, count) => {
			const [campaignId] = campaigns.keys();
			return Array.from({ length: count }, () => ({ campaignId }));
		},
	},
	marked: {
		...{ resource: 'contact', operation: 'lookup' },
		publicIdentifier: '={{ $json.mark }}',
	},
	populate({ contacts, campaigns }) {
		const [campaign = 0] = campaigns.keys();
		for (const { firstName, lastName, email, phone, occupation, company } of people) {
			contacts.import(campaign, `${firstName}-${lastName}`.toLowerCase(), {
				...{ FirstName: firstName, LastName: lastName, Email: email, Phone: phone },
				...{ Occupation: occupation, Company: company },
			});
		}
	},
	pictures: {
		action: 'Add contact to campaign',
		event: 'On reply detected',
		fill: async (editor) => {
			await editor.pick('campaignId', '', /./);
			await editor.fill('linkedInUrl', 'https://www.linkedin.com/in/john-smith-123456');
		},
	},
	happen(vendor) {
		const [contact] = vendor.seedContacts(1);
		vendor.connect(contact?.MemberId);
		vendor.reply(contact?.MemberId, 'Yes, please');
	},
};
export default kit;
