import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { TOP } from '../../dev/n8n/runtime.mts';
import { vendors } from '../../dev/vendors.mts';
import { EditorSetup } from './editor.setup.mts';

const mostClicks = 12;
const mostMs = 90_000;
/** Where the last picture of each vendor is kept. */
const pictures = join(TOP, '.runtime', 'pictures');

/** What the last node of the example gives, in the panel of that node. */
const firstLooks = [
	{ title: 'Saleswhale', example: 'saleswhale', last: 'Campaigns', shows: 'status' },
	{ title: 'Zenvia Sales', example: 'zenvia', last: 'Newest Contacts', shows: 'firstName' },
	{ title: 'Salesflow', example: 'salesflow', last: 'Campaigns', shows: 'CampaignName' },
	{ title: 'Convertalk', example: 'convertalk', last: 'Chats', shows: 'uuid' },
];

let setup: EditorSetup;

beforeAll(async () => {
	await mkdir(pictures, { recursive: true });
	// A credential that is there already would be taken: another test's, of a vendor that has gone.
	setup = await EditorSetup.start({ isEmpty: true });
	for (const { title } of firstLooks) setup.seed(title);
});
afterAll(async () => await setup?.close());

it('is tried for every vendor', () => {
	expect(firstLooks.map(({ title }) => title).sort()).toEqual(
		vendors.map(({ title }) => title).sort(),
	);
});

describe.each(firstLooks)(
	'the first success with $title, as the README leads to it',
	({ title, example, last, shows }) => {
		it(`takes at most ${mostClicks} clicks and ${mostMs / 1000} seconds, from n8n’s first page`, async () => {
			const editor = await setup.open();
			const clicks = await editor.countClicks();
			await editor.home();
			const begun = performance.now();
			await editor.importWorkflow(join(TOP, 'examples', `first-look-${example}.json`));
			await editor.openNode(last);
			await editor.newCredential();
			const { values, place } = await setup.typed(title);
			// Nobody else's n8n asks a simulator: those clicks are no part of it.
			const before = clicks();
			for (const [name, label] of Object.entries(place)) await editor.choose(name, label);
			const notCounted = clicks() - before;
			expect(await editor.saveCredential(values)).toBeUndefined();
			await editor.closeNode();
			await editor.at('execute-workflow-button').click();
			await editor.openNode(last);
			await editor.output.getByText(shows, { exact: true }).first().waitFor();
			const ms = performance.now() - begun;
			await editor.page.screenshot({ path: join(pictures, `first-success-${example}.png`) });
			await editor.close();
			expect(clicks() - notCounted).toBeGreaterThan(5);
			expect(clicks() - notCounted).toBeLessThanOrEqual(mostClicks);
			expect(ms).toBeLessThan(mostMs);
		});
	},
);

it('needs no credential in the file that is imported', async () => {
	for (const { example } of firstLooks) {
		const text = await readFile(join(TOP, 'examples', `first-look-${example}.json`), 'utf8');
		expect(text).not.toMatch(/"id": "[A-Za-z0-9]{16}"/);
	}
});
