import { choice } from '../form/choice';
import { date } from '../form/date';
import { fieldError } from '../form/fields';
import { flag } from '../form/flag';
import { number } from '../form/number';

const limitWaitTime = flag({
	displayName: 'Limit Wait Time',
	name: 'limitWaitTime',
	type: 'boolean',
	default: false,
	description:
		'Whether the execution goes on without a response after some time. The item then has {"replied": false}.',
});

const limited = (limitType: string) => ({
	show: { limitWaitTime: [true], limitType: [limitType] },
});

const limitType = choice({
	displayName: 'Limit Type',
	name: 'limitType',
	type: 'options',
	default: 'afterTimeInterval',
	options: [
		{ name: 'After Time Interval', value: 'afterTimeInterval' },
		{ name: 'At Specified Time', value: 'atSpecifiedTime' },
	],
	displayOptions: { show: { limitWaitTime: [true] } },
	description: 'When the execution goes on without a response. n8n looks once a minute.',
});

const resumeAmount = number({
	displayName: 'Amount',
	name: 'resumeAmount',
	type: 'number',
	default: 45,
	typeOptions: { minValue: 0, maxValue: 100_000, numberPrecision: 2 },
	displayOptions: limited('afterTimeInterval'),
	description: 'How long to wait',
});

const minuteMs = 60_000;
const unitsMs: Record<string, number> = {
	minutes: minuteMs,
	hours: 60 * minuteMs,
	days: 24 * 60 * minuteMs,
};

const resumeUnit = choice({
	displayName: 'Unit',
	name: 'resumeUnit',
	type: 'options',
	default: 'minutes',
	options: [
		{ name: 'Days', value: 'days' },
		{ name: 'Hours', value: 'hours' },
		{ name: 'Minutes', value: 'minutes' },
	],
	displayOptions: limited('afterTimeInterval'),
});

const maxDateAndTime = date({
	displayName: 'Max Date and Time',
	name: 'maxDateAndTime',
	type: 'dateTime',
	default: '',
	displayOptions: limited('atSpecifiedTime'),
	description: 'Until when to wait',
});

/** How long an answer is waited for. */
export const limitFields = [
	limitWaitTime,
	limitType,
	resumeAmount,
	resumeUnit,
	maxDateAndTime,
] as const;

/** What those fields say, by name. */
export interface LimitValues {
	limitWaitTime: boolean;
	limitType: string;
	resumeAmount: number | undefined;
	resumeUnit: string;
	maxDateAndTime: string | undefined;
}

/** Until when an answer is waited for; for good where it is undefined. @throws UserError for a time that is over */
export function untilOf(values: LimitValues): Date | undefined {
	if (!values.limitWaitTime) return undefined;
	if (values.limitType === 'afterTimeInterval') {
		const ms = (values.resumeAmount ?? 0) * (unitsMs[values.resumeUnit] ?? minuteMs);
		return new Date(Date.now() + ms);
	}
	const { property } = maxDateAndTime;
	const until = values.maxDateAndTime;
	if (until === undefined) throw fieldError(property, 'is empty', 'Pick a date.');
	if (Date.parse(until) > Date.now()) return new Date(until);
	throw fieldError(property, `is ${until}, which is over`, 'Pick a later one.');
}
