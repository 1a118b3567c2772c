import type { INodeProperties, UserError } from 'n8n-workflow';
import { choice } from '../form/choice';
import { date } from '../form/date';
import { type Field, field, fieldError, narrowing } from '../form/fields';
import { flag } from '../form/flag';
import { number } from '../form/number';
import type { Request } from '../http/request';
import type { Output } from './operation';

const onlyNew = (what: string) =>
	narrowing(
		'record',
		flag({
			displayName: 'Only New Since Last Run',
			name: 'onlyNew',
			type: 'boolean',
			default: false,
			description: `Whether to return only what no run before returned: ${what}; as items, the oldest first. A run counts when its execution ends well; a manual run never does.`,
		}),
	);

/** By what a list tells of. */
const switches = {
	new: onlyNew('each new one once'),
	changed: onlyNew('each new or changed one once for each change'),
};

const shown = (more: Record<string, string[]> = {}) => ({ show: { onlyNew: [true], ...more } });

const startFrom = choice({
	displayName: 'Start From',
	name: 'startFrom',
	type: 'options',
	default: 'now',
	options: [
		{
			name: 'Date',
			value: 'date',
			description: 'The first run returns what is there since a date',
		},
		{ name: 'Now', value: 'now', description: 'The first run returns nothing' },
	],
	displayOptions: shown(),
	description: 'What the first run returns. With other filters or another key, it starts again.',
});

const anyDate = date({
	displayName: 'Start Date',
	name: 'startDate',
	type: 'dateTime',
	default: '',
	displayOptions: shown({ startFrom: ['date'] }),
	description: 'The first run returns what is there since then',
});
/** n8n asks for it where it is shown, and hands it on empty where it is not. */
const startDate = field({ ...anyDate.property, name: 'startDate', required: true }, anyDate.read);

const overlap = number({
	displayName: 'Overlap (Minutes)',
	name: 'overlap',
	type: 'number',
	default: 5,
	typeOptions: { minValue: 0, maxValue: 10_080 },
	displayOptions: shown(),
	description:
		'How late a record may show, and how far clocks may be apart, so that none is lost. What comes again for it is left out.',
});

/** The fields that a list brings with it where what is new in it can be told. */
export function onlyNewFields({ newness }: Pick<Output, 'newness'>): readonly Field[] {
	if (!newness) return [];
	// Where all of a list is read and each record is remembered, no clock counts.
	const clock = newness.reach === 'whole' ? [] : [overlap];
	return [switches[newness.of], startFrom, startDate, ...clock];
}

/** A filter that says itself from where on a list is read. */
export const ownMark = (property: Pick<INodeProperties, 'displayName'>): UserError =>
	fieldError(
		property,
		"cannot be combined with 'Only New Since Last Run'",
		"Remove it. A date to begin with goes into 'Start From'.",
	);

/** No vendor is so old: a number that was no date comes to such a day, and all windows from there on would be read. */
const earliest = Date.UTC(2000, 0);

/** @throws UserError where what is chosen cannot go together; nothing is sent then */
export function checkOnlyNew(
	{ newness }: Pick<Output, 'newness'>,
	values: Record<string, unknown>,
	request: Request,
): void {
	if (!newness || values.onlyNew !== true) return;
	newness.since(request, new Date(0));
	if (values.startFrom === 'date' && values.startDate === undefined)
		throw fieldError(startDate.property, 'is empty', 'Pick a date.');
	const start = values.startFrom === 'date' ? new Date(String(values.startDate)) : undefined;
	if (start && start.getTime() < earliest)
		throw fieldError(
			startDate.property,
			`is ${start.toISOString()}, which is before any record`,
			'Pick a later date.',
		);
}

/**
 * What the first run begins with: by a date that has yet to come it would note nothing, run after run.
 * @throws UserError where Start Date is in the future
 */
export function checkStart({ startFrom, startDate }: Record<string, unknown>): void {
	if (startFrom !== 'date' || Date.parse(String(startDate)) <= Date.now()) return;
	throw fieldError(
		anyDate.property,
		`is ${String(startDate)}, which is in the future`,
		"Pick an earlier date, or choose Now in 'Start From'.",
	);
}
