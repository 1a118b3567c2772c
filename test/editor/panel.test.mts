import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { versionThatReads } from '../../nodes/engine/form/fields.ts';
import type { EditorPage } from '../../dev/n8n/page.mts';
import { TOP } from '../../dev/n8n/runtime.mts';
import { until } from '../../dev/n8n/until.mts';
import {
	chain,
	manualTrigger,
	type SavedCredential,
	type WorkflowNode,
} from '../../dev/n8n/workflow.mts';
import { EditorSetup } from './editor.setup.mts';

/** Within this the stop button has to end a run, in milliseconds. */
const soon = 1000;

let setup: EditorSetup;
let editor: EditorPage;
let credential: SavedCredential;

beforeAll(async () => {
	setup = await EditorSetup.start();
	credential = await setup.saleswhaleCredential();
	editor = await setup.open();
});

afterAll(async () => {
	await editor?.close();
	await setup?.close();
});

beforeEach(() => setup.vendors.saleswhale.simulator.reset());

const saleswhale = (name: string, parameters: Record<string, unknown>) =>
	setup.tested.node({ node: 'saleswhale', parameters, credential }, name);

/** Opens a workflow of a start, with these items, and of one node of Saleswhale after the other. */
async function open(items: object[], ...nodes: WorkflowNode[]): Promise<string> {
	const workflow = {
		...chain(`Panel ${Date.now()}`, [manualTrigger, ...nodes]),
		pinData: { [manualTrigger.name]: items.map((json) => ({ json })) },
	};
	const { id } = await setup.tested.n8n.createWorkflow(workflow);
	await editor.openWorkflow(id);
	return id;
}

describe('the panel of a node', () => {
	it('shows what the node before usually gives, before anything has run', async () => {
		const get = saleswhale('Get Lead', { resource: 'lead', operation: 'get', leadId: '1' });
		const enrol = saleswhale('Enrol', { resource: 'enrolment', operation: 'create' });
		await open([{}], get, enrol);
		await editor.openNode('Enrol');
		const input = editor.at('ndv-input-panel');
		await editor.at('schema-preview-warning', input).waitFor();
		const fields = editor.at('run-data-schema-node-name', input);
		await fields.filter({ hasText: 'do_not_contact' }).first().waitFor();
		const names = await fields.allInnerTexts();
		expect(names).toEqual(
			expect.arrayContaining(['email', 'first_name', 'custom_attribute_values']),
		);
	});

	it('searches the campaigns of the account and enrols a lead in the one that was picked', async () => {
		const { simulator } = setup.vendors.saleswhale;
		const { vendor } = simulator;
		const [leadId] = vendor.seedLeads(1);
		const running = [...vendor.engagements.campaigns.values()].filter(
			({ status }) => status === 'running',
		);
		const wanted = running.at(-1);
		await open([{}], saleswhale('Enrol', { resource: 'enrolment', operation: 'create', leadId }));
		await editor.openNode('Enrol');
		const entry = `${String(wanted?.name)} (running)`;
		await editor.pick('campaignId', String(wanted?.name), entry);
		await editor.executeStep();
		await editor.output.getByText('campaign_id', { exact: true }).first().waitFor();
		expect(simulator.requests.at(-1)).toMatchObject({
			operationId: 'enrolment.create',
			status: 201,
		});
		const made = [...vendor.engagements.enrolments.values()].at(-1);
		expect(made).toMatchObject({ campaign_id: wanted?.id, lead_id: leadId });
	});

	it('maps custom attributes from the columns of the input that have their names', async () => {
		const { vendor } = setup.vendors.saleswhale.simulator;
		const item = { email: 'ada@example.com', industry: 'Software', plan: 'Pro', unknown: 'x' };
		const create = {
			resource: 'lead',
			operation: 'create',
			firstName: 'Ada',
			email: '={{ $json.email }}',
		};
		await open([item], saleswhale('Create Lead', create));
		await editor.openNode('Create Lead');
		await editor.at('mapping-mode-select').click();
		await editor.option('Map Automatically').click();
		await editor.executeStep();
		await editor.output.getByText('ada@example.com', { exact: true }).first().waitFor();
		const lead = [...vendor.leads.byId.values()].find(({ email }) => email === item.email);
		const values = lead?.custom_attribute_values.map(
			(one) => [one.custom_attribute_name, one.value] as const,
		);
		expect(Object.fromEntries(values ?? [])).toEqual({ industry: 'Software', plan: 'Pro' });
	});

	it('says what is wrong with a value, and what to do', async () => {
		const create = {
			resource: 'lead',
			operation: 'create',
			firstName: 'Ada',
			email: 'ada at example',
		};
		await open([{}], saleswhale('Create Lead', create));
		await editor.openNode('Create Lead');
		await editor.executeStep();
		await editor.output.getByText('which is not a valid e-mail address').first().waitFor();
		const { requests } = setup.vendors.saleswhale.simulator;
		// The form itself reads the custom attributes.
		expect(requests.filter(({ method }) => method !== 'GET')).toEqual([]);
	});

	it('listens for a test event, and shows the one that comes', async () => {
		const { vendor } = setup.vendors.saleswhale.simulator;
		await editor.newWorkflow();
		await editor.addNode('Saleswhale', 'On conversation ended');
		// It sends e-mails, which tell of themselves, too: the address is entered after that.
		vendor.seedConversations(1);
		vendor.webhookUrl = await editor.testUrl();
		await editor.at('trigger-execute-button').first().click();
		await editor.at('trigger-listening').waitFor();
		vendor.endConversations({ statuses: ['qualified'] });
		await editor.output.getByText('event_id', { exact: true }).first().waitFor();
		await editor.output.getByText('conversation.ended', { exact: true }).first().waitFor();
	});
});

