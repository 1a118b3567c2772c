import { listSearch, mapperFields } from '../../engine/operation/listSearch';
import { many } from '../../engine/operation/operation';
import { get } from '../../engine/http/request';
import { saleswhale } from '../vendor';
import { dig } from '../../engine/util/json';

const pageSize = 100;

/** SEED, Campaigns: only these take leads. */
const takeLeads = ['scheduled', 'running'];

/** Fills the dropdowns of the node from the account. */
export const methods = {
	listSearch: {
		searchCampaigns: listSearch(saleswhale, {
			request: (page = '1') => ({
				...get`/campaigns`,
				query: { status: takeLeads, page, per_page: pageSize },
			}),
			records: many('campaigns').records,
			next: (body) => {
				const next = dig(body, 'meta', 'next_page');
				return typeof next === 'number' ? String(next) : undefined;
			},
			entry: ({ id, name, status }) => ({
				name: `${String(name)} (${String(status)})`,
				value: String(id),
			}),
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
