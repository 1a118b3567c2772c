import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import { TOP } from '../../n8n/runtime.mts';
import { version } from '../../n8n/harness.mts';
import type { Measurement } from '../bench.mts';

/** What one bench measured, under its file's name. */
export interface Section extends Measurement {
	name: string;
	title: string;
}

const file = join(TOP, 'docs', 'measurements.md');

const head = `# Measurements

Written by \`npm run bench\`, \`npm run soak\` and \`npm run fresh\`. What stands side by side in a table was measured in one run; another
machine gives other times, and about the same ratios. Each section says where and when it was made.
`;

/**
 * Writes sections into docs/measurements.md. Those of other benches stay as they are.
 * @param args what the command was given
 * @param script the command's name in package.json
 */
export async function writeSections(
	sections: Section[],
	args: readonly string[],
	script = 'bench',
): Promise<void> {
	// A folder of this machine says nothing to others.
	const told = args.map((one) => one.replace(/^--base=.*/, '--base=<an earlier build>'));
	const command = [`npm run ${script}`, ...(told.length > 0 ? ['--', ...told] : [])].join(' ');
	const all = await readSections();
	for (const section of sections) all.set(section.name, sectionText(section, command));
	const sorted = [...all].sort(([a], [b]) => a.localeCompare(b)).map(([, text]) => text);
	await mkdir(join(TOP, 'docs'), { recursive: true });
	await writeFile(file, [head, ...sorted].join('\n'));
}

/** The sections as they stand, by the name of their bench. */
async function readSections(): Promise<Map<string, string>> {
	if (!existsSync(file)) return new Map();
	const [, ...parts] = (await readFile(file, 'utf8')).split(/^(?=<!-- bench: )/m);
	const nameOf = (part: string) => /^<!-- bench: (\S+) -->/.exec(part)?.[1] ?? '';
	return new Map(parts.map((part) => [nameOf(part), `${part.trimEnd()}\n`]));
}

function sectionText({ name, title, columns, rows, claims }: Section, command: string): string {
	const date = new Date().toISOString().slice(0, 16).replace('T', ' ');
	return [
		`<!-- bench: ${name} -->`,
		`## ${title}`,
		'',
		`\`${command}\` on ${date} UTC, ${machine()}.`,
		'',
		...table(columns, rows),
		'',
		...table(
			['Claim', 'Measured', 'Holds'],
			claims.map(({ claim, measured, holds }) => [claim, measured, holds ? 'yes' : '**no**']),
		),
		'',
	].join('\n');
}

function machine(): string {
	const all = cpus();
	const memory = (totalmem() / 1024 ** 3).toFixed(0);
	const cpu = all[0]?.model.trim() ?? 'an unnamed processor';
	const node = process.versions.node;
	return `${all.length} cores of ${cpu}, ${memory} GB of memory, Node ${node}, n8n ${version}`;
}

function table(columns: string[], rows: Array<Array<string | number>>): string[] {
	const line = (cells: Array<string | number>) =>
		`| ${cells.map((cell) => String(cell).replaceAll('|', '\\|')).join(' | ')} |`;
	return [line(columns), line(columns.map(() => '---')), ...rows.map(line)];
}
