import { listSearch, loadOptions } from '../../engine/operation/listSearch';
import { get } from '../../engine/http/request';
import { list } from '../resources/answers';
import { salesflow } from '../vendor';

const campaigns = {
	request: () => get`/api/campaigns/list-campaigns`,
	records: list().records,
	entry: ({ CampaignId: id, CampaignName: name, Status: status }: Record<string, unknown>) => ({
		name: `${String(name)} (${String(status)
			.replace(/^CAMPAIGN_/, '')
			.toLowerCase()})`,
		value: String(id),
	}),
};

/** Fills the dropdowns of the nodes from the account. SEED: both lists come whole. */
export const methods = {
	listSearch: {
		searchCampaigns: listSearch(salesflow, campaigns),
		searchWebhooks: listSearch(salesflow, {
			request: () => get`/api/webhooks/list`,
			records: list().records,
			entry: ({ WebhookId: id, Name: name }) => ({ name: String(name), value: String(id) }),
		}),
	},
	loadOptions: { getCampaigns: loadOptions(salesflow, campaigns) },
};
