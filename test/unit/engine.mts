import { jest } from '@jest/globals';
import { ExecutionLifecycleHooks, WorkflowExecute } from 'n8n-core';
import {
	type IBinaryKeyData,
	type ICredentialDataDecryptedObject,
	type ICredentialType,
	type INodeExecutionData,
	type INodeType,
	type INodeTypes,
	type IRun,
	type IRunExecutionData,
	type IWorkflowBase,
	type IWorkflowExecuteAdditionalData,
	type IDataObject,
	type INodeParameters,
	type NodeExecutionHint,
	type NodeApiError,
	Workflow,
	type WorkflowExecuteMode,
} from 'n8n-workflow';
import { GivenCredential, withDefaults } from './engine.credential.mts';
import { behind, source, startName, toolOf } from './engine.nodes.mts';

/** An action node with the credential type that it uses. */
export interface Subject {
	node: INodeType;
	credential: ICredentialType;
}

export interface RunOptions {
	/** The node's version; the first if not said. */
	typeVersion?: number;
	parameters: INodeParameters;
	/** The credential's data; what is left out has its default. */
	credential: ICredentialDataDecryptedObject;
	/** The json of the input items; one empty item if not said. */
	items?: IDataObject[];
	/** The files of each of them. */
	binary?: IBinaryKeyData;
	onError?: 'continueRegularOutput' | 'continueErrorOutput' | 'stopWorkflow';
	/** How often n8n runs the node, with a millisecond in between, where it ends with an error. */
	maxTries?: number;
	/** Run under the type that n8n gives a node that an AI agent uses. */
	asTool?: boolean;
	/** The engine cancels the execution when this is aborted. */
	cancel?: AbortSignal;
	/** How it is started, where there is no host; left out, by a person in the editor. */
	mode?: WorkflowExecuteMode;
	/** What of n8n lasts from one execution to the next; left out, a person tries the node out in the editor. */
	host?: Host;
	/** What the node behind it does with the items, which may throw. */
	then?: (items: INodeExecutionData[]) => Promise<void> | void;
	/** Where given, the node runs once more in the same execution, with the same items, as in a loop; called in between. */
	between?: () => void;
}

/** As much of n8n as keeps executions and what a workflow remembers. */
export class Host {
	/** As n8n's database has it: as text. */
	kept = '{}';
	mode: WorkflowExecuteMode = 'trigger';
	nodeName = 'Node';
	nodeId = '2';
	/** Those that were kept, by their ids. */
	readonly executions = new Map<string, IRunExecutionData>();
	/** Whether those that end well are kept, and those that do not. */
	keeps = { success: true, error: true };
	private count = 0;

	constructor(public workflowId: string) {}

	nextId = (): string => `${++this.count}`;

	/** Stores an execution as n8n does: what was remembered is lost with one that was cancelled, and never moves in a manual one. */
	store(id: string, { data, status }: IRun, workflow: Workflow): void {
		const isChanged = workflow.staticData.__dataChanged === true;
		if (isChanged && this.mode !== 'manual' && status !== 'canceled')
			this.kept = JSON.stringify(workflow.staticData);
		const isKept = status === 'success' ? this.keeps.success : this.keeps.error;
		if (isKept) this.executions.set(id, data);
		else this.executions.delete(id);
	}
}

export interface RunResult {
	/** The items of the node's regular output, of its last run. */
	items: INodeExecutionData[];
	/** The items of its error output. */
	failed: INodeExecutionData[];
	/** What ended the node. */
	error: NodeApiError | undefined;
	/** What the node shows above its output. */
	hints: NodeExecutionHint[];
	/** How often the credential was read. */
	reads: number;
	/** All that n8n would store with the execution. */
	run: IRun;
}

const behindName = 'Behind';
const againName = 'Again';

