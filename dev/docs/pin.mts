import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { startTestN8n } from '../n8n/harness.mts';
import { TOP } from '../n8n/runtime.mts';
import type { Workflow } from '../n8n/workflow.mts';
import { simulatorsOf, startVendors } from '../simulators.mts';
import { handedOn, ownTriggers } from './pinned.mts';

/**
 * Pins to each trigger of this package in the examples what it hands on in a real n8n, so that a person can run an
 * example before anything has happened at the vendor.
 *
 *     npm run pin
 */
const folder = join(TOP, 'examples');
const vendors = await startVendors();
const tested = await startTestN8n();
try {
	for (const file of (await readdir(folder)).filter((name) => name.endsWith('.json'))) {
		const path = join(folder, file);
		const text = await readFile(path, 'utf8');
		const workflow = JSON.parse(text) as Workflow;
		for (const trigger of ownTriggers(workflow)) {
			const items = await handedOn(tested, vendors, trigger);
			workflow.pinData = { ...workflow.pinData, [trigger.name]: items.map((json) => ({ json })) };
			console.log(`${file}: ${trigger.name}`);
		}
		const [, indent = '\t'] = /^(\s+)"/m.exec(text) ?? [];
		await writeFile(path, `${JSON.stringify(workflow, null, indent)}\n`);
	}
} finally {
	await tested.close();
	for (const simulator of simulatorsOf(vendors)) await simulator.close();
}
