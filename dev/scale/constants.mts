/**
 * What each constant of the rate limiter is for: each is given the value at which it does nothing, and what the limits
 * then lose is printed, beside the rate limiter as it is. Several seeds, since one run depends on who comes when.
 *
 *     npx tsx dev/scale/constants.mts [--seeds 2] [NAME…]
 */
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import Table from 'cli-table3';
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

/** Of what the limit allows, and for each request taken; the mean of all cases. */
interface Measured {
	use: number;
	refused: number;
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
	const all: Measured[] = [];
	for (const { perSecond, processes, known } of [...equalCases, ...otherCases]) {
		for (let seed = 1; seed <= seeds; seed++) {
			const limit = { requests: perSecond, perMs: 1000 };
			const log = await run({ kind, limit, processes, duration, known, seed });
			const total = (list: number[][]) =>
				list.reduce((sum, moments) => sum + countIn(moments, 0, duration), 0);
			const taken = total(log.taken);
			all.push({
				use: (taken * 1000) / (perSecond * duration),
				refused: total(log.refused) / taken,
			});
		}
	}
	const mean = (of: (one: Measured) => number) =>
		all.reduce((sum, one) => sum + of(one), 0) / all.length;
	return { use: mean(({ use }) => use), refused: mean(({ refused }) => refused) };
}

const { values, positionals } = parseArgs({
	options: { seeds: { type: 'string', default: '2' } },
	allowPositionals: true,
});
const seeds = Number(values.seeds);
const source = await readFile(join(top, file), 'utf8');
const chosen = idle.filter(([name]) => positionals.length === 0 || positionals.includes(name));
const allKinds = Object.keys(kinds) as Kind[];
const table = new Table({ head: ['Without', ...allKinds.map((kind) => `${kind}: use, refused`)] });
let asItIs: Measured[] = [];
for (const [name, from, to] of [['(as it is)', '', ''], ...chosen] as typeof idle) {
	if (!source.includes(from)) throw new Error(`${file} has no "${from}".`);
	const { run, remove } = await withSource(source.replace(from, to));
	try {
		const measured: Measured[] = [];
		for (const kind of allKinds) measured.push(await measure(run, kind, seeds));
		if (asItIs.length === 0) asItIs = measured;
		table.push([
			name,
			...measured.map((one, n) => cell(one, name === '(as it is)' ? undefined : asItIs[n])),
		]);
		console.log([name, ...measured.map((one, n) => cell(one, asItIs[n]))].join(' | '));
	} finally {
		await remove();
	}
}
console.log(table.toString());

/** What was measured, or by how much it differs. */
function cell({ use, refused }: Measured, than?: Measured): string {
	if (!than) return `${use.toFixed(3)}, ${refused.toFixed(3)}`;
	const signed = (value: number) => `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(3)}`;
	return `${signed(use - than.use)}, ${signed(refused - than.refused)}`;
}
