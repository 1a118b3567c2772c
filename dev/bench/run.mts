import { readdir } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import Table from 'cli-table3';
import { awayFlags, awayOf, comeBack, goAway } from '../kit/network/away.mts';
import type { Bench, Measurement } from './bench.mts';
import { writeSections } from './harness/report.mts';

/**
 * Runs the benches of this folder, all or those that are named, and writes docs/measurements.md.
 * Ends with code 1 where a claim does not hold or a bench could not be run.
 *
 *     npm run bench [-- <name>…] [--long] [--tls] [--delay <ms>]
 */
const notBenches = ['bench', 'run'];
const folder = new URL('.//', import.meta.url);
const known = (await readdir(folder))
	.filter((file) => file.endsWith('.mts'))
	.map((file) => file.replace(/\.mts$/, ''))
	.filter((name) => !notBenches.includes(name))
	.sort();

const { positionals: named } = parseArgs({
	options: awayFlags,
	strict: false,
	allowPositionals: true,
});
const unknown = named.filter((name) => !known.includes(name));
if (unknown.length > 0) {
	console.error(`There is no bench "${unknown.join('", "')}". There are: ${known.join(', ')}.`);
	process.exit(2);
}

await goAway(awayOf(process.argv.slice(2)));
let sound = true;
for (const name of named.length > 0 ? named : known) {
	try {
		sound = (await runBench(name)) && sound;
	} catch (error) {
		console.error(`${name} could not be run:`, error);
		sound = false;
	}
}
await comeBack();
process.exit(sound ? 0 : 1);

/** Runs one bench, shows and writes what it measured; false where a claim does not hold. */
async function runBench(name: string): Promise<boolean> {
	const { default: bench } = (await import(
		pathToFileURL(`${folder.pathname}${name}.mts`).href
	)) as {
		default: Bench;
	};
	console.log(`\n${name}: ${bench.title}`);
	const started = performance.now();
	const measurement = await bench.run();
	show(measurement);
	console.log(`(${Math.round((performance.now() - started) / 1000)} s)`);
	// After each, so that one that cannot be run does not take the others' results with it.
	await writeSections([{ name, title: bench.title, ...measurement }], process.argv.slice(2));
	return measurement.claims.every(({ holds }) => holds);
}

function show({ columns, rows, claims }: Measurement): void {
	const table = new Table({ head: columns, wordWrap: true, style: { head: ['cyan'] } });
	table.push(...rows);
	console.log(table.toString());
	for (const { claim, measured, holds } of claims) {
		console.log(`${holds ? 'holds' : 'DOES NOT HOLD'}: ${claim} (measured: ${measured})`);
	}
}
