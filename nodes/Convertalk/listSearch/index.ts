import { isNothing } from '../../engine/form/empty';
import { listSearch } from '../../engine/operation/listSearch';
import { many } from '../../engine/operation/operation';
import { get } from '../../engine/http/request';
import { dig } from '../../engine/util/json';
import { convertalk, listTypes } from '../vendor';
import { storedPhone } from '../resources/leadPhone';

const { records } = many('data');

/** Fills the dropdowns of the node from the bot. */
export const methods = {
	listSearch: {
		// WL, BPNEW: the list says neither how many pages it has nor which is the last, so that an empty one ends it.
		searchLeads: listSearch(convertalk, {
			request: (page = '1') => ({
				...get`/inbox/direct/chats`,
				query: { type: listTypes.lead, page: Number(page) },
			}),
			// One without its ID could not be written to.
			records: (body) => records(body).filter(({ uuid }) => !isNothing(uuid)),
			next: (body, page = '1') => (records(body).length > 0 ? String(Number(page) + 1) : undefined),
			entry: ({ uuid, status, profile }) => {
				const details = dig(profile, 'userDetails');
				const phone = dig(details, 'contact', 'phone');
				const parts = [
					dig(details, 'name'),
					dig(details, 'contact', 'email'),
					storedPhone(dig(phone, 'prefix'), dig(phone, 'number')),
				].filter(Boolean);
				const who = parts.length > 0 ? parts.map(String).join(', ') : String(uuid);
				return {
					name: isNothing(status) ? who : `${who} (${String(status)})`,
					value: String(uuid),
				};
			},
		}),
	},
};
