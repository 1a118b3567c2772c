import { createRequire } from 'node:module';
import type { AxiosInstance, InternalAxiosRequestConfig } from 'axios';
import { ExecuteContext, ExecutionLifecycleHooks } from 'n8n-core';
import {
	createRunExecutionData,
	type ICredentialDataDecryptedObject,
	type IDataObject,
	type IExecuteData,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeTypes,
	type IWorkflowBase,
	type IWorkflowExecuteAdditionalData,
	Workflow,
} from 'n8n-workflow';
import type { Subject } from '../unit/engine.mts';
import { GivenCredential, withDefaults } from '../unit/engine.credential.mts';

/** A request as it would have gone onto the wire. */
export interface Captured {
	method: string;
	/** As the URL parser of the HTTP client leaves it. */
	url: URL;
	headers: Record<string, string>;
	/** What goes out: text, or a stream that nobody read. */
	body: unknown;
}

export interface Outcome {
	requests: Captured[];
	error: (Error & { description?: string | null }) | undefined;
}

/** The HTTP client that n8n-core itself uses. */
const ofProject = createRequire(import.meta.url);
const axios = createRequire(ofProject.resolve('n8n-core'))('axios') as AxiosInstance;

const captured: Captured[] = [];

/** The link of a question is signed and has a number of chance: another in each run. */
const withoutChance = (body: unknown): unknown =>
	typeof body === 'string'
		? body.replace(/(?:\\n){0,2}http:[^\s"\\]*[?]question=[\da-f]{32}[^\s"\\]*/g, '')
		: body;

/** Answers an empty object to everything: no operation reads a second page of that. */
axios.defaults.adapter = async (config: InternalAxiosRequestConfig) => {
	captured.push({
		method: String(config.method).toUpperCase(),
		url: new URL(axios.getUri(config)),
		headers: Object.fromEntries(
			Object.entries(config.headers.toJSON()).map(([name, value]) => [
				name.toLowerCase(),
				String(value),
			]),
		),
		body: withoutChance(config.data),
	});
	return { data: {}, status: 200, statusText: 'OK', headers: {}, config };
};

/** Runs the operations of one node, in n8n's own execution context, up to the HTTP client. */
export class Harness {
	constructor(
		private readonly subject: Subject,
		private readonly credential: ICredentialDataDecryptedObject,
	) {}

	/** A node with these parameters, to be run with one item after the other. */
	node(parameters: IDataObject): (item: INodeExecutionData) => Promise<Outcome> {
		const { node, credential } = this.subject;
		const nodeTypes = {
			getByName: () => node,
			getByNameAndVersion: () => node,
			getKnownTypes: () => ({}),
		} as INodeTypes;
		const workflow = new Workflow({
			id: 'attack',
			active: false,
			nodeTypes,
			connections: {},
			nodes: [
				{
					id: '1',
					name: 'Node',
					type: 'subject',
					typeVersion: 1,
					position: [0, 0],
					parameters: parameters as never,
					credentials: { [credential.name]: { id: '1', name: 'Given' } },
				},
			],
		});
		const additional = {
			credentialsHelper: new GivenCredential(credential, withDefaults(credential, this.credential)),
			executionId: '1',
			hooks: new ExecutionLifecycleHooks('manual', '1', { id: 'a', name: 'A' } as IWorkflowBase),
			variables: {},
			webhookWaitingBaseUrl: 'http://127.0.0.1/waiting',
			formWaitingBaseUrl: 'http://127.0.0.1/form',
		} as unknown as IWorkflowExecuteAdditionalData;
		const described = workflow.getNode('Node');
		if (!described) throw new Error('The workflow lost its node.');
		return async (item) => {
			const data = { main: [[item]] };
			const executeData = { data, node: described, source: null } as IExecuteData;
			const context = new ExecuteContext(
				workflow,
				described,
				additional,
				'manual',
				createRunExecutionData(),
				0,
				[item],
				data,
				executeData,
				[],
			);
			return await outcomeOf(async () => await node.execute?.call(context as IExecuteFunctions));
		};
	}
}

async function outcomeOf(work: () => Promise<unknown>): Promise<Outcome> {
	captured.length = 0;
	let error: Outcome['error'];
	try {
		await work();
	} catch (thrown) {
		error = thrown as Error;
	}
	return { requests: captured.splice(0), error };
}
