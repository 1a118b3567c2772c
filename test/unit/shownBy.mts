import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { TOP } from '../../dev/n8n/runtime.mts';
import { titlesIn } from './titles.mts';

const read = async (path: string) => await readFile(join(TOP, path), 'utf8');

/** The cells of a row in Markdown, without the pipes around. */
const cellsOf = (row: string): string[] => row.replace(/^\| | \|$/g, '').split(' | ');

/** The rows of the page's tables whose last column is called Shown by, and whether each has all columns. */
function rowsIn(page: string): Array<{ cells: string[]; isWhole: boolean }> {
	return page.split('\n\n').flatMap((part) => {
		const [head = '', , ...rows] = part.split('\n').filter((line) => line.startsWith('|'));
		const columns = cellsOf(head);
		if (columns.at(-1) !== 'Shown by') return [];
		return rows.map(cellsOf).map((cells) => ({ cells, isWhole: cells.length === columns.length }));
	});
}

/**
 * Holds a page that says of each line which tests show it, by their file and the words by which they are found there:
 * `file`: *words*, *words*; `file`: *words*.
 * @param fewest rows that the page has at least
 */
export async function holdsToTests(page: string, fewest: number): Promise<void> {
	const rows = rowsIn(await read(page));
	describe(page, () => {
		it('has its lines', () => {
			expect(rows.length).toBeGreaterThanOrEqual(fewest);
			expect(rows.filter(({ isWhole }) => !isWhole)).toEqual([]);
		});

		it.each(rows.map(({ cells }) => [cells[0], cells.at(-1)]))(
			'names tests that are there: %s',
			async (_, shown = '') => {
				const files = shown.split('; ').map((one) => /^`(test\/[\w./-]+)`: (.+)$/.exec(one) ?? []);
				for (const [whole, file = '', names = ''] of files) {
					expect([shown, whole]).toEqual([shown, expect.any(String)]);
					const named = names.split(/^\*|\*, \*|\*$/).filter(Boolean);
					expect(named.length).toBeGreaterThan(0);
					const titles = titlesIn(await read(file));
					expect(named.filter((name) => !titles.some((title) => title.includes(name)))).toEqual([]);
				}
			},
		);
	});
}
