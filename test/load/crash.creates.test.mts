import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { type Execution, itemsOf } from '../../dev/n8n/execution.mts';
import {
	chain,
	type SavedWorkflow,
	type Workflow,
	type WorkflowNode,
} from '../../dev/n8n/workflow.mts';
import { startTestN8n, type TestN8n } from '../../dev/n8n/harness.mts';
import type { Row, VendorName } from '../../dev/kit/vendorKit.mts';
import type { Fault } from '../../dev/kit/simulator.mts';
import { forEachVendor, type ForEachVendor } from '../../dev/simulators.mts';
import { vendorNames as nodes, vendorOf } from '../../dev/vendors.mts';
import { describePeople } from './crash.people.mts';
import { CrashSetup, rows, until } from './crash.setup.mts';

/** Leads in the longest list. */
const most = 1_000;
/** Leads in each list: the run would take Saleswhale about 10 s, and the others about 8. */
const counts: ForEachVendor<number> = {
	...forEachVendor(() => 200),
	saleswhale: most,
	zenviaSales: 300,
	salesflow: 300,
};
const requestsPerSecond = 100;
const latencyMs = 200;
/** How long a request is held that n8n is killed at: longer than the test. */
const holdMs = 600_000;

let tested: TestN8n;
let setup: CrashSetup;
let lists: ForEachVendor<Row[]>;

beforeAll(async () => {
	tested = await startTestN8n();
	setup = await CrashSetup.start(tested, requestsPerSecond);
	const all = rows(setup, 'lead', most);
	lists = forEachVendor((name) => all.slice(0, counts[name]));
});

afterAll(async () => {
	await tested?.close();
	await setup?.close();
});

const builtIn = (
	name: string,
	type: string,
	typeVersion: number,
	parameters: object,
): WorkflowNode => ({
	name,
	type: `n8n-nodes-base.${type}`,
	typeVersion,
	parameters: parameters as Record<string, unknown>,
});

const own = (node: VendorName, name: string, parameters: Record<string, unknown>): WorkflowNode =>
	tested.node({ node, parameters, credential: setup.credentials[node] }, name);

/** The workflows that docs/reliability.md advises: each can be run again, and does what is left to do. */
const workflows: ForEachVendor<() => Workflow> = {
	// What is done a second time comes to the same.
	...forEachVendor((name) => () => {
		const { parameters } = vendorOf(name).kit.creating;
		return chain(name, [builtIn('List', 'manualTrigger', 1, {}), own(name, 'Create', parameters)]);
	}),
	// Saleswhale itself refuses a lead whose e-mail it has.
	saleswhale: () =>
		chain('Saleswhale', [
			builtIn('List', 'manualTrigger', 1, {}),
			{
				...own('saleswhale', 'Create', vendorOf('saleswhale').kit.creating.parameters),
				onError: 'continueErrorOutput',
			},
		]),
	// Asks which contacts are there, twenty in a request, and imports the others.
	salesflow: () =>
		chain('Salesflow', [
			builtIn('List', 'manualTrigger', 1, {}),
			own('salesflow', 'Look Up', {
				resource: 'contact',
				operation: 'lookup',
				publicIdentifier: '={{$json.identifier}}',
			}),
			builtIn('Not There', 'filter', 2.2, {
				conditions: {
					options: { caseSensitive: true, typeValidation: 'strict', version: 2 },
					combinator: 'and',
					conditions: [
						{
							leftValue: '={{$json.found}}',
							operator: { type: 'boolean', operation: 'false', singleValue: true },
						},
					],
				},
			}),
			own('salesflow', 'Create', {
				...vendorOf('salesflow').kit.creating.parameters,
				campaignId: { __rl: true, mode: 'id', value: lists.salesflow[0]?.campaignId },
				linkedInUrl: '=https://www.linkedin.com/in/{{$json.PublicIdentifier}}',
			}),
		]),
	// Compares the list with what Zenvia has, and creates what is in the list only.
	zenviaSales: () => {
		const { connections, ...workflow } = chain('Zenvia', [
			builtIn('List', 'manualTrigger', 1, {}),
			{
				...own('zenviaSales', 'Known', {
					resource: 'prospect',
					operation: 'getAll',
					returnAll: true,
					filters: {},
				}),
				executeOnce: true,
				alwaysOutputData: true,
			},
			builtIn('Compare', 'compareDatasets', 2.3, {
				mergeByFields: { values: [{ field1: 'email', field2: 'emails[0]' }] },
				options: {},
			}),
			own('zenviaSales', 'Create', vendorOf('zenviaSales').kit.creating.parameters),
		]);
		const to = (node: string, index = 0) => [{ node, type: 'main', index }];
		return {
			...workflow,
			connections: {
				...connections,
				List: { main: [[...to('Known'), ...to('Compare')]] },
				Known: { main: [to('Compare', 1)] },
			},
		};
	},
};

