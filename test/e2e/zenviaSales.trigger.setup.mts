import { afterAll, afterEach, beforeAll, beforeEach } from '@jest/globals';
import { chain, type SavedCredential, type SavedWorkflow } from '../../dev/n8n/workflow.mts';
import { startSimulator } from '../../dev/kit/simulator.mts';
import type { Delivery, Simulator } from '../../dev/kit/simulator.mts';
import zenviaSales from '../../dev/vendors/zenviaSales/simulator/index.mts';
import type { ZenviaSales } from '../../dev/vendors/zenviaSales/simulator/index.mts';
import { startTestN8n, type TestN8n } from '../../dev/n8n/harness.mts';

/** In ms. */
export const minute = 60_000;
/** What the trigger is called in its workflow. */
export const triggerName = 'Zenvia Sales Trigger';
/** Zenvia, which each test finds as new. */
export let simulator: Simulator<ZenviaSales>;
/** A real n8n. */
export let tested: TestN8n;
/** The credential of the account. */
export let credential: SavedCredential;
/** The IDs of workflows that are unpublished after the test. */
export const active: string[] = [];

/** A workflow with the trigger, which is not published. */
export async function workflow(parameters: Record<string, unknown> = {}): Promise<SavedWorkflow> {
	const given = { topics: ['interactions'], onConflict: 'stop', ...parameters };
	const node = tested.node(
		{ node: 'zenviaSalesTrigger', parameters: given, credential },
		triggerName,
	);
	return await tested.n8n.createWorkflow(chain('Zenvia', [node]));
}

/** The same, published. */
export async function activated(parameters: Record<string, unknown> = {}): Promise<SavedWorkflow> {
	const saved = await workflow(parameters);
	await tested.n8n.activate(saved.id);
	active.push(saved.id);
	return saved;
}

/** Where Zenvia delivers to. */
export const callbackUrls = () =>
	simulator.vendor.subscriptions.active.map(({ callbackUrl }) => callbackUrl);
/** How many executions a workflow has. */
export const count = async ({ id }: SavedWorkflow) => (await tested.n8n.executions(id)).length;

/** How n8n answered each attempt. */
export const statuses = (deliveries: Delivery[]) =>
	deliveries.flatMap(({ attempts }) => attempts.map(({ status }) => status));

/** Is called where a file's tests are described: starts Zenvia and n8n before them, and unpublishes after each. */
export function withZenviaSales(): void {
	beforeAll(async () => {
		simulator = await startSimulator(zenviaSales());
		tested = await startTestN8n();
		credential = await tested.credential('zenviaSalesApi', {
			apiKey: 'zenvia-key',
			environment: 'custom',
			baseUrl: `${simulator.url}/api/v1`,
		});
	}, 3 * minute);

	afterAll(async () => {
		await tested.close();
		await simulator.close();
	}, minute);

	beforeEach(() => simulator.reset());

	afterEach(async () => {
		for (const id of active.splice(0)) await tested.n8n.deactivate(id);
	}, minute);
}
