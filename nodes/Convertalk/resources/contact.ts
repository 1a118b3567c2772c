import { many, operation, type Resource } from '../../engine/operation/operation';
import { post } from '../../engine/http/request';
import { contactPages } from '../vendor';
import { essentials, flat } from './essentials';
import { contactFilters, searchBody } from './contactFilters';

/** CT2 and BPNEW, POST /inbox/users: the people of the inbox, from every channel. */
export const contact: Resource = {
	name: 'Contact',
	value: 'contact',
	operations: [
		operation({
			name: 'Search',
			value: 'search',
			action: 'Search contacts',
			description: 'Search the contacts of the inbox, from all channels',
			fields: [contactFilters],
			request: ({ filters }) => ({
				...post`/inbox/users`,
				body: searchBody(filters),
				// It reads, although it is a POST.
				isRead: true,
			}),
			output: many('data', {
				pages: contactPages,
				date: 'createdAt',
				simplifyIfAsked: essentials,
				flat,
			}),
		}),
	],
};
