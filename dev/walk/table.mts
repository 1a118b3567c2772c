import type { Outcome } from './walk.mts';

const columns = [
	'trigger',
	'seed',
	'steps',
	'told',
	'handled',
	'started',
	'repeats',
	'forged',
	'compared',
] as const;

/** What walks came to, a row each, for a terminal or a page in Markdown. */
export function tableOf(outcomes: Outcome[]): string {
	const rows = outcomes.map((outcome) => [
		...columns.map((column) => String(outcome[column])),
		String(outcome.broken.length),
	]);
	const all = [[...columns, 'broken'], ...rows];
	const widths = all[0]?.map((_, n) => Math.max(...all.map((row) => row[n]?.length ?? 0))) ?? [];
	const line = (row: string[]) =>
		`| ${row.map((cell, n) => cell.padEnd(widths[n] ?? 0)).join(' | ')} |`;
	const [head = [], ...rest] = all;
	return [line(head), line(widths.map((width) => '-'.repeat(width))), ...rest.map(line)].join('\n');
}
