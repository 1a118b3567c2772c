import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import axios from 'axios';
import Table from 'cli-table3';
import { itemsOf } from '../n8n/execution.mts';
import { TOP } from '../n8n/runtime.mts';
import type { SavedWorkflow } from '../n8n/workflow.mts';
import type { Demo, FormUser } from './demo.mts';
import { progress, say } from './terminal.mts';
import type { StartedVendors } from '../simulators.mts';

const leadsFile = 'leads.csv';
const longestRun = 300_000;
const lookEvery = 200;
/** Deliveries that nobody signed, to be refused. */
const forgeries = 5;

interface Line {
	what: string;
	number: number;
	expected: number;
}

/**
 * The main job, on real input: the leads of a CSV file are created and enrolled, their conversations end,
 * and the webhooks start a second workflow.
 * @returns whether every number is as it should be
 */
export async function runDemo(demo: Demo): Promise<boolean> {
	const { n8n, vendors } = demo;
	if (!vendors) throw new Error('The demo runs on the simulators only.');
	const { simulator } = vendors.saleswhale;
	const intake = needed(demo, 'saleswhale-csv-to-campaign');
	const outcome = needed(demo, 'saleswhale-conversation-ended');
	await n8n.activate(intake.id);
	await n8n.activate(outcome.id);
	simulator.vendor.webhookUrl = `${n8n.url}/webhook/saleswhale-conversation-ended/webhook`;

	const leads = await readLeads();
	say(
		`Uploading ${leads.count} leads from examples/${leadsFile} into the form of "${intake.name}"`,
	);
	const started = Date.now();
	await uploadLeads(`${n8n.url}/form/saleswhale-csv`, leads.file, demo.formUser);
	await follow('created', leads.count, () => simulator.journal.entries('lead.create').length);
	await follow('enrolled', leads.count, () => simulator.vendor.engagements.enrolments.size);
	const [summary] = await n8n.untilExecutions(intake.id, 1, longestRun);
	const seconds = (Date.now() - started) / 1000;
	const execution = await n8n.execution(summary?.id ?? '');
	const requests = simulator.requests.filter(({ status }) => status !== 429).length;

	say('Ending the conversations; Saleswhale delivers a signed webhook for each');
	simulator.vendor.endConversations({ statuses: ['qualified', 'not_interested', 'unresponsive'] });
	const refusedForgeries = await forge(simulator.vendor.webhookUrl);
	await follow('webhooks', leads.count, () => acknowledged(vendors));
	const executions = await n8n.untilExecutions(outcome.id, leads.count, longestRun);

	const lines: Line[] = [
		{ what: 'Leads sent', number: itemsOf(execution, 'Read Rows').length, expected: leads.count },
		{ what: 'Created', number: itemsOf(execution, 'Create Lead').length, expected: leads.count },
		{ what: 'Enrolled', number: itemsOf(execution, 'Enrol').length, expected: leads.count },
		{ what: 'Refused for good', number: refusedItems(execution), expected: 0 },
		{
			what: 'Webhooks verified',
			number: executions.filter(wentWell).length,
			expected: leads.count,
		},
		{ what: 'Forged webhooks refused', number: refusedForgeries, expected: forgeries },
		{ what: 'Requests outside the contract', number: simulator.violations().length, expected: 0 },
	];
	show(lines, seconds, requests);
	return lines.every(({ number, expected }) => number === expected);
}

function needed({ workflows }: Demo, name: string): SavedWorkflow {
	const workflow = workflows.get(name);
	if (!workflow) throw new Error(`examples/${name}.json is missing.`);
	return workflow;
}

async function readLeads(): Promise<{ file: Buffer; count: number }> {
	const file = await readFile(join(TOP, 'examples', leadsFile));
	return { file, count: file.toString('utf8').trim().split('\n').length - 1 };
}

/** What a person does in the browser: choose the file, press the button. */
async function uploadLeads(
	url: string,
	file: Buffer,
	{ user: username, password }: FormUser,
): Promise<void> {
	const form = new FormData();
	form.append('field-0', new Blob([new Uint8Array(file)], { type: 'text/csv' }), leadsFile);
	await axios.post(url, form, { auth: { username, password } });
}

async function follow(name: string, total: number, count: () => number): Promise<void> {
	const bar = progress(name, total);
	for (const end = Date.now() + longestRun; Date.now() < end && count() < total;) {
		bar.update(count());
		await sleep(lookEvery);
	}
	bar.update(count());
	bar.stop();
}

const acknowledged = ({ saleswhale }: StartedVendors): number =>
	saleswhale.simulator.vendor.webhooks.deliveries.filter(
		({ event, state }) => event === 'conversation.ended' && state === 'acknowledged',
	).length;

const wentWell = ({ status }: { status: string }): boolean => status === 'success';

function refusedItems({ nodes }: { nodes: Record<string, unknown> }): number {
	const runs = nodes.Refused as Array<{ outputs: unknown[][] }> | undefined;
	return runs?.flatMap(({ outputs }) => outputs.flat()).length ?? 0;
}

/** Somebody who knows the address but not the key. */
async function forge(url: string): Promise<number> {
	const body = { event_name: 'conversation.ended', event_payload: { conversation: { id: 1 } } };
	const timestamp = Math.floor(Date.now() / 1000);
	const answers = await Promise.all(
		Array.from(
			{ length: forgeries },
			async () =>
				await axios.post(url, body, {
					params: { signature: 'f'.repeat(64), timestamp },
					validateStatus: () => true,
				}),
		),
	);
	return answers.filter(({ status }) => status === 401).length;
}

function show(lines: Line[], seconds: number, requests: number): void {
	const table = new Table({
		colAligns: ['left', 'right', 'left'],
		style: { head: [], border: [] },
		// Lines between the rows would make it twice as long.
		chars: { mid: '', 'left-mid': '', 'mid-mid': '', 'right-mid': '' },
	});
	for (const { what, number, expected } of lines) {
		table.push([what, number, number === expected ? '✓' : `should be ${expected}`]);
	}
	table.push(['Time', `${seconds.toFixed(1)} s`, '']);
	table.push(['Requests a second', (requests / seconds).toFixed(2), 'Saleswhale allows 5']);
	console.log(`\n${table.toString()}`);
}
