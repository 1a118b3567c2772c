import type { Item } from '../../engine/form/fields';
import type { Finds } from '../../engine/form/located';
import type { Lookup, SearchedList } from '../../engine/form/lookup';
import { byText } from '../../engine/form/resourceLocator';
import { email as emailIn } from '../../engine/form/text';
import { get } from '../../engine/http/request';
import { many } from '../../engine/operation/operation';
import { dig } from '../../engine/util/json';
import { email, noId } from './fields';

/** The way to name a user by the e-mail address. */
export const byEmail = byText('By Email', 'email', email.placeholder ?? '');

const keyOf = (address: string): string => address.toLowerCase();

const usersIn = (body: unknown) => many().records(dig(body, 'agents'));

/**
 * SEED, Transfer: the one list of users that needs no group. It needs the scope integration:act-as-user, and a user to
 * act as.
 */
const users: SearchedList = {
	name: 'users',
	async *pages(read) {
		yield (await read(get`/as-user/transfer`)).records;
	},
	records: usersIn,
	thingsIn: (user) =>
		typeof user.email === 'string' ? [{ keys: [keyOf(user.email)], thing: user }] : [],
	isUnique: false,
};

/**
 * Finds a user by the e-mail address.
 * @param displayName of the field, such as "Agent"
 */
export function findsUser(displayName: string): Finds {
	const thing = displayName.toLowerCase();
	const address = emailIn({ ...email, displayName, name: 'email', required: true });
	const lookup = (mode: string, value: unknown, item: Item): Lookup | undefined => {
		if (mode !== 'email') return undefined;
		const entered = address.read(value, item);
		return {
			key: `user ${keyOf(entered)}`,
			entered,
			thing,
			search: { list: users, keys: [keyOf(entered)] },
			idOf: ({ id }) => String(id),
			nameOf: ({ firstName, lastName }) => [firstName, lastName].filter(Boolean).join(' '),
			ifNotFound: { do: 'fail', hint: `Correct it, or choose the ${thing} from the list.` },
		};
	};
	return { lookup, standIn: noId };
}
