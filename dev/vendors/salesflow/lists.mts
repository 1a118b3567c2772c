import { SalesflowPollTrigger } from '../../../nodes/Salesflow/SalesflowPollTrigger.node.ts';
import type { GrowingList, GrowingLists } from '../../kit/growingList.mts';
import type { Salesflow } from './simulator/index.mts';
import { sevenDigitTime } from './simulator/model.mts';

const refusal = { status: 403, body: { Status: 403, Message: 'Invalid token/account' } };
let serial = 90_000;

/** What comes in is changed at the moment that it says. */
export const lists: GrowingLists<Salesflow> = {
	contacts: ({ contacts, campaigns }): GrowingList => {
		const [campaignId = 0] = campaigns.keys();
		const watched = [...campaigns.keys()].slice(0, 3);
		return {
			parameters: { resource: 'contact', operation: 'getAll', campaignId: `${campaignId}` },
			refusal,
			put: (ms) => {
				const contact = contacts.import(campaignId, `person-${++serial}`, {});
				contact.LastModifiedAt = sevenDigitTime(ms);
				return `${contact.MemberId}`;
			},
			keyOf: ({ MemberId }) => String(MemberId),
			polled: {
				node: new SalesflowPollTrigger(),
				parameters: { events: ['contactAdded'], campaigns: 'chosen', campaignIds: watched },
				idIn: 'EventId',
			},
		};
	},
	campaigns: ({ campaigns }): GrowingList => {
		const [sample] = campaigns.values();
		if (!sample) throw new Error('There is no campaign');
		return {
			parameters: { resource: 'campaign', operation: 'getAll' },
			refusal,
			put: (ms) => {
				const CampaignId = ++serial;
				const LastModifiedAt = sevenDigitTime(ms);
				campaigns.set(CampaignId, { ...structuredClone(sample), CampaignId, LastModifiedAt });
				return `${CampaignId}`;
			},
			keyOf: ({ CampaignId }) => String(CampaignId),
			polled: {
				node: new SalesflowPollTrigger(),
				parameters: { events: ['campaignCreated'] },
				idIn: 'EventId',
			},
		};
	},
};
