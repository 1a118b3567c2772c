import { afterAll, beforeAll } from '@jest/globals';
import { type SavedCredential } from '../../dev/n8n/workflow.mts';
import saleswhale, { type Saleswhale } from '../../dev/vendors/saleswhale/simulator/index.mts';
import { type Simulator, startSimulator } from '../../dev/kit/simulator.mts';
import { startTestN8n, type TestN8n } from '../../dev/n8n/harness.mts';
import { Hook } from './saleswhale-deliveries.mts';

/** The key that signs. */
export const key = 'key-that-signs-the-deliveries';
/** What the trigger listens for. */
export const events = ['conversation.ended', 'email.sent'];

/** Saleswhale. */
export let sim: Simulator<Saleswhale>;
/** A real n8n. */
export let test: TestN8n;
/** The credential of the account. */
export let credential: SavedCredential;
/** The workflow that most tests deliver to. */
export let hook: Hook;

/** Is called where a file's tests are described: starts Saleswhale, n8n and a workflow with the trigger. */
export function withSaleswhale(): void {
	beforeAll(async () => {
		sim = await startSimulator(saleswhale({ apiKey: key, webhookBaseWaitMs: 50 }));
		test = await startTestN8n();
		credential = await test.credential('saleswhaleApi', {
			apiKey: key,
			baseUrl: sim.url,
			requestsPerSecond: 0,
		});
		hook = await Hook.publish(test, credential, { events });
	});

	afterAll(async () => {
		await test?.close();
		await sim?.close();
	});
}

/** Publishes another workflow with the trigger. */
export const publish = async (parameters: object) =>
	await Hook.publish(test, credential, parameters);
