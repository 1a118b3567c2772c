import { randomUUID } from 'node:crypto';

import { type Execution, type Status, type Summary } from './execution.mts';
import { decodeExecution, hasEnded } from './execution.mts';
import {
	activate,
	deactivate,
	nextPage,
	type Page,
	runManually,
	whereNotStored,
} from './differences.mts';
import { Rest } from './rest.mts';
import type { Version } from './runtime.mts';
import { until } from './until.mts';
import {
	type SavedCredential,
	type SavedWorkflow,
	type Workflow,
	type WorkflowNode,
	isTrigger,
} from './workflow.mts';

const PAGE_SIZE = 100;

export interface RunOptions {
	/** The name of the node to start from; the first trigger if not said. */
	trigger?: string;
	/** In milliseconds. */
	timeout?: number;
	/** How long from one look at whether it has ended to the next, in milliseconds; left out, a quarter of a second at most. */
	lookEveryMs?: number;
}

/** A choice in a list that the editor loads from a node. */
export interface Choice {
	name: string;
	value: string | number | boolean;
	description?: string;
	url?: string;
}

/** What a search in a resource locator's list may say. */
export interface ListSearch {
	path?: string;
	filter?: string;
	paginationToken?: string;
}

/** What a person does in n8n's editor: by its REST API, on 1.x and on 2.x. */
export class Editor {
	readonly rest: Rest;

	constructor(
		readonly url: string,
		readonly version: Version,
	) {
		this.rest = new Rest(url);
	}

	async createCredential(
		type: string,
		name: string,
		data: Record<string, unknown>,
	): Promise<SavedCredential> {
		return await this.rest.post('/credentials', { type, name, data });
	}

	/** Tests a saved credential as the editor does, with the saved data or with other data. */
	async testCredential(
		{ id, name, type }: SavedCredential,
		data?: Record<string, unknown>,
	): Promise<{ status: 'OK' | 'Error'; message: string }> {
		const saved = await this.rest.get<{ data: Record<string, unknown> }>(`/credentials/${id}`, {
			includeData: true,
		});
		const credentials = { id, name, type, data: data ?? saved.data };
		return await this.rest.post('/credentials/test', { credentials });
	}

	/** Deletes all credentials of a type. */
	async removeCredentials(type: string): Promise<void> {
		const all = await this.rest.get<SavedCredential[]>('/credentials');
		for (const { id } of all.filter((saved) => saved.type === type)) {
			await this.rest.delete(`/credentials/${id}`);
		}
	}

	/** Deletes all workflows of a name; n8n wants them archived before. */
	async removeWorkflows(name: string): Promise<void> {
		const filter = JSON.stringify({ name });
		const found = await this.rest.get<SavedWorkflow[]>('/workflows', { filter });
		for (const { id, isArchived } of found.filter((saved) => saved.name === name)) {
			if (isArchived !== true) await this.rest.post(`/workflows/${id}/archive`);
			await this.rest.delete(`/workflows/${id}`);
		}
	}

	/** Saves a new workflow; its triggers get a webhook id, as the editor gives them one. */
	async createWorkflow(workflow: Workflow): Promise<SavedWorkflow> {
		const nodes = workflow.nodes.map((node) =>
			isTrigger(node) ? { webhookId: randomUUID(), ...node } : node,
		);
		// 1.x takes no workflow that does not say it; 2.x makes them inactive in any case.
		return await this.rest.post('/workflows', { ...workflow, nodes, active: false });
	}

	async workflow(id: string): Promise<SavedWorkflow> {
		return await this.rest.get(`/workflows/${id}`);
	}

	/**
	 * Runs a workflow by hand, as the editor's button does, and waits for its end. One that was
	 * not saved is saved first.
	 * @throws Error if the trigger waits for a webhook (use listenForTest), or on the timeout
	 */
	async run(workflow: Workflow | SavedWorkflow, options: RunOptions = {}): Promise<Execution> {
		const { timeout, lookEveryMs } = options;
		return await this.untilEnded(await this.begin(workflow, options), timeout, lookEveryMs);
	}

	/** Begins a run by hand and gives back the execution's id without waiting for its end. */
	async begin(workflow: Workflow | SavedWorkflow, { trigger }: RunOptions = {}): Promise<string> {
		const { executionId } = await runManually(this.rest, await this.saved(workflow), trigger);
		if (executionId === undefined) {
			throw new Error(`"${workflow.name}" waits for a webhook; use listenForTest to run it.`);
		}
		return executionId;
	}

	/**
	 * Runs by hand a workflow that a webhook starts: n8n registers the test webhook (which it
	 * forgets after two minutes) and waits for one call.
	 * @returns the workflow, and what waits for the execution that the call starts
	 */
	async listenForTest(
		workflow: Workflow | SavedWorkflow,
		{ trigger, timeout }: RunOptions = {},
	): Promise<{ workflow: SavedWorkflow; execution: () => Promise<Execution> }> {
		const saved = await this.saved(workflow);
		const before = new Set((await this.executions(saved.id)).map(({ id }) => id));
		const { waitingForWebhook } = await runManually(this.rest, saved, trigger);
		if (!waitingForWebhook) throw new Error(`"${saved.name}" did not wait for a webhook.`);
		const execution = async (): Promise<Execution> => {
			const id = await until(
				async () => (await this.executions(saved.id)).find(({ id }) => !before.has(id))?.id,
				() => `No call of the test webhook started "${saved.name}"`,
				timeout,
			);
			return await this.untilEnded(id, timeout);
		};
		return { workflow: saved, execution };
	}

