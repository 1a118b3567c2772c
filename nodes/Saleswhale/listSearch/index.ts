import type { IDataObject } from 'n8n-workflow';
import { listSearch, mapperFields } from '../../engine/operation/listSearch';
import { many } from '../../engine/operation/operation';
import { get } from '../../engine/http/request';
import { nextPage, pageSize, saleswhale } from '../vendor';
import { isRecord } from '../../engine/util/json';

/** SEED, Campaigns: only these take leads. */
const takeLeads = ['scheduled', 'running'];

const numberOfNext = (body: unknown): string | undefined => nextPage(body)?.toString();

const conversations = {
	request: (page = '1') => ({
		...get`/conversations`,
		query: { page, per_page: pageSize },
	}),
	next: numberOfNext,
};
const conversationsIn = many('conversations').records;

/** The leads that a conversation names. */
const leadsIn = ({ leads }: IDataObject): IDataObject[] =>
	(Array.isArray(leads) ? leads : []).filter(isRecord) as IDataObject[];

const dayOf = (moment: unknown): string => String(moment).slice(0, 10);

/** Fills the dropdowns of the node from the account. */
export const methods = {
	listSearch: {
		searchCampaigns: listSearch(saleswhale, {
			request: (page = '1') => ({
				...get`/campaigns`,
				query: { status: takeLeads, page, per_page: pageSize },
			}),
			records: many('campaigns').records,
			next: numberOfNext,
			entry: ({ id, name, status }) => ({
				name: `${String(name)} (${String(status)})`,
				value: String(id),
			}),
		}),
		searchConversations: listSearch(saleswhale, {
			...conversations,
			records: conversationsIn,
			entry: ({ id, status, started_at: startedAt, leads }) => {
				const who = leadsIn({ leads }).map(({ email }) => email);
				const parts = [who.join(', ') || String(id), status, startedAt && dayOf(startedAt)];
				return { name: parts.filter(Boolean).join(', '), value: String(id) };
			},
		}),
		searchEnrolments: listSearch(saleswhale, {
			request: (page = '1') => ({ ...get`/enrolments`, query: { page, per_page: pageSize } }),
			records: many('enrolments').records,
			next: numberOfNext,
			entry: ({ id, state, lead_id: lead, campaign_id: campaign }) => ({
				name: `Lead ${String(lead)} in campaign ${String(campaign)} (${String(state)})`,
				value: String(id),
			}),
		}),
		// SEED has no list of leads: conversations, the newest first, name theirs.
		searchLeads: listSearch(saleswhale, {
			...conversations,
			records: (body) => [
				...new Map(
					conversationsIn(body)
						.flatMap(leadsIn)
						.map((lead) => [lead.id, lead]),
				).values(),
			],
			entry: ({ id, email }) => ({ name: String(email ?? id), value: String(id) }),
		}),
		searchSalesReps: listSearch(saleswhale, {
			request: () => get`/sales_reps`,
			records: many('sales_reps').records,
			entry: ({ id, first_name: first, last_name: last, email }) => ({
				name: `${[first, last].filter(Boolean).join(' ')} (${String(email)})`,
				value: String(id),
			}),
		}),
	},
	resourceMapping: {
		getCustomAttributes: mapperFields(saleswhale, {
			request: () => get`/custom_attributes`,
			records: many('custom_attributes').records,
			column: ({ id, name }) => ({
				id: String(id),
				displayName: String(name),
				type: 'string',
				display: true,
				required: false,
				defaultMatch: false,
			}),
			ifEmpty: () => 'Saleswhale has no custom attributes yet. Create them there first.',
		}),
	},
};