/** What really was done in a simulator, by the keys of the rows. */
function done(name: VendorName): string[] {
	const { what, keyInJournal = (key: string) => key } = vendorOf(name).kit.creating;
	return setup.sims[name].journal.entries(what).map(({ key }) => keyInJournal(key));
}

/** What makes the things that a node created the same. */
const keyOf = (name: VendorName, row: Row): string =>
	vendorOf(name).kit.creating.key?.(row) ?? row.email;

async function save(name: VendorName): Promise<SavedWorkflow> {
	const pinData = { List: lists[name].map((json) => ({ json })) };
	return await tested.n8n.createWorkflow({ ...workflows[name](), pinData });
}

const errorsOf = (execution: Execution) => itemsOf(execution, 'Create', 1).map(({ json }) => json);

it('after n8n was killed in the middle of creating, a second run does the rest and nothing twice', async () => {
	const { n8n } = tested;
	const saved = Object.fromEntries(
		await Promise.all(nodes.map(async (name) => [name, await save(name)] as const)),
	) as ForEachVendor<SavedWorkflow>;
	for (const simulator of setup.all) simulator.change({ latencyMs });
	// Some vendors are done before others have begun: each waits at the middle of its list.
	for (const name of nodes) {
		const hold: Fault = { kind: 'stall', when: 'before', ms: holdMs };
		setup.sims[name].setFault(() => (done(name).length > counts[name] / 2 ? hold : undefined));
	}
	const ids = await Promise.all(nodes.map(async (name) => await n8n.begin(saved[name])));
	await until(
		() => nodes.every((name) => done(name).length > counts[name] / 5),
		'a fifth of each list is created',
	);
	await n8n.kill();
	for (const simulator of setup.all) simulator.setFault(undefined);
	for (const simulator of setup.all) simulator.change({ latencyMs: 5 });
	await wait(2 * latencyMs);
	const before = forEachVendor(done);
	for (const name of nodes) expect(before[name].length).toBeLessThan(counts[name]);

	await n8n.restart();
	await n8n.setUpOwner();
	// n8n shows what was under way as crashed, without its items, and does not go on with it by itself.
	for (const id of ids) {
		const { status, nodes: ran } = await n8n.execution(id);
		expect({
			status,
			items: ran['Create']?.flatMap(({ outputs }) => outputs.flat()) ?? [],
		}).toEqual({
			status: 'crashed',
			items: [],
		});
	}
	const retry = n8n.rest.post(`/executions/${ids[0]}/retry`);
	await expect(retry).rejects.toThrow('it cannot be retried');
	for (const name of nodes) expect(done(name)).toEqual(before[name]);

	const again = await Promise.all(
		nodes.map(async (name) => [name, await n8n.run(saved[name], { timeout: 120_000 })] as const),
	);
	for (const [name, { status, error }] of again) {
		expect([name, status, error]).toEqual([name, 'success', undefined]);
	}
	for (const name of nodes) {
		const missing = new Set(lists[name].map((row) => keyOf(name, row)));
		const twice = done(name)
			.filter((key) => !missing.delete(key))
			.sort();
		// Convertalk's lead is written once more, to the same; it makes no other one.
		const repeated = name === 'convertalk' ? before[name] : [];
		expect({ name, missing: [...missing], twice }).toEqual({
			name,
			missing: [],
			twice: repeated.sort(),
		});
	}
	expect(setup.sims.convertalk.vendor.leads.byUuid.size).toBe(most);
	// Saleswhale names those that the first run had created: exactly these come out as refused.
	const refused = errorsOf(Object.fromEntries(again).saleswhale as Execution);
	expect(refused.map(({ email }) => email).sort()).toEqual(before.saleswhale.sort());
	expect(new Set(refused.map(({ error }) => error))).toEqual(
		new Set([expect.stringContaining('Email has already been taken')]),
	);
});

// Not about the recipes of docs/reliability.md: here is an n8n that can be killed.
describePeople(() => ({ tested, setup }));
