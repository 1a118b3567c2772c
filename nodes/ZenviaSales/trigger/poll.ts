import {
	type IDataObject,
	type INodePropertyOptions,
	type IPollFunctions,
	NodeOperationError,
} from 'n8n-workflow';
import { isNothing } from '../../engine/form/empty';
import { readMoment } from '../../engine/form/moment';
import { get } from '../../engine/http/request';
import { many } from '../../engine/operation/operation';
import type { PolledList, PollingTrigger } from '../../engine/polling/poll';
import { slicedList } from '../../engine/polling/slicedList';
import { longestRangeMs, madeBetween, newOnes, pages } from '../resources/pages';
import { zenviaSales } from '../vendor';
import { type EventName, eventOptions, readEvent } from './events';

const minuteMs = 60_000;

/** Zenvia's lists, what a notification calls their records, and which events show in them (SEED, lists). */
const sources = [
	{
		topic: 'interactions',
		field: 'interaction',
		thing: 'Interaction',
		request: get`/prospects/interactions`,
		events: ['call', 'messageReceived', 'messageSent', 'note', 'otherInteraction'],
	},
	{
		topic: 'prospects',
		field: 'prospect',
		thing: 'Prospect',
		request: get`/prospects`,
		events: ['prospectCreated'],
	},
	{
		topic: 'quotes',
		field: 'quote',
		thing: 'Quote',
		request: get`/prospects/quotes`,
		events: ['quoteCreated'],
	},
] as const;
type Source = (typeof sources)[number];

const shown = new Set<string>(sources.flatMap(({ events }) => [...events]));

/** Trigger On. A list has what was made; that something changed, and an assignment, it does not tell. */
export const polledEvents: INodePropertyOptions[] = eventOptions
	.filter(({ value }) => shown.has(String(value)))
	.map(({ description, ...option }) => ({
		...option,
		...(description && { description: description.replace(/, or its record changed$/, '') }),
	}));

/** The Zenvia Sales Poll Trigger: what was made since the last poll, by the vendor's filter for dates. */
export const zenviaSalesPollTrigger: PollingTrigger = {
	vendor: zenviaSales,
	name: 'zenviaSalesPollTrigger',
	events: [...shown],
	lists: (context, events) =>
		sources
			.filter((source) => source.events.some((event: EventName) => events.includes(event)))
			.map((source) => listOf(source, context, events)),
	scopeOf: (_, client) => client.identityOf(get`/prospects`),
	untilFirst: 'Wait until something of what you chose has happened, and test again.',
};

function listOf(source: Source, context: IPollFunctions, events: string[]): PolledList {
	const startFrom = context.getNodeParameter('startFrom', 'now');
	const startDate = context.getNodeParameter('startDate', '');
	const { overlap } = context.getNodeParameter('options', {}) as { overlap?: unknown };
	return slicedList({
		name: source.topic,
		vendor: zenviaSales,
		newness: newOnes(source.thing),
		pages,
		request: source.request,
		between: madeBetween,
		records: many().records,
		itemOf: (record) => {
			const item = foundEvent(source, record);
			return item && events.includes(String(item.event)) ? item : undefined;
		},
		longestMs: longestRangeMs - minuteMs,
		overlapMs: overlapOf(context, overlap) * minuteMs,
		...(startFrom === 'date' && { firstFrom: startOf(context, startDate) }),
	});
}

/** In minutes, as the form has them. */
const overlaps = { usual: 5, least: 1, most: 1440 };

/** Nothing, as an expression may come out, is no overlap of nothing: what shows late would be lost. */
function overlapOf(context: IPollFunctions, given: unknown): number {
	const { usual, least, most } = overlaps;
	if (isNothing(given)) return usual;
	const minutes = ['number', 'string'].includes(typeof given) ? Number(given) : Number.NaN;
	if (minutes >= least && minutes <= most) return minutes;
	throw new NodeOperationError(
		context.getNode(),
		`'Overlap (Minutes)' is not a number from ${least} to ${most}. Enter one.`,
	);
}

/** No record is so old. */
const earliest = Date.UTC(2000, 0);

/** Without a zone, it is in the workflow's, as n8n's own picker writes it. */
function startOf(context: IPollFunctions, startDate: unknown): number {
	const moment = Date.parse(String(readMoment(startDate, context.getTimezone())?.iso));
	if (moment >= earliest && moment <= Date.now()) return moment;
	throw new NodeOperationError(
		context.getNode(),
		"'Start Date' is empty, or not a date between 2000 and now. Pick a date.",
	);
}

/** What a notification would say of a record that was made, as far as the list has it. */
function foundEvent({ topic, field }: Source, record: IDataObject): IDataObject | undefined {
	const { prospectId } = record;
	return readEvent({
		topic,
		type: 'created',
		...(field !== 'prospect' && prospectId !== undefined && { prospect: { id: prospectId } }),
		[field]: record,
	});
}
