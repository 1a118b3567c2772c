import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { chain } from '../../dev/n8n/workflow.mts';
import salesflow, { type Salesflow } from '../../dev/simulators/salesflow.mts';
import { type Simulator, startSimulator } from '../../dev/simulators/simulator.mts';
import { startTestN8n, type TestN8n } from './harness.mts';

const campaigns = 40;
/** So long n8n 2.x leaves an activation alone that another process may be busy with; by default 2 minutes. */
const leaseSeconds = '5';

let sim: Simulator<Salesflow>;
let test: TestN8n;

beforeAll(async () => {
	sim = await startSimulator(salesflow({ campaigns }));
	test = await startTestN8n({
		N8N_WORKFLOW_PUBLICATION_OUTBOX_LEASE_SECONDS: leaseSeconds,
		N8N_WORKFLOW_PUBLICATION_OUTBOX_POLL_INTERVAL_MS: '500',
	});
});

afterAll(async () => {
	await test?.close();
	await sim?.close();
});

const held = () => [sim.vendor.webhooks.byId.size, sim.vendor.webhooks.attachments().length];

describe('the Salesflow trigger after a crash of n8n', () => {
	it('finds what was registered half-way, though nothing remembers it, and puts it right', async () => {
		const { n8n } = test;
		const urls = { baseUrl: sim.url, statisticsBaseUrl: sim.url };
		const data = { token: 'salesflow-token', accountId: '321', ...urls };
		const credential = await test.credential('salesflowApi', data);
		const events = ['memberConnected', 'replyDetected', 'invitationWithdrawn'];
		const trigger = test.node({ node: 'salesflowTrigger', parameters: { events }, credential }, 'Trigger');
		const after = { name: 'After', type: 'n8n-nodes-base.noOp', typeVersion: 1, parameters: {} };
		const { id, versionId } = await n8n.createWorkflow(chain('Salesflow', [trigger, after]));

		sim.change({ latencyMs: 20 });
		const begun = n8n.rest
			.post(`/workflows/${id}/activate`, { versionId })
			.catch((thrown: unknown) => thrown);
		while ((held()[1] ?? 0) < 30) await wait(5);
		await n8n.kill();
		await begun;
		const [webhooks = 0, attachments = 0] = held();
		expect(webhooks).toBeGreaterThan(0);
		expect(attachments).toBeLessThan(3 * campaigns);

		sim.change({ latencyMs: 0 });
		await n8n.restart();
		await n8n.setUpOwner();
		// n8n 2.x may take the half-done activation for a whole one, so a person begins it anew.
		await n8n.deactivate(id);
		expect(held()).toEqual([0, 0]);
		await n8n.activate(id);
		expect(held()).toEqual([3, 3 * campaigns]);
		const [contact] = sim.vendor.seedContacts(1);
		sim.vendor.reply(contact?.MemberId, 'Still there?');
		await n8n.untilExecutions(id, 1);
		await n8n.deactivate(id);
		expect(held()).toEqual([0, 0]);
	});
});
