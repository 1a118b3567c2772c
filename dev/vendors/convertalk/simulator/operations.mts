import type { Handler } from '../../../kit/simulator.mts';
import { ok } from './answers.mts';
import { type ContactFilters, search } from './contacts.mts';
import type { Leads } from './leads.mts';
import type { LeadData, ListType } from './model.mts';

/** The handlers of the contract's operations over the bot's leads. */
export const operations = (leads: Leads): Record<string, Handler> => ({
	'lead.upsert': ({ body }) => {
		leads.upsert(body as LeadData);
		return ok();
	},
	'lead.getAll': ({ query }) => ok(leads.page(query['type'] as ListType, Number(query['page']))),
	'contact.search': ({ body }) => {
		const filters = body as ContactFilters;
		const { pageSize } = leads;
		const found = search(leads.byUuid.values(), filters);
		return ok(found.slice((filters.page - 1) * pageSize, filters.page * pageSize));
	},
});
