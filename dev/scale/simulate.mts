/** Prints how the pacer shares a limit, and draws it: `npx tsx dev/scale/simulate.mts`. */
import { writeFile } from 'node:fs/promises';
import Table from 'cli-table3';
import { type Kind, kinds } from './limits.mts';
import { countIn, jain, type Process, type Scenario, simulate } from './simulation.mts';

const minute = 60_000;
const duration = 10 * minute;

interface Case {
	title: string;
	perSecond: number;
	processes: Process[];
	known?: boolean;
}

const equal = (count: number): Process[] => Array.from({ length: count }, () => ({}));
const cases: Case[] = [
	...[1, 2, 3].map((n) => ({ title: `${n} on 5/s`, perSecond: 5, processes: equal(n) })),
	{ title: '1 on 5/s, limit not known', perSecond: 5, processes: equal(1), known: false },
	{ title: '2 on 5/s, limit not known', perSecond: 5, processes: equal(2), known: false },
	{ title: '10 on 5/s', perSecond: 5, processes: equal(10) },
	...[10, 50].map((n) => ({ title: `${n} on 50/s`, perSecond: 50, processes: equal(n) })),
	{ title: '200 on 100/s', perSecond: 100, processes: equal(200) },
	{
		title: '10 on 50/s, 5 of them want 1/s',
		perSecond: 50,
		processes: [...equal(5), ...Array.from({ length: 5 }, () => ({ demand: 1 }))],
	},
	{
		title: '3 on 5/s, one comes at 2 min, one goes at 4 min',
		perSecond: 5,
		processes: [{}, { from: 2 * minute }, { until: 4 * minute }],
	},
];

interface Measured {
	use: number;
	refusals: number;
	lateRefusals: number;
	fairness: number;
}

/** Fairness over the last half, among those who want as much as they can have and stay. */
async function measure({ perSecond, processes, known }: Case, kind: Kind): Promise<Measured> {
	const scenario: Scenario = {
		kind, processes, known, duration, limit: { requests: perSecond, perMs: 1000 },
	};
	const { taken, refused } = await simulate(scenario);
	const total = (list: number[][], from = 0) =>
		list.reduce((sum, moments) => sum + countIn(moments, from, duration), 0);
	const greedy = taken.filter((_, n) => !processes[n]?.demand && !processes[n]?.until);
	const half = duration / 2;
	return {
		use: total(taken) / ((perSecond * duration) / 1000),
		refusals: total(refused) / total(taken),
		lateRefusals: total(refused, half) / total(taken, half),
		fairness: jain(greedy.map((moments) => countIn(moments, half, duration))),
	};
}

const columns = ['Processes', 'Limit', 'Use', 'Refused / taken', 'after 5 min', 'Fairness (Jain)'];
const table = new Table({ head: columns });
const bars: Array<{ label: string; use: number }> = [];
for (const each of cases) {
	for (const kind of Object.keys(kinds) as Kind[]) {
		const { use, refusals, lateRefusals, fairness } = await measure(each, kind);
		table.push([each.title, kind, ...[use, refusals, lateRefusals, fairness].map((n) => n.toFixed(3))]);
		bars.push({ label: `${each.title}, ${kind}`, use });
	}
}
console.log(table.toString());
await writeFile(new URL('../../docs/scale.svg', import.meta.url), draw());

/** One bar for each line of the table: how much of the limit was used. */
function draw(): string {
	const [left, row, width] = [400, 18, 320];
	const lines = bars.map(({ label, use }, n) => {
		const y = 40 + n * row;
		const length = Math.min(1, use) * width;
		return `<text x="${left - 8}" y="${y + 10}" text-anchor="end">${label}</text>
<rect x="${left}" y="${y}" width="${length.toFixed(1)}" height="12" fill="${use >= 0.9 ? '#2a7de1' : '#d9822b'}"/>
<text x="${left + length + 6}" y="${y + 10}">${use.toFixed(2)}</text>`;
	});
	const height = 50 + bars.length * row;
	return `<svg xmlns="http://www.w3.org/2000/svg" width="780" height="${height}" font-family="sans-serif" font-size="11">
<rect width="100%" height="100%" fill="white"/>
<text x="${left}" y="20" font-weight="bold">Use of the limit over ten minutes (line: 0.9)</text>
${lines.join('\n')}
<line x1="${left + 0.9 * width}" x2="${left + 0.9 * width}" y1="34" y2="${height - 8}" stroke="#444" stroke-dasharray="3 3"/>
</svg>
`;
}
