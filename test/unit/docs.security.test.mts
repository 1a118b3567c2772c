import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { TOP } from '../../dev/n8n/runtime.mts';
import { titlesIn } from './titles.mts';

const read = async (path: string) => await readFile(join(TOP, path), 'utf8');

/** The lines of the page's tables, by what they are against. */
const lines = (await read('docs/security.md'))
	.split('\n')
	.filter((line) => /^\| (?!Against \|)/.test(line))
	.map((line) => line.split(' | ').map((cell) => cell.replace(/^\| | \|$/g, '')));

it('docs/security.md has its lines', () => {
	expect(lines.length).toBeGreaterThan(20);
	expect(lines.filter((cells) => cells.length !== 3)).toEqual([]);
});

it.each(lines)('docs/security.md names tests that are there: against %s', async (...cells) => {
	const shown = cells.at(2) ?? '';
	const files = shown.split('; ').map((one) => /^`(test\/[\w./-]+)`: (.+)$/.exec(one) ?? []);
	expect(files.length).toBeGreaterThan(0);
	for (const [whole, file = '', names = ''] of files) {
		expect([shown, whole]).toEqual([shown, expect.any(String)]);
		const named = names.split(/^\*|\*, \*|\*$/).filter(Boolean);
		expect(named.length).toBeGreaterThan(0);
		const titles = titlesIn(await read(file));
		expect(named.filter((name) => !titles.some((title) => title.includes(name)))).toEqual([]);
	}
});
