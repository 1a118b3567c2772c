import { expect, it } from '@jest/globals';
import axios from 'axios';
import { itemsOf } from '../../dev/n8n/execution.mts';
import type { QueueCluster } from '../../dev/n8n/queue.mts';
import { noOp, ownNode, webhookNode } from '../../dev/n8n/queueWorkflows.mts';
import { until } from '../../dev/n8n/until.mts';
import { chain } from '../../dev/n8n/workflow.mts';
import { startSimulator } from '../../dev/kit/simulator.mts';
import zenviaSales from '../../dev/vendors/zenviaSales/simulator/index.mts';

const apiKey = 'queue-zenvia-key';
const approval = new URLSearchParams({ approved: 'true' });
/** A refusal is an answer, too. */
const anyStatus = { proxy: false, validateStatus: () => true } as const;

/** A question that one worker asks, whose answer comes in by another process, and that another worker goes on with. */
export function describeAsking(started: () => QueueCluster): void {
	it('asks in one worker, takes a signed answer in the webhook process, and goes on in another worker', async () => {
		const cluster = started();
		const sim = await startSimulator(zenviaSales({ apiKey }));
		try {
			const [prospectId = ''] = sim.vendor.seedProspects(1);
			sim.vendor.receiveMessage(prospectId, { content: 'Hello' });
			const credential = await cluster.main.createCredential('zenviaSalesApi', 'Zenvia', {
				...{ apiKey, environment: 'custom', baseUrl: `${sim.url}/api/v1` },
			});
			const question = { resource: 'message', operation: 'sendAndWait', message: 'Tuesday?' };
			const ask = ownNode('Ask', 'zenviaSales', { ...question, prospectId }, credential);
			const { id } = await cluster.main.createWorkflow(
				chain('Ask in a queue', [webhookNode('ask'), ask, noOp]),
			);
			await cluster.main.activate(id);
			await axios.post(`${cluster.webhookUrl}/webhook/ask`, {}, { proxy: false });
			const executionId = await until(
				async () =>
					(await cluster.main.executions(id)).find(({ status }) => status === 'waiting')?.id,
				() => 'No execution waits',
				60_000,
			);
			const [sent] = sim.requests.filter(({ operationId }) => operationId === 'message.send');
			const [link = ''] = /http[^\s"\\]+signature=\w+/.exec(JSON.stringify(sent?.body)) ?? [];
			expect(link).toContain(`${cluster.url}/webhook-waiting/`);

			const press = async (url: string) => (await axios.post(url, approval, anyStatus)).status;
			const forged = [
				link.replace(/signature=\w/, (start) => `signature=${start.endsWith('0') ? '1' : '0'}`),
				link.replace(/[?&]signature=\w+/, ''),
				link.replace(/question=\w+/, `question=${'0'.repeat(32)}`),
			];
			for (const url of forged) expect([url, await press(url)]).toEqual([url, 401]);
			expect((await cluster.main.execution(executionId)).status).toBe('waiting');

			const [asking = -1, ...others] = await cluster.startsOf(executionId);
			expect([asking, others]).toEqual([expect.any(Number), []]);
			await cluster.workers[asking]?.kill();
			expect(await press(link)).toBe(200);
			const execution = await cluster.main.untilEnded(executionId, 60_000);
			expect([execution.status, execution.error]).toEqual(['success', undefined]);
			expect(itemsOf(execution, noOp.name).map(({ json }) => json)).toEqual([
				{ replied: true, data: { approved: true, respondedAt: expect.any(String) } },
			]);
			const starts = await cluster.startsOf(executionId);
			expect(starts).toHaveLength(2);
			expect(new Set(starts).size).toBe(2);
			expect(sim.violations()).toEqual([]);
		} finally {
			await sim.close();
		}
	});
}
