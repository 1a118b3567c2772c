import { choice } from '../../engine/form/choice';
import { rows } from '../../engine/form/collections';
import { fieldError, type Item, readsAsMeant } from '../../engine/form/fields';
import { reference } from '../../engine/form/text';
import { quote } from '../../engine/util/text';
import { readIdentification } from './identification';
import { ninTypes } from './options';

const number = reference({
	displayName: 'Number',
	name: 'number',
	type: 'string',
	default: '',
	placeholder: 'e.g. 529.982.247-25',
});

const typed = rows(
	{
		displayName: 'National Identification Numbers',
		name: 'nin',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true },
		placeholder: 'Add Number',
		default: {},
	},
	{ displayName: 'Number', name: 'number' },
	[
		choice({
			displayName: 'Type',
			name: 'type',
			type: 'options',
			options: ninTypes,
			default: 'CPF',
		}),
		number,
	],
	{ leavesOutEmpty: true },
);

type Row = ReturnType<typeof typed.read>[number];

/** National identification numbers, those left out whose column is empty: a row always has a type. */
export const nin = {
	...typed,
	read: (raw: unknown, item: Item): Row[] => {
		const filled = typed.read(raw, item).filter((row) => row.number?.trim());
		return readsAsMeant(item) ? filled.map((row) => ({ ...row, number: held(row, item) })) : filled;
	},
};

/** @throws UserError for what is no number of its type */
function held({ type = 'CPF', number: given = '' }: Row, item: Item): string {
	const read = readIdentification(type, given);
	const written = `is ${quote(given)}`;
	if ('why' in read) throw fieldError(number.property, `${written}, ${read.why}`, 'Correct it.');
	if (read.number !== given) {
		item.notice?.(number.property, `${written}, which was read as ${read.number}`);
	}
	return read.number;
}
