import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import axios from 'axios';

import { itemsOf } from './execution.mts';
import { N8n } from './instance.mts';
import { VERSIONS } from './runtime.mts';
import { chain, manualTrigger, type WorkflowNode } from './workflow.mts';

const editFields: WorkflowNode = {
	name: 'Edit Fields',
	type: 'n8n-nodes-base.set',
	typeVersion: 3.4,
	parameters: {
		assignments: {
			assignments: [{ id: 'a', name: 'greeting', value: 'hello', type: 'string' }],
		},
	},
};

const webhook: WorkflowNode = {
	name: 'Webhook',
	type: 'n8n-nodes-base.webhook',
	typeVersion: 2,
	webhookId: 'smoke',
	parameters: { httpMethod: 'POST', path: 'smoke' },
};

/**
 * Shows that this machine runs the real n8n: installs each version that is named on the command
 * line (both if none is), uses it once for each thing that the tests do, and says the times.
 *
 *     npx tsx dev/n8n/smoke.mts [2.41.1] [1.123.81]
 */
const named = process.argv.slice(2);
for (const version of VERSIONS) {
	if (named.length > 0 && !named.includes(version)) continue;
	const folder = await mkdtemp(join(tmpdir(), 'n8n-smoke-'));
	try {
		const n8n = await timed(version, 'installed and started first', () =>
			N8n.start({ version, folder, say: console.log }),
		);
		try {
			await use(n8n);
		} finally {
			await timed(version, 'stopped', () => n8n.stop());
		}
	} finally {
		await rm(folder, { recursive: true, force: true });
	}
}

async function use(n8n: N8n): Promise<void> {
	const time = <T,>(what: string, work: () => Promise<T>): Promise<T> =>
		timed(n8n.version, what, work);
	await time('owner made', () => n8n.setUpOwner());
	const data = { name: 'key', value: 'abc' };
	await time('credential made', () => n8n.createCredential('httpQueryAuth', 'Query key', data));

	const edit = await n8n.createWorkflow(chain('Edit fields', [manualTrigger, editFields]));
	for (const which of ['first', 'second', 'third']) {
		const execution = await time(`${which} run`, () => n8n.run(edit));
		assert.equal(execution.status, 'success');
		assert.deepEqual(itemsOf(execution, 'Edit Fields'), [
			{ json: { greeting: 'hello' }, pairedItem: { item: 0 } },
		]);
	}

	const hook = await n8n.createWorkflow(chain('Webhook', [webhook, editFields]));
	const { execution } = await time('test webhook on', () => n8n.listenForTest(hook));
	await axios.post(`${n8n.url}/webhook-test/smoke`, { n: 0 }, { proxy: false });
	const tested = await time('test execution read', execution);
	assert.equal(tested.mode, 'manual');

	await time('activated', () => n8n.activate(hook.id));
	await callAndRead(n8n, hook.id, 1, time);
	await time('started again', () => n8n.restart());
	await n8n.setUpOwner();
	await callAndRead(n8n, hook.id, 2, time);
	await time('deactivated', () => n8n.deactivate(hook.id));
	const { status } = await axios.post(
		`${n8n.url}/webhook/smoke`,
		{},
		{
			proxy: false,
			validateStatus: () => true,
		},
	);
	assert.equal(status, 404);
}

async function callAndRead(
	n8n: N8n,
	workflowId: string,
	n: number,
	time: <T>(what: string, work: () => Promise<T>) => Promise<T>,
): Promise<void> {
	await axios.post(`${n8n.url}/webhook/smoke`, { n }, { proxy: false });
	const read = await time('execution of a call read', async () => {
		const [newest] = await n8n.untilExecutions(workflowId, n + 1);
		assert.ok(newest);
		return await n8n.execution(newest.id);
	});
	assert.equal(read.mode, 'webhook');
	assert.deepEqual(itemsOf(read, 'Webhook')[0]?.json.body, { n });
}

async function timed<T>(version: string, what: string, work: () => Promise<T>): Promise<T> {
	const started = performance.now();
	const result = await work();
	console.log(`${version}  ${what}: ${Math.round(performance.now() - started)} ms`);
	return result;
}
