import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { TOP } from '../../dev/n8n/runtime.mts';
import { readVendors } from '../../dev/packages/vendor.mts';

const read = async (path: string) => (await readFile(join(TOP, path), 'utf8')).replace(/\s+/g, ' ');

describe('what n8n does with triggers, and no node can help, is said', () => {
	it.each([
		['only unpublish and publish heals', 'On n8n 2.41 only unpublish and publish heals'],
		[
			'before the credential goes, or the package',
			'**Unpublish before** you delete the credential, let its key expire or be revoked, or uninstall this package',
		],
		[
			'where the memory shows',
			'`GET /rest/workflows/:id` and in files of its command `export:workflow`',
		],
		['what a secret in an old export needs', 'set **New Secret** once'],
		[
			'what a polling trigger does to one beside it',
			'A trigger that polls, of any package, writes back the memory',
		],
		['what a clone does', 'what it publishes takes the place of what the first one registered'],
		['where n8n tests', 'listens on n8n 2.41 at `N8N_EDITOR_BASE_URL`, if that is set'],
		['what is lost meanwhile', 'n8n itself answers 404 between the two'],
	])('in docs/triggers.md: %s', async (_, sentence) => {
		expect(await read('docs/triggers.md')).toContain(sentence);
	});

	it('in docs/install.md: one display name cannot be there twice, and how to change packages', async () => {
		expect(await read('docs/triggers.md')).toContain(
			'(install.md#from-the-all-in-one-package-to-a-vendors-own)',
		);
		expect(await read('docs/install.md')).toMatch(
			/one node of each display name, so you cannot have the same vendor in both packages\. 1\. .* unpublish them\. 2\. Uninstall .* 3\. Install /,
		);
	});

	it('in the form of each trigger that ignores repeats: a polling trigger beside it', async () => {
		const triggers = (await readVendors())
			.flatMap(({ nodes }) => nodes)
			.filter(({ is }) => JSON.stringify(is.properties).includes('"Ignore Repeats"'));
		expect(triggers.length).toBe(3);
		for (const { is } of triggers) {
			const options = is.properties.find(({ name }) => name === 'options')?.options ?? [];
			const option = options.find(({ name }) => name === 'ignoreRepeats');
			expect([is.name, option]).toEqual([
				is.name,
				expect.objectContaining({
					description: expect.stringMatching(
						/ If the workflow also has a trigger that polls, n8n forgets earlier events at a restart\.$/,
					),
				}),
			]);
		}
	});
});