/** The workflow that `run` runs, and what n8n would bring with it. */
export function setUp(
	{ node, credential }: Subject,
	{ typeVersion = 1, parameters, credential: data, items = [{}], ...options }: RunOptions,
) {
	const { onError, maxTries, asTool, host, then, between, binary } = options;
	const { nodeName = 'Node', nodeId = '2', workflowId = 'test' } = host ?? {};
	const mode = host?.mode ?? options.mode ?? 'manual';
	const executionId = host?.nextId() ?? '1';
	const types: Record<string, INodeType> = {
		items: source(items, binary),
		subject: node,
		subjectTool: toolOf(node),
		behind: behind(then),
		again: behind(between),
	};
	const nodeTypes: INodeTypes = {
		getByName: (name) => types[name] as INodeType,
		getByNameAndVersion: (name) => types[name] as INodeType,
		getKnownTypes: () => ({}),
	};
	const position: [number, number] = [0, 0];
	const workflow = new Workflow({
		id: workflowId,
		active: false,
		nodeTypes,
		staticData: JSON.parse(host?.kept ?? '{}') as IDataObject,
		nodes: [
			{ id: '1', name: startName, type: 'items', typeVersion: 1, position, parameters: {} },
			{
				id: nodeId,
				name: nodeName,
				type: asTool ? 'subjectTool' : 'subject',
				typeVersion,
				position,
				parameters,
				credentials: { [credential.name]: { id: '1', name: 'Given' } },
				...(onError && { onError }),
				...(maxTries && { retryOnFail: true, maxTries, waitBetweenTries: 1 }),
			},
			...(then
				? [{ id: '3', name: behindName, type: 'behind', typeVersion: 1, position, parameters: {} }]
				: []),
			...(between
				? [{ id: '4', name: againName, type: 'again', typeVersion: 1, position, parameters: {} }]
				: []),
		],
		connections: {
			[startName]: {
				main: [
					[nodeName, ...(between ? [againName] : [])].map((name) => ({
						...{ node: name, type: 'main' as const, index: 0 },
					})),
				],
			},
			...(between && { [againName]: { main: [[{ node: nodeName, type: 'main', index: 0 }]] } }),
			...(then && { [nodeName]: { main: [[{ node: behindName, type: 'main', index: 0 }]] } }),
		},
	});
	const given = new GivenCredential(credential, withDefaults(credential, data));
	const additional = {
		credentialsHelper: given,
		executionId,
		getRunExecutionData: async (id: string) => host?.executions.get(id),
		hooks: new ExecutionLifecycleHooks(mode, executionId, {
			id: workflowId,
			name: 'Test',
		} as IWorkflowBase),
		currentNodeExecutionIndex: 0,
		variables: {},
		webhookBaseUrl: '',
		webhookWaitingBaseUrl: 'http://127.0.0.1/waiting',
		webhookTestBaseUrl: '',
		restApiUrl: '',
		instanceBaseUrl: '',
		formWaitingBaseUrl: 'http://127.0.0.1/form',
	};
	return {
		workflow,
		additional: additional as unknown as IWorkflowExecuteAdditionalData,
		given,
		mode,
		nodeName,
		executionId,
	};
}

/** n8n 1.x takes the workflow and its first node one after the other. */
function begin(execute: WorkflowExecute, workflow: Workflow) {
	const startNode = workflow.getNode(startName) ?? undefined;
	if (execute.run.length <= 1) return execute.run({ workflow, startNode });
	const run = execute.run.bind(execute) as unknown as (
		...given: [Workflow, typeof startNode]
	) => ReturnType<WorkflowExecute['run']>;
	return run(workflow, startNode);
}

/**
 * Runs an action node inside n8n's own engine, behind a node that gives it the items.
 * @param waiting what an execution before left that waits, and goes on now
 */
export async function run(
	subject: Subject,
	options: RunOptions,
	waiting?: IRunExecutionData,
): Promise<RunResult> {
	const { cancel, host } = options;
	const { workflow, additional, given, mode, nodeName, executionId } = setUp(subject, options);
	const execution = waiting
		? new WorkflowExecute(additional, mode, waiting).processRunExecutionData(workflow)
		: begin(new WorkflowExecute(additional, mode), workflow);
	cancel?.addEventListener('abort', () => execution.cancel(), { once: true });
	const result = await execution;
	host?.store(executionId, result, workflow);
	const task = result.data.resultData.runData[nodeName]?.at(-1);
	const [regular, failed] = task?.data?.main ?? [];
	return {
		items: regular ?? [],
		failed: failed ?? [],
		hints: task?.hints ?? [],
		reads: given.reads,
		error: (task?.error ?? result.data.resultData.error) as NodeApiError | undefined,
		run: result,
	};
}

/** All there is to be read in a value, in a form in which a secret can be searched for. */
export function everything(value: unknown): string {
	const seen = new Set<unknown>();
	return JSON.stringify(value, (_, one: unknown) => {
		if (typeof one !== 'object' || one === null) return typeof one === 'function' ? undefined : one;
		if (seen.has(one)) return '[seen]';
		seen.add(one);
		const hidden = Object.getOwnPropertyNames(one).map((name) => [
			name,
			(one as Record<string, unknown>)[name],
		]);
		return Array.isArray(one) ? one : Object.fromEntries(hidden);
	});
}

/**
 * Lets all waits pass five hundred times as fast, the HTTP client's own timeout included.
 * @returns puts the clock back
 */
export function hurry(): () => void {
	const tick = setInterval(() => jest.advanceTimersByTime(1000), 2);
	jest.useFakeTimers({
		doNotFake: [
			'setInterval',
			'clearInterval',
			'setImmediate',
			'clearImmediate',
			'nextTick',
			'queueMicrotask',
			'performance',
			'hrtime',
		],
	});
	return () => {
		clearInterval(tick);
		jest.useRealTimers();
	};
}
