import { listSearch, loadOptions } from '../../engine/operation/listSearch';
import { get } from '../../engine/http/request';
import { list } from '../resources/answers';
import { salesflow } from '../vendor';

const campaigns = {
	request: () => get`/api/campaigns/list-campaigns`,
	records: list().records,
	entry: ({ CampaignId: id, CampaignName: name, Status: status }: Record<string, unknown>) => ({
		name: `${called(name, id)}${statusInWords(status)}`,
		value: String(id),
	}),
};

/** What people call it, or its ID where it has no name. */
const called = (name: unknown, id: unknown): string => String(name || id);

/** SEED, 1.7: campaigns have no status before that. */
const statusInWords = (status: unknown): string =>
	typeof status === 'string' ? ` (${status.replace(/^CAMPAIGN_/, '').toLowerCase()})` : '';

/** Fills the dropdowns of the nodes from the account. SEED: both lists come whole. */
export const methods = {
	listSearch: {
		searchCampaigns: listSearch(salesflow, campaigns),
		searchWebhooks: listSearch(salesflow, {
			request: () => get`/api/webhooks/list`,
			records: list().records,
			entry: ({ WebhookId: id, Name: name }) => ({ name: called(name, id), value: String(id) }),
		}),
	},
	loadOptions: { getCampaigns: loadOptions(salesflow, campaigns) },
};
