import type { INodeProperties } from 'n8n-workflow';
import { choice } from '../../engine/form/choice';
import { isNothing, meant } from '../../engine/form/empty';
import { type Field, field, fieldError, type Item, type Property } from '../../engine/form/fields';
import { failOrSkip, ifNotFoundField } from '../../engine/form/ifNotFoundField';
import type { Lookup, SearchedList } from '../../engine/form/lookup';
import { readPhone, spellings } from '../../engine/form/phone';
import { onlyPhone, phoneFormatOf, understood } from '../../engine/form/phoneField';
import { email } from '../../engine/form/text';
import { get } from '../../engine/http/request';
import { many } from '../../engine/operation/operation';
import { trimInvisible } from '../../engine/util/invisible';
import { dig } from '../../engine/util/json';
import { quote } from '../../engine/util/text';
import { listTypes, queryPages } from '../vendor';
import { uuid } from './leadForm';
import { storedPhone } from './leadPhone';

/** How the lead is told that is written to. */
export const matchBy = choice({
	displayName: 'Match By',
	name: 'matchBy',
	type: 'options',
	default: 'chatId',
	options: [
		{
			name: 'Chat ID',
			value: 'chatId',
			description: 'One from the list, or the ID that the bot gave to the chat (uuid)',
		},
		{ name: 'Email', value: 'email', description: 'Reads the list of leads once in a run' },
		{ name: 'Phone', value: 'phone', description: 'Reads the list of leads once in a run' },
	],
	description: 'How to find the lead to write to',
});

const matchEmailProperty: Property<'matchEmail'> = {
	displayName: 'Email to Match',
	name: 'matchEmail',
	type: 'string',
	default: '',
	placeholder: 'e.g. nathan@example.com',
	displayOptions: { show: { matchBy: ['email'] } },
	description: 'The e-mail address that the lead has now',
};

const matchPhoneProperty: Property<'matchPhone'> = {
	displayName: 'Phone to Match',
	name: 'matchPhone',
	type: 'string',
	default: '',
	placeholder: 'e.g. +55 11 98765 4321',
	displayOptions: { show: { matchBy: ['phone'] } },
	description:
		'The phone number that the lead has now, with its country code. Other ways to write it in its country are tried too.',
};

const ifNotFound = ifNotFoundField({
	displayOptions: { show: { matchBy: ['email', 'phone'] } },
	description:
		'What to do if no lead has it. A lead cannot be created, since the bot makes the chat.',
});

/** Read by the UUID's field, if they are what was chosen; hidden, they may hold anything. */
const matchEmail = field(matchEmailProperty, (raw) => raw);
const matchPhone = field(matchPhoneProperty, (raw) => raw);

const keyOfEmail = (address: string): string => trimInvisible(address).toLowerCase();

/** What a stored lead is found by: an empty text is no address of anybody. */
function keysOf(email: unknown, phone: unknown): string[] {
	const address = typeof email === 'string' ? keyOfEmail(email) : '';
	const number = storedPhone(dig(phone, 'prefix'), dig(phone, 'number'));
	return [...(address === '' ? [] : [address]), ...(number === undefined ? [] : [number])];
}

/** WL, BPNEW: the list of leads has their contact data. No request finds one of them, and no document has an order. */
const leads: SearchedList = {
	name: 'leads',
	pages: (read) =>
		queryPages(read, { ...get`/inbox/direct/chats`, query: { type: listTypes.lead } }, Infinity),
	records: many('data').records,
	thingsIn: ({ uuid: id, status, profile }) => {
		const details = dig(profile, 'userDetails');
		const contact = dig(details, 'contact');
		const name = [dig(details, 'name'), status].filter(Boolean).join(', ');
		const keys = keysOf(dig(contact, 'email'), dig(contact, 'phone'));
		return [{ keys, thing: { ...(!isNothing(id) && { uuid: String(id) }), name, status } }];
	},
	isUnique: false,
};

const lookup = (
	property: INodeProperties,
	entered: string,
	keys: readonly string[],
	otherwise: string,
): Lookup => ({
	key: `lead ${[...keys].sort()[0]}`,
	entered,
	thing: 'lead',
	search: { list: leads, keys },
	idOf: ({ uuid: id }) => {
		if (typeof id === 'string') return id;
		const what = `is ${quote(entered)}, which a lead has that Convertalk lists without its chat ID`;
		throw fieldError(property, what, 'It cannot be written to: leave the item out.');
	},
	nameOf: ({ name }) => String(name),
	isOpen: ({ status }) => status !== 'CLOSED',
	ifNotFound: failOrSkip(otherwise),
	ifSeveral: "Leave the chat of only one of them open, or set 'Match By' to Chat ID.",
});

/** @throws UserError where nothing was entered */
function entered(property: INodeProperties, item: Item): unknown {
	const given = item.sibling?.(property.name);
	const raw = item.isTool ? meant(given) : given;
	if (isNothing(raw)) throw fieldError(property, 'is empty', 'Enter a value.');
	return raw;
}

function keysFor(by: string, item: Item): { property: INodeProperties; keys: string[] } {
	if (by === 'email') {
		const address = email(matchEmailProperty).read(entered(matchEmailProperty, item), item);
		return { property: matchEmailProperty, keys: [keyOfEmail(address)] };
	}
	const one = onlyPhone(matchPhoneProperty, entered(matchPhoneProperty, item));
	const { isRead, country } = phoneFormatOf(item);
	// Default Country is in the form only where numbers are normalised.
	const read = isRead ? readPhone(one, country) : readPhone(one, undefined, '');
	const { e164 } = understood(matchPhoneProperty, one, read, item);
	return { property: matchPhoneProperty, keys: spellings(e164) };
}

/** The ID that a form goes on with while it is not known whose it is: nothing is sent with it. */
const standIn = '00000000-0000-0000-0000-000000000000';

/** The lead that is written to: its UUID as it was entered, or that of the one who has an e-mail or a phone. */
export const matchedUuid: Field<'uuid', string> = {
	...uuid,
	settings: [matchEmail, matchPhone, ifNotFound],
	read: (raw, item) => {
		const by = matchBy.read(item.sibling?.(matchBy.name), item);
		if (by !== 'email' && by !== 'phone') return uuid.read(raw, item);
		const { property, keys } = keysFor(by, item);
		const written = String(item.sibling?.(property.name)).trim();
		const otherwise = ifNotFound.read(item.sibling?.(ifNotFound.name), item);
		item.lookUp?.('uuid', { property, lookup: lookup(property, written, keys, otherwise) });
		return standIn;
	},
};