	/** Ends the listening for a test, as the editor's button does; n8n unregisters in the background. */
	async cancelTest(workflowId: string): Promise<void> {
		await this.rest.delete(`/test-webhook/${workflowId}`);
	}

	/** Activates a workflow (2.x: publishes it as it is) and waits until its triggers are on. */
	async activate(id: string): Promise<void> {
		await activate(this.rest, await this.workflow(id));
	}

	/** Saves a workflow as it is after `change`; what is active stays as it was until it is activated. */
	async save(id: string, change: (workflow: SavedWorkflow) => void): Promise<void> {
		const saved = await this.workflow(id);
		change(saved);
		const { name, nodes, connections, versionId } = saved;
		await this.rest.patch(`/workflows/${id}`, { name, nodes, connections, versionId });
	}

	/** Saves a workflow with other nodes, and brings that into what is active. */
	async change(id: string, change: (nodes: SavedWorkflow['nodes']) => void): Promise<void> {
		await this.save(id, ({ nodes }) => change(nodes));
		await this.activate(id);
	}

	/** Fills in a credential anew. */
	async updateCredential(
		{ id, name, type }: SavedCredential,
		data: Record<string, unknown>,
	): Promise<void> {
		await this.rest.patch(`/credentials/${id}`, { name, type, data });
	}

	/** Deactivates a workflow and waits until its triggers are off. */
	async deactivate(id: string): Promise<void> {
		await deactivate(this.rest, id);
	}

	/** The ids of the workflows whose triggers are on. */
	async activeWorkflows(): Promise<string[]> {
		return await this.rest.get('/active-workflows');
	}

	/** All executions of a workflow, the newest first, without their data. */
	async executions(workflowId: string): Promise<Summary[]> {
		const filter = JSON.stringify({ workflowId });
		const all = new Map<string, Summary>();
		let next: Record<string, string> | undefined = {};
		while (next) {
			const params: Record<string, unknown> = { filter, limit: PAGE_SIZE, ...next };
			const page: Page = await this.rest.get('/executions', params);
			const before = all.size;
			for (const summary of page.results) all.set(summary.id, summary);
			next = all.size > before ? nextPage(page) : undefined;
		}
		return [...all.values()].sort((a, b) => Number(b.id) - Number(a.id));
	}

	/** One execution with all that its nodes gave. */
	async execution(id: string): Promise<Execution> {
		return decodeExecution(await this.rest.get(`/executions/${id}`));
	}

	/** Waits until a workflow has `count` executions that have ended; the newest comes first. */
	async untilExecutions(workflowId: string, count: number, timeout?: number): Promise<Summary[]> {
		let ended: Summary[] = [];
		return await until(
			async () => {
				ended = (await this.executions(workflowId)).filter(({ status }) => hasEnded(status));
				return ended.length >= count ? ended : undefined;
			},
			() => `${ended.length} of ${count} executions have ended`,
			timeout,
		);
	}

	/** Waits for an execution's end, for `timeout` milliseconds at most. */
	async untilEnded(id: string, timeout?: number, lookEveryMs?: number): Promise<Execution> {
		let status: Status = 'unknown';
		return await until(
			async () => {
				const saved = await this.rest
					.get<Summary & { data: unknown }>(`/executions/${id}`)
					.catch(whereNotStored(() => undefined));
				status = saved?.status ?? status;
				return saved && hasEnded(status) ? decodeExecution(saved) : undefined;
			},
			() => `Execution ${id} has not ended (${status})`,
			timeout,
			lookEveryMs,
		);
	}

	/** Stops a running execution, as the editor's button does. */
	async cancel(executionId: string): Promise<void> {
		await this.rest.post(`/executions/${executionId}/stop`);
	}

	/** The choices of an options field, loaded as the editor does by a `loadOptions` method. */
	async dynamicOptions(node: WorkflowNode, methodName: string, path = ''): Promise<Choice[]> {
		return await this.dynamic('options', node, { methodName, path });
	}

	/** The choices of a resource locator's list, loaded as the editor does. */
	async listSearch(
		node: WorkflowNode,
		methodName: string,
		{ path = '', filter, paginationToken }: ListSearch = {},
	): Promise<{ results: Choice[]; paginationToken?: string }> {
		const body = { methodName, path, filter, paginationToken };
		return await this.dynamic('resource-locator-results', node, body);
	}

	/** The fields of a resource mapper, loaded as the editor does. */
	async resourceMapperFields(
		node: WorkflowNode,
		methodName: string,
		path = '',
	): Promise<{ fields: Array<Record<string, unknown>> }> {
		return await this.dynamic('resource-mapper-fields', node, { methodName, path });
	}

	private async dynamic<T>(what: string, node: WorkflowNode, body: Dynamic): Promise<T> {
		return await this.rest.post(`/dynamic-node-parameters/${what}`, {
			...body,
			path: `parameters.${body.path}`,
			nodeTypeAndVersion: { name: node.type, version: node.typeVersion },
			currentNodeParameters: node.parameters,
			credentials: node.credentials,
		});
	}

	private async saved(workflow: Workflow | SavedWorkflow): Promise<SavedWorkflow> {
		return 'id' in workflow ? workflow : await this.createWorkflow(workflow);
	}
}

interface Dynamic {
	methodName: string;
	path: string;
	filter?: string;
	paginationToken?: string;
}
