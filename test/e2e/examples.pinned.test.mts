import { readdir } from 'node:fs/promises';
import { describe, expect, it } from '@jest/globals';
import { handedOn, ownTriggers } from '../../dev/docs/pinned.mts';
import { shapeOf } from '../../dev/docs/schemas/infer.mts';
import { example } from '../../dev/examples.mts';
import type { Workflow, WorkflowNode } from '../../dev/n8n/workflow.mts';
import { filledIn, picked, runExample, standIn } from './examples.setup.mts';
import { vendors, withVendors } from './vendors.setup.mts';

const names = (await readdir(new URL('../../examples', import.meta.url)))
	.filter((file) => file.endsWith('.json'))
	.map((file) => file.replace(/\.json$/, ''));
const examples = await Promise.all(names.map(async (name) => await example(name)));

/** One trigger of each kind that hands on the same events. */
const triggers = new Map<string, [WorkflowNode, Workflow]>();
for (const workflow of examples) {
	for (const trigger of ownTriggers(workflow)) {
		const { events, statuses = [], options = {} } = trigger.parameters;
		triggers.set(JSON.stringify([trigger.type, events, statuses, options]), [trigger, workflow]);
	}
}

withVendors();

describe('what is pinned to a trigger', () => {
	it.each(
		[...triggers.values()].map(([trigger, workflow]) => ({
			name: workflow.name,
			trigger,
			workflow,
		})),
	)('has the shape of what it hands on: $name', async ({ trigger, workflow }) => {
		const pinned = workflow.pinData?.[trigger.name] as Array<{ json: object }>;
		const items = await handedOn(vendors.tested, vendors.started, trigger);
		expect(items).toHaveLength(1);
		expect(shapeOf(pinned.map(({ json }) => json))).toEqual(shapeOf(items));
		expect(vendors.violations()).toEqual([]);
	});

	it('runs the example of a reply before there is one', async () => {
		const workflow = await filledIn(vendors, 'salesflow-replies-to-slack');
		standIn(workflow, 'Post in Slack', ['text']);
		const given = await runExample(vendors, workflow);
		expect(given('Post in Slack')).toMatchObject([
			{ text: expect.stringContaining('Yes, please') },
		]);
	});

	it('runs the example of a form, and of an uploaded file', async () => {
		await runExample(vendors, await filledIn(vendors, 'form-to-zenvia'));
		const { prospects } = vendors.sims.zenviaSales.vendor;
		expect([...prospects.byId.values()]).toMatchObject([{ phones: ['+447700900123'] }]);
		const given = await runExample(
			vendors,
			await filledIn(vendors, 'saleswhale-csv-to-campaign', {
				Enrol: { campaignId: picked(41201) },
			}),
		);
		const emails = [...vendors.sims.saleswhale.vendor.leads.byId.values()].map(
			({ email }) => email,
		);
		expect(emails).toEqual(['ana.souza@example.com', 'joao@example.com']);
		expect(given('Refused')).toMatchObject([{ email: 'zoe@example' }]);
	});
});
