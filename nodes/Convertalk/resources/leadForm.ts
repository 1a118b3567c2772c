import { email, text, webUrl } from '../../engine/form/text';
import { choice } from '../../engine/form/choice';
import { wasLeftEmpty } from '../../engine/form/empty';
import { compact } from '../../engine/form/filled';
import {
	example,
	field,
	fieldError,
	type Item,
	type Property,
	readsAsMeant,
	versionThatReads,
} from '../../engine/form/fields';
import { located } from '../../engine/form/located';
import { quote } from '../../engine/util/text';
import { id } from '../../engine/form/id';
import { group } from '../../engine/form/collections';
import { attributes, notes, tags } from './leadLists';
import { dialCode, enteredPhone, leadPhone } from './leadPhone';
import { chatStatuses } from './statuses';

/** What names and addresses have in them, and what JSON puts around a value. */
const isInNoChatId = /[\s@"'{}<>[\]]/;

/**
 * The ID of a chat. No document has its form. The first data for an unknown one make a lead (SEED), so that a wrong
 * column would make one of each name or address in it.
 */
function chatId<const Name extends string>(property: Property<Name>) {
	const plain = id(property);
	return field(property, (raw, item) => {
		const value = plain.read(raw, item);
		if (!readsAsMeant(item) || !isInNoChatId.test(value)) return value;
		const what = `is ${quote(value)}, which is not a valid ID`;
		throw fieldError(property, what, `Enter an ID${example(property)}.`);
	});
}

/** The id of a lead, which is that of its chat; the value is checked and trimmed. */
export const uuid = located({
	since: versionThatReads,
	before: {
		displayName: 'Chat ID',
		name: 'uuid',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. 9f1c2a34-5b6d-4e7f-8a9b-0c1d2e3f4a5b',
		displayOptions: { show: { matchBy: ['chatId'] } },
		description: "The ID of the visitor's chat. Take it from the trigger or from Get Many.",
	},
	now: {
		displayName: 'Chat',
		description: "The visitor's chat: a lead from the list, or an ID from the trigger or Get Many",
		list: { search: 'searchLeads', placeholder: 'Select a lead…' },
	},
	id: chatId,
});

/** SEED, Request Body. */
const entered = group(
	{
		displayName: 'Fields',
		name: 'fields',
		type: 'collection',
		placeholder: 'Add Field',
		default: {},
	},
	[
		id({
			displayName: 'Agent ID',
			name: 'agentId',
			type: 'string',
			default: '',
			placeholder: 'e.g. 64b0f3a2c9e77c0012ab34cf',
			description: 'The agent that the lead is assigned to',
		}),
		dialCode,
		email({
			displayName: 'Email',
			name: 'email',
			type: 'string',
			default: '',
			placeholder: 'e.g. nathan@example.com',
		}),
		text({
			displayName: 'Name',
			name: 'name',
			type: 'string',
			default: '',
			placeholder: 'e.g. Nathan Smith',
		}),
		enteredPhone,
		webUrl({
			displayName: 'Picture',
			name: 'picture',
			type: 'string',
			default: '',
			placeholder: 'e.g. https://example.com/nathan.png',
			description: 'The address of an image of the lead',
		}),
		choice({
			displayName: 'Status',
			name: 'status',
			type: 'options',
			default: 'OPEN',
			options: chatStatuses,
			description: 'Status of the chat',
		}),
	],
);

/** What is written of a lead by its name; its phone number becomes a dial code and a number. */
const person = {
	...entered,
	read: (raw: unknown, item: Item) => {
		const { phone, ...rest } = entered.read(raw, item);
		const { dialCode: code, ...others } = rest;
		// The code of a number that came out empty would become that of the one which the lead has.
		const isWithoutNumber = wasLeftEmpty(raw, enteredPhone.name, item);
		return { ...(isWithoutNumber ? others : rest), ...leadPhone({ dialCode: code, phone }, item) };
	},
};

const lists = [tags, notes, attributes] as const;

/** Whether somebody added something to a set of fields or rows. */
const isAdded = (raw: unknown): boolean =>
	typeof raw === 'object' && raw !== null && Object.keys(raw).length > 0;

/**
 * The fields of a lead, of which nothing may be filled in only where something else is written.
 * @throws UserError where all that was added comes out empty: its columns were not mapped, and it would end well
 */
export const fields = {
	...person,
	read: (raw: unknown, item: Item) => {
		const values = person.read(raw, item);
		if (!readsAsMeant(item) || Object.keys(compact(values)).length > 0) return values;
		const given = lists.map((each) => ({ ...each, raw: item.sibling?.(each.name) }));
		const isFilled = given.some(({ read, raw: own }) => read(own, item).length > 0);
		if (isFilled || ![raw, ...given.map(({ raw: own }) => own)].some(isAdded)) return values;
		throw fieldError(person.property, 'is empty', 'Add at least one field to change.');
	},
};
