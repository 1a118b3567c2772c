import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { TOP } from '../../dev/n8n/runtime.mts';
import { holdsToTests } from './shownBy.mts';

const names = await readdir(join(TOP, 'docs'), { recursive: true });
const pages = await Promise.all(
	names
		.filter((name) => name.endsWith('.md'))
		.map(async (name) => ({ name, text: await readFile(join(TOP, 'docs', name), 'utf8') })),
);
const withTests = pages.filter(({ text }) => /^\|.*\| Shown by \|$/m.test(text));

/** Fewest lines of such a page: one that lost a table would be held to less. */
const fewest = (name: string) => (name === 'versions.md' ? 12 : 20);
for (const { name } of withTests) await holdsToTests(`docs/${name}`, fewest(name));

it('Pages say which tests show what they promise', () => {
	expect(withTests.map(({ name }) => name).sort()).toEqual([
		'decisions/only-new.md',
		'decisions/people-not-ids.md',
		'network.md',
		'security.md',
		'triggers.md',
		'verification.md',
		'versions.md',
	]);
});
