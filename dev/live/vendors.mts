import type { ICredentialType, IDataObject } from 'n8n-workflow';
import { ConvertalkApi } from '../../credentials/ConvertalkApi.credentials.ts';
import { SalesflowApi } from '../../credentials/SalesflowApi.credentials.ts';
import { SaleswhaleApi } from '../../credentials/SaleswhaleApi.credentials.ts';
import { ZenviaSalesApi } from '../../credentials/ZenviaSalesApi.credentials.ts';
import { convertalk } from '../../nodes/Convertalk/vendor.ts';
import { searchBody } from '../../nodes/Convertalk/resources/contactFilters.ts';
import { salesflow, statisticsHost } from '../../nodes/Salesflow/vendor.ts';
import { saleswhale } from '../../nodes/Saleswhale/vendor.ts';
import type { Vendor } from '../../nodes/engine/http/vendor.ts';
import { zenviaSales } from '../../nodes/ZenviaSales/vendor.ts';
import { questions as ofConvertalk } from '../vendors/convertalk/questions.mts';
import { questions as ofSalesflow } from '../vendors/salesflow/questions.mts';
import { questions as ofSaleswhale } from '../vendors/saleswhale/questions.mts';
import { questions as ofZenviaSales } from '../vendors/zenviaSales/questions.mts';
import type { Question } from './questions.mts';

/** Where the value of a parameter is found: in an operation's answer, at a path of names, * for each. */
export type Source = readonly [operation: string, path: string];

/** What `npm run check:live` knows of a vendor. */
export interface LiveVendor {
	api: Vendor;
	contract: URL;
	/** Authenticates as the node does. */
	credential: ICredentialType;
	/** What a person has to give: the credential's field, and the environment variable that may hold it. */
	asked: Array<{ field: string; variable: string; label: string; isSecret?: boolean }>;
	/** The fields of the credential that another base address goes into. */
	located(baseUrl: string): IDataObject;
	/** GETs that write or that nobody may send, which are left out, and why. */
	leftOut: Record<string, string>;
	/** POSTs that read: the parameter that their body takes, if any, and that body. */
	postsThatRead: Record<string, { needs?: string; body?: (needed: string) => IDataObject }>;
	/** By the name of a parameter; the first that gives a value is taken. */
	sources: Record<string, Source[]>;
	/** Values that a parameter has without any answer: each one is a request of its own. */
	given: Record<string, string[]>;
	/** Optional parameters that are sent all the same: the search that they are. */
	sent: Record<string, string[]>;
	hosts: Record<string, string>;
	/** Fields that the contract lets be absent and that the node finds the next page by. */
	pagedBy: Record<string, string>;
	/** What no document settles, and answers can. */
	questions: readonly Question[];
}

const contract = (name: string): URL =>
	new URL(`../vendors/${name}/contract.yaml`, import.meta.url);
const none = { leftOut: {}, postsThatRead: {}, given: {}, sent: {}, hosts: {}, pagedBy: {} };

export const vendors: Record<string, LiveVendor> = {
	saleswhale: {
		...none,
		api: saleswhale,
		questions: ofSaleswhale,
		contract: contract('saleswhale'),
		credential: new SaleswhaleApi(),
		asked: [{ field: 'apiKey', variable: 'SALESWHALE_API_KEY', label: 'API key', isSecret: true }],
		located: (baseUrl) => ({ baseUrl }),
		sources: {
			conversation_id: [['conversation.getAll', 'conversations.*.id']],
			// No endpoint lists leads.
			lead_id: [
				['conversation.getAll', 'conversations.*.leads.*.id'],
				['enrolment.getAll', 'enrolments.*.lead_id'],
			],
			enrolment_id: [
				['enrolment.getAll', 'enrolments.*.id'],
				['conversation.getAll', 'conversations.*.enrolment.id'],
			],
			sales_rep_id: [['salesRep.getAll', 'sales_reps.*.id']],
		},
		given: { per_page: ['5'] },
		pagedBy: {
			'campaign.getAll': 'meta',
			'conversation.getAll': 'meta',
			'enrolment.getAll': 'meta',
		},
	},
	zenvia: {
		...none,
		api: zenviaSales,
		questions: ofZenviaSales,
		contract: contract('zenviaSales'),
		credential: new ZenviaSalesApi(),
		asked: [{ field: 'apiKey', variable: 'ZENVIA_API_KEY', label: 'API key', isSecret: true }],
		located: (baseUrl) => ({ environment: 'custom', baseUrl }),
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
	},
	salesflow: {
		...none,
		api: salesflow,
		questions: ofSalesflow,
		contract: contract('salesflow'),
		credential: new SalesflowApi(),
		asked: [
			{ field: 'token', variable: 'SALESFLOW_API_TOKEN', label: 'API token', isSecret: true },
			{ field: 'accountId', variable: 'SALESFLOW_ACCOUNT_ID', label: 'Account ID' },
		],
		located: (baseUrl) => ({ baseUrl, statisticsBaseUrl: baseUrl }),
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
	},
	convertalk: {
		...none,
		api: convertalk,
		questions: ofConvertalk,
		contract: contract('convertalk'),
		credential: new ConvertalkApi(),
		asked: [
			{ field: 'token', variable: 'CONVERTALK_TOKEN', label: 'Token', isSecret: true },
			{ field: 'botId', variable: 'CONVERTALK_BOT_ID', label: 'Bot ID' },
			{ field: 'customerId', variable: 'CONVERTALK_CUSTOMER_ID', label: 'Customer ID' },
		],
		located: (baseUrl) => ({ baseUrl }),
		postsThatRead: { 'contact.search': { body: () => ({ ...searchBody({}), page: 1 }) } },
		sources: {},
		given: { page: ['1'], type: ['lead', 'non-lead'] },
	},
};