describe('the guard-rails of a node', () => {
	const enrol = (more: Record<string, unknown>) => ({
		...saleswhale('Enrol', {
			...{ resource: 'enrolment', operation: 'create', leadId: '={{ $json.leadId }}' },
			campaignId: { __rl: true, mode: 'id', value: '41201' },
			...more,
		}),
		typeVersion: versionThatReads,
	});
	const written = () =>
		setup.vendors.saleswhale.simulator.requests.filter(({ method }) => method !== 'GET');

	it('show what a dry run would do, which writes nothing', async () => {
		const leads = setup.vendors.saleswhale.simulator.vendor.seedLeads(3);
		const items = leads.map((leadId) => ({ leadId }));
		await open(items, enrol({ options: { dryRun: true } }));
		await editor.openNode('Enrol');
		await editor.executeStep();
		await editor.output.getByText('This was a dry run: nothing was written.').first().waitFor();
		await editor.output.getByText('would', { exact: true }).first().waitFor();
		await picture('dry-run');
		expect(written()).toEqual([]);
	});

	it('refuse more items than Most Items allows, and say how to go on', async () => {
		const items = Array.from({ length: 501 }, (_, n) => ({ leadId: n + 1 }));
		await open(items, enrol({}));
		await editor.openNode('Enrol');
		await editor.executeStep();
		await editor.output.getByText('This would create 501 enrolments').first().waitFor();
		await editor.output.getByText("Raise 'Most Items' if that is meant").first().waitFor();
		await picture('most-items');
		expect(written()).toEqual([]);
	});

	it('say before a run that there is one for each item', async () => {
		const before = { name: 'Before', type: 'n8n-nodes-base.noOp', typeVersion: 1, parameters: {} };
		await open([{ leadId: 1 }, { leadId: 2 }], before, enrol({}));
		await editor.openNode('Before');
		await editor.executeStep();
		await editor.output.getByText('leadId', { exact: true }).first().waitFor();
		await editor.closeNode();
		await editor.openNode('Enrol');
		await editor.output
			.getByText('This creates one enrolment for each input item.')
			.first()
			.waitFor();
		await picture('hint');
		expect(written()).toEqual([]);
	});
});

/** Kept, so that somebody can look at it. */
async function picture(name: string): Promise<void> {
	const folder = join(TOP, '.runtime', 'pictures');
	await mkdir(folder, { recursive: true });
	await editor.page.screenshot({ path: join(folder, `${name}.png`) });
}

describe('the stop button', () => {
	it('ends a run of hundreds of items within a second', async () => {
		const { simulator } = setup.vendors.saleswhale;
		const created = () => simulator.journal.entries('lead.create').length;
		const items = Array.from({ length: 300 }, (_, n) => ({ email: `lead${n}@example.com` }));
		const create = {
			resource: 'lead',
			operation: 'create',
			firstName: 'A',
			email: '={{ $json.email }}',
		};
		const id = await open(items, saleswhale('Create Lead', create));
		await editor.at('execute-workflow-button').click();
		await until(
			async () => created() > 2 || undefined,
			() => 'No lead was created',
		);
		const asked = editor.page
			.waitForRequest((request) => request.url().endsWith('/stop'))
			.then(() => Date.now());
		await editor.at('stop-execution-button').click();
		const askedAt = await asked;
		const [ended] = await setup.tested.n8n.untilExecutions(id, 1);
		expect(ended?.status).toBe('canceled');
		const execution = await setup.tested.n8n.rest.get<{ stoppedAt: string }>(
			`/executions/${ended?.id}`,
		);
		expect(Date.parse(execution.stoppedAt) - askedAt).toBeLessThan(soon);
		const count = created();
		expect(count).toBeLessThan(items.length);
		await editor.at('stop-execution-button').waitFor({ state: 'hidden' });
		expect(created()).toBe(count);
	});
});
