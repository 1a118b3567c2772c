/**
 * What each constant of the rate limiter is for: each is given the value at which it does nothing, and what the limits
 * then lose is printed as rows of a table, beside the rate limiter as it is: use of the limit, refusals, what the process
 * that got least had of an equal share, and use in the case that loses most. Several seeds, since one run depends on who
 * comes when. docs/decisions/pace.md has the table.
 *
 *     npx tsx dev/scale/constants.mts [--seeds 2] [NAME…]
 */
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { equalCases, otherCases } from './cases.mts';
import { type Kind, kinds } from './limits.mts';
import { countIn, type simulate as Simulate } from './simulation.mts';

const top = fileURLToPath(new URL('../..', import.meta.url));
const file = 'nodes/engine/rateLimit/adaptiveRate.ts';
/** Of each simulated run, in milliseconds. */
const duration = 3 * 60_000;

/** Each constant, as it stands in the source, and as it does nothing. */
const idle: Array<[name: string, from: string, to: string]> = [
	['headroom', 'headroom = 0.975', 'headroom = 1'],
	['slowDown.unknown', 'unknown: 0.06', 'unknown: 0.15'],
	['alone', 'afterMs: 3000', 'afterMs: Infinity'],
	['bend', 'bend = 0.25', 'bend = 0'],
	['steeper', 'steeper = 1.35', 'steeper = 1'],
	['mostSlowDown', 'mostSlowDown = 0.2', 'mostSlowDown = 0.9'],
	['few, probeEvery', 'few = 0.15', 'few = Infinity'],
	['giveWay', 'giveWay = 0.06', 'giveWay = 0'],
	['calm', 'calm = 4200', 'calm = Infinity'],
	['mostSpeedUp.known', 'known: 50', 'known: Infinity'],
	['mostSpeedUp.unknown', 'unknown: 3 }', 'unknown: 50 }'],
	['smallShare', 'smallShare = 0.15', 'smallShare = 0'],
	['floor', 'floor = 0.001', 'floor = 1e-9'],
	['soonAgain', 'soonAgain = 0.25', 'soonAgain = 1'],
	['growingWait', 'growingWait = 1.6', 'growingWait = 1'],
	['patience, leastSlowDown', 'patience = 2', 'patience = Infinity'],
	['enoughToKeep.share', 'share: 0.6', 'share: Infinity'],
	['enoughToKeep.refusedInARow', 'refusedInARow: 5', 'refusedInARow: Infinity'],
	['fewAnswers', 'fewAnswers = 10', 'fewAnswers = 0'],
	['mostExcess', 'mostExcess = 0.5', 'mostExcess = 0'],
];

interface Share {
	/** Requests taken, of what the limit allows. */
	use: number;
	/** Requests refused for each that was taken. */
	refused: number;
	/** What the process that got least had, of an equal share. */
	least: number;
}

/** The mean of all cases, and each of them. */
interface Measured extends Share {
	cases: Share[];
}

/** A simulation whose rate limiter has this source. */
async function withSource(
	text: string,
): Promise<{ run: typeof Simulate; remove(): Promise<void> }> {
	const folder = await mkdtemp(join(top, '.runtime', 'constants-'));
	for (const part of ['nodes/engine', 'dev/scale', 'package.json'])
		await cp(join(top, part), join(folder, part), { recursive: true });
	await writeFile(join(folder, file), text);
	const { simulate } = (await import(
		pathToFileURL(join(folder, 'dev/scale/simulation.mts')).href
	)) as { simulate: typeof Simulate };
	return { run: simulate, remove: async () => await rm(folder, { recursive: true, force: true }) };
}

async function measure(run: typeof Simulate, kind: Kind, seeds: number): Promise<Measured> {
	const cases: Share[] = [];
	for (const { perSecond, processes, known } of [...equalCases, ...otherCases]) {
		const runs: Share[] = [];
		for (let seed = 1; seed <= seeds; seed++) {
			const limit = { requests: perSecond, perMs: 1000 };
			const log = await run({ kind, limit, processes, duration, known, seed });
			const total = (list: number[][]) =>
				list.reduce((sum, moments) => sum + countIn(moments, 0, duration), 0);
			const taken = total(log.taken);
			const least = Math.min(...log.taken.map((moments) => countIn(moments, 0, duration)));
			runs.push({
				use: (taken * 1000) / (perSecond * duration),
				refused: total(log.refused) / taken,
				least: (least * log.taken.length) / taken,
			});
		}
		cases.push(meanOf(runs));
	}
	// Of unequal processes, the least says nothing.
	const { least } = meanOf(cases.slice(0, equalCases.length));
	return { ...meanOf(cases), least, cases };
}

function meanOf(all: readonly Share[]): Share {
	const mean = (of: (one: Share) => number) =>
		all.reduce((sum, one) => sum + of(one), 0) / all.length;
	return {
		use: mean(({ use }) => use),
		refused: mean(({ refused }) => refused),
		least: mean(({ least }) => least),
	};
}

const { values, positionals } = parseArgs({
	options: { seeds: { type: 'string', default: '2' } },
	allowPositionals: true,
});
const seeds = Number(values.seeds);
const source = await readFile(join(top, file), 'utf8');
const chosen = idle.filter(([name]) => positionals.length === 0 || positionals.includes(name));
const allKinds = Object.keys(kinds) as Kind[];
const columns = allKinds.map((kind) => `${kind}: use, refused, least, use at worst`);
for (const row of [['Without', ...columns], ['', ...columns].map(() => '---')]) print(row);
let asItIs: Measured[] = [];
for (const [name, from, to] of [['(as it is)', '', ''], ...chosen] as typeof idle) {
	if (!source.includes(from)) throw new Error(`${file} has no "${from}".`);
	const { run, remove } = await withSource(source.replace(from, to));
	try {
		const measured: Measured[] = [];
		for (const kind of allKinds) measured.push(await measure(run, kind, seeds));
		if (asItIs.length === 0) asItIs = measured;
		print([name, ...measured.map((one, n) => cell(one, from === '' ? undefined : asItIs[n]))]);
	} finally {
		await remove();
	}
}

function print(row: readonly string[]): void {
	console.log(`| ${row.join(' | ')} |`);
}

/** What was measured, or by how much it differs, and by how much in the case whose use falls most. */
function cell({ use, refused, least, cases }: Measured, than?: Measured): string {
	if (!than) return [use, refused, least].map((value) => value.toFixed(3)).join(', ');
	const signed = (value: number) => `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(3)}`;
	const worst = Math.min(...cases.map((one, n) => one.use - (than.cases[n] as Share).use));
	return [use - than.use, refused - than.refused, least - than.least, worst].map(signed).join(', ');
}
