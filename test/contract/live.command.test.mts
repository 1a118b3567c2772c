import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { RawAnswer, Simulator } from '../../dev/kit/simulator.mts';
import { edited, start, type Tried, tried } from './live.setup.mts';

/** The command as a person calls it, with the key in the environment or typed at a terminal. */
const saleswhale = tried.find(({ name }) => name === 'saleswhale') as Tried;
const { key } = saleswhale;
/** Starting tsx and reading at five requests a second. Milliseconds. */
const LONGEST = 60_000;

let simulator: Simulator;
let folder: string;
beforeAll(async () => {
	simulator = await start(saleswhale);
	folder = await mkdtemp(join(tmpdir(), 'check-live-'));
});
afterAll(async () => {
	await simulator.close();
	await rm(folder, { recursive: true });
});

const command = (more: string[] = []) => [
	process.execPath,
	...['--import', 'tsx', 'dev/live/run.mts', '--vendor', 'saleswhale', '--base-url', simulator.url],
	...more,
];

interface Ended {
	code: number | null;
	shown: string;
}

/** @param typed what is typed once the command asks for something */
async function run(
	[program = '', ...parameters]: string[],
	env: NodeJS.ProcessEnv,
	typed?: string,
): Promise<Ended> {
	const child = spawn(program, parameters, { env: { ...process.env, ...env } });
	let shown = '';
	for (const stream of [child.stdout, child.stderr]) {
		stream.on('data', (chunk) => {
			shown += String(chunk);
			if (typed !== undefined && shown.endsWith(': ')) child.stdin.write(`${typed}\n`);
		});
	}
	const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
	return { code, shown };
}

describe('npm run check:live', () => {
	it(
		'reads the key from the environment, says what agrees, and keeps the shapes in a file',
		async () => {
			const file = join(folder, 'shapes.json');
			const { code, shown } = await run(command(['--record', file]), { SALESWHALE_API_KEY: key });
			expect(shown).toContain(`The shapes are in ${file}.`);
			expect(code).toBe(0);
			const shapes = await readFile(file, 'utf8');
			expect(Object.keys(JSON.parse(shapes))).toContain('vendor');
			expect(shown + shapes).not.toContain(key);
		},
		LONGEST,
	);

	// `script` of Debian's bsdutils is the terminal, where the machine has any.
	(existsSync('/dev/pts/ptmx') ? it : it.skip)(
		'asks for the key and does not show what is typed',
		async () => {
			const line = command()
				.map((part) => `'${part}'`)
				.join(' ');
			const { code, shown } = await run(
				['script', '-qec', line, '/dev/null'],
				{ SALESWHALE_API_KEY: undefined },
				key,
			);
			expect(shown).toMatch(/key.*: /i);
			expect(code).toBe(0);
			expect(shown).not.toContain(key);
		},
		LONGEST,
	);

	it(
		'ends with code 1 where something differs',
		async () => {
			const alter = (answer: RawAnswer) =>
				edited(answer, ({ team }) => void (team && (team.id = String(team.id))));
			simulator.setFault(() => ({ kind: 'alter', alter }));
			const { code, shown } = await run(command(), { SALESWHALE_API_KEY: key });
			expect(shown).toContain('string in place of integer');
			expect(code).toBe(1);
		},
		LONGEST,
	);

	it(
		'sends no key to where the node would not, and says why',
		async () => {
			const before = simulator.counts.requests;
			const plain = command().map((part) => part.replace('127.0.0.1', '0.0.0.0'));
			const { code, shown } = await run(plain, { SALESWHALE_API_KEY: key });
			expect(shown).toContain(
				'The base URL of the Saleswhale credential begins with http://, which would show the key. Open',
			);
			expect(code).toBe(2);
			expect(simulator.counts.requests).toBe(before);
		},
		LONGEST,
	);

	it(
		'says how it is called where it is not told whom to ask',
		async () => {
			const { code, shown } = await run(command().slice(0, 4), {});
			expect(code).toBe(2);
			expect(shown).toContain('Usage: npm run check:live');
		},
		LONGEST,
	);
});
