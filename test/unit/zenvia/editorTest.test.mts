import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import axios from 'axios';
import type { IDataObject, IHookFunctions, IHttpRequestOptions } from 'n8n-workflow';
import { type Simulator, startSimulator } from '../../../dev/kit/simulator.mts';
import zenviaSales, {
	type ZenviaSales,
} from '../../../dev/vendors/zenviaSales/simulator/index.mts';
import { subscribe, unsubscribe } from '../../../nodes/ZenviaSales/trigger/register.ts';

const apiKey = 'the-key-of-the-tests';
let sim: Simulator<ZenviaSales>;
let workflows = 0;

beforeAll(async () => {
	sim = await startSimulator(zenviaSales({ apiKey }));
});
afterAll(async () => await sim.close());
beforeEach(() => sim.reset());

/** A trigger in a workflow of its own: its hooks in production, and those of its tests in the editor. */
class Trigger {
	private readonly id = `w${++workflows}`;
	private readonly memories: Record<string, IDataObject> = {};

	publish = async () => await subscribe(this.context('webhook'));
	unpublish = async () => await unsubscribe(this.context('webhook'));
	listen = async () => await subscribe(this.context('webhook-test'));
	stop = async () => await unsubscribe(this.context('webhook-test'));

	private context(kind: string): IHookFunctions {
		const send = async (_type: string, { qs, url, method, body }: IHttpRequestOptions) => {
			const params = { ...qs, 'api-key': apiKey };
			const config = { url, method, params, data: body, validateStatus: () => true };
			const { status, headers, data } = await axios.request({ ...config, proxy: false });
			return { statusCode: status, headers, body: data as unknown };
		};
		const values: Record<string, unknown> = { events: ['messageReceived'], onConflict: 'stop' };
		return {
			getNode: () => ({ id: 'n', name: 'T', type: 't', typeVersion: 1.2, parameters: {} }),
			getNodeParameter: (name: string, fallback: unknown) => values[name] ?? fallback,
			getNodeWebhookUrl: () => `https://n8n.example/${kind}/${this.id}/webhook`,
			getMode: () => (kind === 'webhook' ? 'trigger' : 'manual'),
			getActivationMode: () => 'activate',
			getInstanceId: () => 'n8n-1',
			getWorkflow: () => ({ id: this.id }),
			getWorkflowStaticData: (type: string) => (this.memories[kind + type] ??= {}),
			getCredentials: async () => ({
				...{ apiKey, environment: 'custom', baseUrl: `${sim.url}/api/v1` },
			}),
			getCredentialsProperties: () => [],
			helpers: { httpRequestWithAuthentication: send },
		} as unknown as IHookFunctions;
	}
}

/** Who gets the events: webhook or webhook-test, and of which workflow. */
const receiver = () =>
	sim.vendor.subscriptions.active.map(({ callbackUrl }) =>
		new URL(callbackUrl).pathname.split('/').slice(1, 3).join(' '),
	);

/** Longer than a registration outlives its trigger. */
const later = async () => await new Promise((resolve) => setTimeout(resolve, 2_500));

describe('A test in the editor that begins when a workflow was just unpublished', () => {
	it('gets the events where it is the same workflow, and puts nothing back', async () => {
		const trigger = new Trigger();
		await trigger.publish();
		await trigger.unpublish();
		await trigger.listen();
		await later();
		expect(receiver()).toEqual([`webhook-test w${workflows}`]);
		await trigger.stop();
		expect(receiver()).toEqual([]);
	});

	it('is not stopped by what another workflow leaves behind', async () => {
		const [other, trigger] = [new Trigger(), new Trigger()];
		await other.publish();
		await other.unpublish();
		await trigger.listen();
		await later();
		expect(receiver()).toEqual([`webhook-test w${workflows}`]);
		await trigger.stop();
		expect(receiver()).toEqual([]);
	});
});

it('A test in the editor gives the events back to the workflow that is published', async () => {
	const trigger = new Trigger();
	await trigger.publish();
	await trigger.listen();
	expect(receiver()).toEqual([`webhook-test w${workflows}`]);
	await trigger.stop();
	expect(receiver()).toEqual([`webhook w${workflows}`]);
});
