import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { itemsOf } from '../../dev/n8n/execution.mts';
import type { SavedCredential, Workflow } from '../../dev/n8n/workflow.mts';
import convertalk, { type Convertalk } from '../../dev/vendors/convertalk/simulator/index.mts';
import { type Simulator, startSimulator } from '../../dev/kit/simulator.mts';
import { startTestN8n, type TestN8n } from '../../dev/n8n/harness.mts';

let sim: Simulator<Convertalk>;
let test: TestN8n;
let credential: SavedCredential;

beforeAll(async () => {
	sim = await startSimulator(convertalk());
	test = await startTestN8n();
	credential = await test.credential('convertalkApi', {
		token: 'convertalk-token',
		botId: 'bot-1',
		customerId: 'customer-1',
		authentication: 'tokenHeaders',
		baseUrl: sim.url,
	});
});

afterAll(async () => {
	await test?.close();
	await sim?.close();
});

/** An example as a person has it after the credential is chosen. */
async function example(name: string): Promise<Workflow> {
	const address = new URL(`../../examples/convertalk-${name}.json`, import.meta.url);
	const workflow = JSON.parse(await readFile(address, 'utf8')) as Workflow;
	for (const node of workflow.nodes) {
		if (node.credentials) node.credentials = { convertalkApi: credential };
	}
	return workflow;
}

describe('the example', () => {
	it('"new leads as rows" makes a row of a lead', async () => {
		const account = { botId: 'bot-1', customerId: 'customer-1' };
		const data = { name: 'Ana', email: 'ana@example.com', dialCode: '+351', phone: '912345678' };
		sim.vendor.leads.upsert({ uuid: 'uuid-ana', ...account, ...data, tags: ['a', 'b'] });
		const { id } = await test.n8n.createWorkflow(await example('new-leads-to-table'));
		await test.n8n.activate(id);
		sim.vendor.leads.upsert({ uuid: 'uuid-ana', ...account, status: 'REVIEW' });
		const [ended] = await test.n8n.untilExecutions(id, 1, 90_000);
		const rows = itemsOf(await test.n8n.execution(String(ended?.id)), 'Row');
		await test.n8n.deactivate(id);
		expect(rows.map(({ json }) => json)).toEqual([
			{
				uuid: 'uuid-ana',
				name: 'Ana',
				email: 'ana@example.com',
				phone: '+351912345678',
				status: 'REVIEW',
				tags: 'a, b',
				changed: expect.any(String),
			},
		]);
		expect(sim.violations()).toEqual([]);
	});

	it('"CRM status to the chat" writes status, tags, a note and attributes', async () => {
		sim.reset();
		const workflow = await example('crm-status-to-chat');
		const untouched = await test.n8n.run(workflow);
		expect(untouched.error?.message).toMatch(
			/is "the uuid of a chat" or the like, which is not a valid ID/,
		);
		expect(sim.vendor.leads.byUuid.size).toBe(0);
		const { parameters } = workflow.nodes.find(({ name }) => name === 'Deals') ?? {};
		const deals = parameters as { jsCode: string };
		deals.jsCode = deals.jsCode.replace(/the uuid of (a|another) chat/g, 'chat-of-$1');
		const execution = await test.n8n.run(workflow);
		expect(execution.error).toBeUndefined();
		expect(itemsOf(execution, 'To Chat')).toHaveLength(2);
		expect(sim.vendor.leads.byUuid.get('chat-of-a')).toMatchObject({
			status: 'CLOSED',
			profile: {
				notes: [{ title: 'CRM', description: 'Now in won, with Ana' }],
				userDetails: {
					tags: ['crm', 'won'],
					attributes: [
						{ key: 'stage', value: 'won' },
						{ key: 'owner', value: 'Ana' },
						{ key: 'amount', value: '1200' },
					],
				},
			},
		});
		expect(sim.violations()).toEqual([]);
	});
});
