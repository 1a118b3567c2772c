import type { Process } from './simulation.mts';

const minute = 60_000;

/** Processes on one key, and the limit of that key. */
export interface Case {
	title: string;
	/** The limit, in requests a second. */
	perSecond: number;
	processes: Process[];
	/** False where the vendor names no limit and the processes have to find it. */
	known?: boolean;
}

const equal = (count: number): Process[] => Array.from({ length: count }, () => ({}));
const wanting = (demand: number, count: number): Process[] =>
	Array.from({ length: count }, () => ({ demand }));

/** Equal processes, by their number: what the plot shows. */
export const equalCases: Case[] = [
	...[1, 2, 3, 5, 10, 20].map((n) => ({ title: `${n} on 5/s`, perSecond: 5, processes: equal(n) })),
	...[2, 5, 10, 20, 50, 100, 200].map((n) => ({
		title: `${n} on 50/s`,
		perSecond: 50,
		processes: equal(n),
	})),
];

/** Unknown limits, uneven loads, processes that come and go. */
export const otherCases: Case[] = [
	...[1, 2].map((n) => ({
		title: `${n} on 5/s, limit not known`,
		perSecond: 5,
		processes: equal(n),
		known: false,
	})),
	{ title: '200 on 100/s', perSecond: 100, processes: equal(200) },
	{ title: '4 on 5/s, 3 of them want 0.5/s', perSecond: 5, processes: [{}, ...wanting(0.5, 3)] },
	{
		title: '10 on 50/s, 5 of them want 1/s',
		perSecond: 50,
		processes: [...equal(5), ...wanting(1, 5)],
	},
	{
		title: '60 on 50/s, 50 of them want 0.2/s',
		perSecond: 50,
		processes: [...equal(10), ...wanting(0.2, 50)],
	},
	{
		title: '3 on 5/s, one comes at 2 min, one goes at 4 min',
		perSecond: 5,
		processes: [{}, { from: 2 * minute }, { until: 4 * minute }],
	},
	{
		title: '20 on 50/s, one more comes each 15 s',
		perSecond: 50,
		processes: Array.from({ length: 20 }, (_, n) => ({ from: (n * minute) / 4 })),
	},
	{
		title: '20 on 50/s, 15 of them go at 5 min',
		perSecond: 50,
		processes: [...equal(5), ...Array.from({ length: 15 }, () => ({ until: 5 * minute }))],
	},
];
