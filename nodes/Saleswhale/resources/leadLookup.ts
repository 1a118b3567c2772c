import type { INodeProperties } from 'n8n-workflow';
import { type Asked, type IfNotFound, type SearchedList } from '../../engine/form/lookup';
import { type Field, field, type Item } from '../../engine/form/fields';
import { number } from '../../engine/form/number';
import { get } from '../../engine/http/request';
import { many } from '../../engine/operation/operation';
import { isRecord } from '../../engine/util/json';
import { pages, pageSize } from '../vendor';
import { email } from './leadForm';

const mostPagesProperty = {
	displayName: 'Most Pages',
	name: 'mostPages',
	type: 'number',
	default: 10,
	typeOptions: { minValue: 1, numberPrecision: 0 },
	description: `How many pages of ${pageSize} conversations are read at most, the newest first. Each is read once in a run.`,
} as const;

/** How far the conversations are read to find a lead. */
export const mostPages = number(mostPagesProperty);

/** The same where only an update needs the ID. */
export const mostPagesToUpdate = number({
	...mostPagesProperty,
	displayOptions: { show: { ifExists: ['update'] } },
	description: `To update, the ID is looked for in the conversations. ${mostPagesProperty.description}`,
});

/** The same where a field is shown only in some cases. */
export const mostPagesToFind = (shown: Pick<INodeProperties, 'displayOptions'>) =>
	number({ ...mostPagesProperty, ...shown });

/** What a lead is known under in a run: addresses count in any case (inferred). */
const keyOf = (address: string): string => address.toLowerCase();

/**
 * The only way from an e-mail address to a lead's ID (SEED has no search): conversations, newest first, name their
 * leads. No two leads have one address, since a second one is refused.
 */
const conversations = (most: number): SearchedList => ({
	name: `conversations, ${most} pages`,
	pages: (read) => pages(read, get`/conversations`, most * pageSize),
	records: many('conversations').records,
	thingsIn: ({ leads }) =>
		(Array.isArray(leads) ? leads : [])
			.filter(isRecord)
			.filter(({ id, email: address }) => id !== undefined && typeof address === 'string')
			.map(({ id, email: address }) => ({
				keys: [keyOf(String(address))],
				thing: { id: String(id), email: String(address) },
			})),
	isUnique: true,
	mostPages: most,
});

/**
 * The look-up of a lead by its e-mail address.
 * @param most pages of conversations that are read
 */
export const leadByEmail = (address: string, most: number, ifNotFound: IfNotFound): Asked => ({
	property: email.property,
	lookup: {
		key: `lead ${keyOf(address)}`,
		entered: address,
		thing: 'lead',
		search: { list: conversations(most), keys: [keyOf(address)] },
		idOf: ({ id }) => String(id),
		nameOf: ({ email: own }) => String(own),
		ifNotFound,
		ifNone: 'Saleswhale names only leads that are or were in a conversation.',
	},
});

/** The ID that a form goes on with while it is not known whose it is: nothing is sent with it. */
export const noId = '0';

/** An e-mail address; its value is the ID of the lead that has it. */
export const emailToFind: Field<'email', string> = {
	...field({ ...email.property, name: 'email' }, (raw, item: Item) => {
		const address = email.read(raw, item);
		const most = mostPages.read(item.sibling?.(mostPages.name), item) ?? 1;
		const notFound: IfNotFound = { do: 'tell', record: { found: false, email: address } };
		item.lookUp?.('email', leadByEmail(address, most, notFound));
		return noId;
	}),
	settings: [mostPages],
};
