import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { startDemo } from '../demo/demo.mts';
import { TOP } from '../n8n/runtime.mts';

/** Takes the README's picture of a workflow in the real editor. Wants Debian's chromium. */
const folder = join(TOP, 'docs', 'images');
const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';
const args = ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-sync'];

await mkdir(folder, { recursive: true });
const demo = await startDemo({ live: false, fresh: false, port: 5679, version: '2.41.1' });
const browser = await chromium.launch({ executablePath, args });
try {
	const owner = await demo.n8n.setUpOwner();
	for (const colorScheme of ['light', 'dark'] as const) {
		const context = await browser.newContext({ viewport: { width: 1280, height: 720 }, colorScheme });
		const page = await context.newPage();
		await page.goto(`${demo.n8n.url}/signin`);
		await page.locator('input[name=emailOrLdapLoginId]').fill(owner.email);
		await page.locator('input[name=password]').fill(owner.password);
		await page.locator('[data-test-id=form-submit-button]').click();
		await page.waitForURL((url) => !url.pathname.includes('signin'));
		for (const name of ['saleswhale-csv-to-campaign']) {
			await page.goto(`${demo.n8n.url}/workflow/${demo.workflows.get(name)?.id}`);
			await page.locator('[data-test-id=canvas-node]').first().waitFor();
			await page.keyboard.press('1');
			await page.waitForTimeout(2500);
			await page.screenshot({ path: join(folder, `${name}.${colorScheme}.png`) });
		}
		await context.close();
	}
} finally {
	await browser.close();
	await demo.stop();
}
