/** Prints how the rate limiter shares a limit, and writes docs/scale.svg and a table in docs/scale.md. */
import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import Table from 'cli-table3';
import { type Panel, plot } from '../plot.mts';
import { type Case, equalCases, otherCases } from './cases.mts';
import { type Kind, kinds } from './limits.mts';
import { countIn, jain, type Scenario, simulate } from './simulation.mts';

const minute = 60_000;
const duration = 10 * minute;
/** The goals: the least share of the limit that is to be used, and the most refusals for each request taken. */
const leastUse = 0.9;
const mostRefused = 0.2;

interface Measured {
	/** Of what the limit allows, over all ten minutes. */
	use: number;
	/** For each request that was taken: over all, and over the last half. */
	refused: number;
	refusedLate: number;
	/** Jain's index over the last half, among those who want as much as they can have and stay. */
	fairness: number;
}

async function measure({ perSecond, processes, known }: Case, kind: Kind): Promise<Measured> {
	const scenario: Scenario = {
		kind,
		processes,
		known,
		duration,
		limit: { requests: perSecond, perMs: 1000 },
	};
	const { taken, refused } = await simulate(scenario);
	const half = duration / 2;
	const total = (list: number[][], from = 0) =>
		list.reduce((sum, moments) => sum + countIn(moments, from, duration), 0);
	const greedy = taken.filter((_, n) => !processes[n]?.demand && !processes[n]?.until);
	return {
		use: total(taken) / ((perSecond * duration) / 1000),
		refused: total(refused) / total(taken),
		refusedLate: total(refused, half) / total(taken, half),
		fairness: jain(greedy.map((moments) => countIn(moments, half, duration))),
	};
}

const columns = ['Processes', 'Limit', 'Use', 'Refused / taken', 'after 5 min', 'Fairness (Jain)'];
const rows: string[][] = [];
const measured = new Map<Case, Map<Kind, Measured>>();
for (const each of [...equalCases, ...otherCases]) {
	const byKind = new Map<Kind, Measured>();
	measured.set(each, byKind);
	for (const kind of Object.keys(kinds) as Kind[]) {
		const found = await measure(each, kind);
		byKind.set(kind, found);
		rows.push([each.title, kind, ...cellsOf(found)]);
	}
}
const table = new Table({ head: columns });
table.push(...rows);
console.log(table.toString());
await writeTable();
await plot(fileURLToPath(new URL('../../docs/scale.svg', import.meta.url)), {
	title: 'Equal processes on one key, over ten simulated minutes',
	panels: [
		panel('Use of the limit', ({ use }) => use, { goal: leastUse, max: 1.05 }),
		panel('Refused for each taken', ({ refused }) => refused, { goal: mostRefused, max: 1 }),
		panel('The same after five minutes', ({ refusedLate }) => refusedLate, {
			goal: mostRefused,
			max: 1,
		}),
		panel('Fairness after five minutes (Jain)', ({ fairness }) => fairness, { max: 1.05 }),
	],
});

/** What misses its goal is in bold. */
function cellsOf({ use, refused, refusedLate, fairness }: Measured): string[] {
	const mark = (value: number, isGood: boolean) =>
		isGood ? value.toFixed(3) : `**${value.toFixed(3)}**`;
	return [
		mark(use, use >= leastUse),
		mark(refused, refused < mostRefused),
		mark(refusedLate, refusedLate < mostRefused),
		fairness.toFixed(3),
	];
}

/** A line for each kind and size of limit, over the number of processes. */
function panel(
	title: string,
	of: (one: Measured) => number,
	{ goal, max }: { goal?: number; max: number },
): Panel {
	const lines = [5, 50].flatMap((perSecond) =>
		(Object.keys(kinds) as Kind[]).map((kind) => ({
			name: `${kind}, ${perSecond}/s`,
			points: equalCases
				.filter((one) => one.perSecond === perSecond)
				.map((one) => {
					const found = measured.get(one)?.get(kind);
					return [one.processes.length, found ? of(found) : Number.NaN] as const;
				}),
		})),
	);
	const ends =
		goal === undefined
			? []
			: ([
					[1, goal],
					[200, goal],
				] as const);
	return {
		title,
		x: { name: 'processes', isLogarithmic: true },
		y: { name: '', min: 0, max },
		lines: [...lines, { name: 'goal', isDashed: true, points: ends }],
	};
}

/** Puts the table between its two marks in docs/scale.md. */
async function writeTable(): Promise<void> {
	const page = new URL('../../docs/scale.md', import.meta.url);
	const [begin, end] = ['<!-- simulated -->', '<!-- end of simulated -->'];
	const line = (cells: string[]) => `| ${cells.join(' | ')} |`;
	const text = [line(columns), line(columns.map(() => '---')), ...rows.map(line)].join('\n');
	const before = await readFile(page, 'utf8');
	const after = before.replace(new RegExp(`${begin}[^]*${end}`), `${begin}\n${text}\n${end}`);
	if (after === before && !before.includes(text))
		throw new Error('docs/scale.md lacks its two marks.');
	await writeFile(page, after);
}
