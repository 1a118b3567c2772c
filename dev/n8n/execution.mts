import { parse } from 'flatted';

/** How an execution stands. The first three have not ended. */
export type Status =
	'new' | 'running' | 'waiting' | 'success' | 'error' | 'canceled' | 'crashed' | 'unknown';

export interface Pair {
	item: number;
	input?: number;
}

export interface Item {
	json: Record<string, unknown>;
	binary?: Record<string, unknown>;
	pairedItem?: number | Pair | Pair[];
	error?: RunError;
}

/** What n8n saved of an error; a NodeApiError has more fields than these. */
export interface RunError {
	message: string;
	description?: string | null;
	name?: string;
	httpCode?: string | null;
	[field: string]: unknown;
}

/** One run of one node. */
export interface NodeRun {
	status: string;
	/** When it began, in milliseconds since 1970, and how long it took, in milliseconds. */
	startTime: number;
	executionTime: number;
	/** The items of each main output. */
	outputs: Item[][];
	/** Everything by connection, with what an AI tool gives on `ai_tool`. */
	data: Record<string, Array<Item[] | null>>;
	error?: RunError;
	hints: Array<{ message: string }>;
}

/** An execution as n8n saved it, decoded. */
export interface Execution {
	id: string;
	workflowId: string;
	status: Status;
	mode: string;
	/** When n8n stored it, which may be before a crash, while it is started after that. */
	createdAt: string;
	startedAt: string | null;
	stoppedAt: string | null;
	/** What ended the execution, if it did not succeed. */
	error?: RunError;
	lastNode?: string;
	nodes: Record<string, NodeRun[]>;
	/** Everything that n8n saved, for a search for what must not be in it. */
	raw: unknown;
}

/** A line in n8n's list of executions. */
export interface Summary {
	id: string;
	workflowId: string;
	status: Status;
	mode: string;
	createdAt: string;
	startedAt: string | null;
	stoppedAt: string | null;
}

interface SavedRun {
	executionStatus?: string;
	startTime: number;
	executionTime: number;
	data?: Record<string, Array<Item[] | null>>;
	error?: RunError;
	hints?: Array<{ message: string }>;
}

interface SavedData {
	resultData?: {
		runData?: Record<string, SavedRun[]>;
		error?: RunError;
		lastNodeExecuted?: string;
	};
}

/** Whether an execution with this status will not change any more. */
export function hasEnded(status: Status): boolean {
	return status !== 'new' && status !== 'running' && status !== 'waiting';
}

/** Decodes the answer of GET /rest/executions/:id, whose data is written by "flatted". */
export function decodeExecution(saved: Summary & { data: unknown }): Execution {
	const { data, ...summary } = saved;
	const decoded = (typeof data === 'string' ? parse(data) : data) as SavedData | undefined;
	const { runData = {}, error, lastNodeExecuted } = decoded?.resultData ?? {};
	const nodes = Object.entries(runData).map(([name, runs]) => [name, runs.map(decodeRun)]);
	return {
		id: summary.id,
		workflowId: summary.workflowId,
		status: summary.status,
		mode: summary.mode,
		createdAt: summary.createdAt,
		startedAt: summary.startedAt,
		stoppedAt: summary.stoppedAt,
		...(error && { error }),
		...(lastNodeExecuted && { lastNode: lastNodeExecuted }),
		nodes: Object.fromEntries(nodes) as Record<string, NodeRun[]>,
		raw: decoded,
	};
}

function decodeRun(run: SavedRun): NodeRun {
	const data = run.data ?? {};
	return {
		status: run.executionStatus ?? 'unknown',
		startTime: run.startTime,
		executionTime: run.executionTime,
		outputs: (data.main ?? []).map((items) => items ?? []),
		data,
		...(run.error && { error: run.error }),
		hints: run.hints ?? [],
	};
}

/**
 * The items that a node gave on one of its outputs in its last run.
 * @throws Error if the node did not run
 */
export function itemsOf(execution: Execution, node: string, output = 0): Item[] {
	const run = execution.nodes[node]?.at(-1);
	if (!run) {
		const ran = Object.keys(execution.nodes).join(', ') || 'no node';
		const why = execution.error ? `: ${execution.error.message}` : '';
		throw new Error(`"${node}" did not run; ${ran} did (${execution.status}${why}).`);
	}
	return run.outputs[output] ?? [];
}
