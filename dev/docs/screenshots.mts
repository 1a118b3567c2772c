import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { startDemo } from '../demo/demo.mts';
import { EditorPage, launchBrowser } from '../n8n/page.mts';
import { TOP } from '../n8n/runtime.mts';
import { vendors } from '../vendors.mts';
import { Pictures } from './pictures.mts';

/** Takes the pictures of the README and of docs/ in the real editor. Wants Debian's chromium. */
const folder = join(TOP, 'docs', 'images');
const workflow = 'saleswhale-csv-to-campaign';

await mkdir(folder, { recursive: true });
const demo = await startDemo({ live: false, fresh: false, port: 5679, version: '2.41.1' });
const browser = await launchBrowser();
try {
	const { n8n, workflows } = demo;
	const session = await EditorPage.signIn(browser, n8n.url, await n8n.setUpOwner());
	const pictures = new Pictures(browser, session, folder);
	await pictures.workflow(workflows.get(workflow)?.id ?? '', workflow);
	for (const { kit } of vendors) {
		const { result } = kit.pictures;
		if (result) await pictures.result(workflows.get(result.example)?.id ?? '', result);
	}
	await pictures.nodes();
} finally {
	await browser.close();
	await demo.stop();
}
