import { afterAll, beforeAll, beforeEach } from '@jest/globals';
import axios from 'axios';
import type { IDataObject, IHookFunctions, IHttpRequestOptions, INode } from 'n8n-workflow';
import salesflow, { type Salesflow } from '../../dev/vendors/salesflow/simulator/index.mts';
import { type Simulator, startSimulator } from '../../dev/kit/simulator.mts';

/** At which n8n is reached. */
export const address = 'https://n8n.example/webhook/abc/webhook';
const node = {
	...{ id: 'node', name: 'Trigger' },
	...{ type: 'salesflowTrigger', parameters: {} },
} as unknown as INode;

/** Salesflow, which each test finds as new. */
export let sim: Simulator<Salesflow>;

/** Is called where a file's tests are described: starts Salesflow before them and ends it after them. */
export function withSalesflow(): void {
	beforeAll(async () => {
		sim = await startSimulator(salesflow());
	});
	afterAll(async () => await sim.close());
	beforeEach(() => {
		sim.setFault(undefined);
		sim.reset();
	});
}

/** What a test says of the trigger. */
export interface Given {
	parameters?: object;
	memory?: IDataObject;
	url?: string;
	token?: string;
	/** The n8n that it runs in. */
	instance?: string;
	warn?: (message: string) => void;
	workflow?: string;
	node?: Partial<INode>;
	mode?: string;
	/** Why n8n activates it. */
	activation?: string;
}

/** What n8n hands to a hook, as far as these hooks look at it. */
export function context({
	parameters = {},
	memory = {},
	url = address,
	token = 'salesflow-token',
	instance = 'n8n-1',
	warn = () => {},
	workflow = '1',
	node: about = {},
	mode = 'trigger',
	activation = 'init',
}: Given = {}): IHookFunctions {
	const values: Record<string, unknown> = {
		events: ['replyDetected', 'memberConnected'],
		...parameters,
	};
	const credentials = { token, accountId: '321', baseUrl: sim.url };
	const send = async (_type: string, { qs, url: target, method, body }: IHttpRequestOptions) => {
		const params = { ...qs, token: credentials.token, accountId: credentials.accountId };
		const config = { url: target, method, params, data: body, validateStatus: () => true };
		const { status, headers, data } = await axios.request({ ...config, proxy: false });
		return { statusCode: status, headers, body: data as unknown };
	};
	return {
		getNode: () => ({ ...node, ...about }),
		getNodeParameter: (name: string, fallback: unknown) => values[name] ?? fallback,
		getNodeWebhookUrl: () => url,
		getMode: () => mode,
		getActivationMode: () => activation,
		getInstanceId: () => instance,
		logger: { warn },
		getWorkflow: () => ({ id: workflow, name: 'Test' }),
		getWorkflowStaticData: () => memory,
		getCredentials: async () => credentials,
		getCredentialsProperties: () => [],
		helpers: { httpRequestWithAuthentication: send },
	} as unknown as IHookFunctions;
}

/** Waits until what a hook put off has begun, and where asked until it has come to something. */
export async function later(isSo = () => true): Promise<void> {
	await new Promise((resolve) => setTimeout(resolve, 2_300));
	for (let tries = 0; tries < 100 && !isSo(); tries++)
		await new Promise((resolve) => setTimeout(resolve, 100));
}

/** Whether Salesflow has nothing registered any more. */
export const isNothingHeld = () => held().every((count) => count === 0);

/** How many webhooks Salesflow has, and how many campaigns are attached to them. */
export const held = () => [sim.vendor.webhooks.byId.size, sim.vendor.webhooks.attachments().length];
/** What it has where a trigger is registered once. */
export const perSet = () => [2, 2 * sim.vendor.campaigns.size];
