import { nodeName, type TestN8n } from '../../n8n/harness.mts';
import { itemsOf, type RunError, type Status } from '../../n8n/execution.mts';
import { chain, manualTrigger } from '../../n8n/workflow.mts';
import type { Contender } from './contenders.mts';
import { cpuSeconds, residentBytes } from './processes.mts';

/** An execution takes no longer than this, in milliseconds. */
const LONGEST_RUN = 900_000;
/** How often memory is looked at, in milliseconds. */
const LOOK_EVERY = 100;
/**
 * n8n is asked seldom whether it has ended: each answer holds the whole workflow with its items, and four a second were
 * a third of all that n8n allocated, and with it as much of its garbage collection. The editor is told by push.
 */
const ASK_EVERY = 2000;

/** What one run of one node took. */
export interface Taken {
	status: Status;
	error: RunError | undefined;
	/** Items that came out, without those that carry an error. */
	items: number;
	/** The node's own executionTime in n8n's run data, in milliseconds. */
	ms: number;
	/** CPU of n8n's process from the run's start until its data is read, in milliseconds. */
	cpuMs: number;
	/** Most memory of n8n's process and its children while it ran, in bytes. */
	peakBytes: number;
}

/** How it ended, for a table. */
export const endOf = ({ status, error }: Taken): string =>
	error ? `${status}: ${error.message}` : status;

export type Json = Record<string, unknown>;

/** Runs a node by hand in the real n8n, with these items pinned before it, and takes its measure. */
export async function measure(
	{ n8n }: TestN8n,
	{ name, node }: Contender,
	items: Json[],
): Promise<Taken> {
	const workflow = await n8n.createWorkflow({
		...chain(`${name}, ${items.length} items`, [manualTrigger, node]),
		pinData: { [manualTrigger.name]: items.map((json) => ({ json })) },
	});
	const { pid = 0 } = n8n;
	let peakBytes = await residentBytes(pid);
	let looking = false;
	const ticker = setInterval(() => {
		if (looking) return;
		looking = true;
		void residentBytes(pid)
			.then((bytes) => (peakBytes = Math.max(peakBytes, bytes)))
			.finally(() => (looking = false));
	}, LOOK_EVERY);
	try {
		const before = await cpuSeconds(pid);
		const execution = await n8n.run(workflow, {
			timeout: LONGEST_RUN,
			lookEveryMs: ASK_EVERY,
		});
		const cpuMs = ((await cpuSeconds(pid)) - before) * 1000;
		const run = execution.nodes[nodeName]?.at(-1);
		const made = run && !run.error ? itemsOf(execution, nodeName) : [];
		return {
			status: execution.status,
			error: execution.error,
			items: made.filter(({ error }) => error === undefined).length,
			ms: run?.executionTime ?? Number.NaN,
			cpuMs,
			peakBytes,
		};
	} finally {
		clearInterval(ticker);
	}
}

/** Leads for a number of items, none twice. */
export function leads(count: number, prefix = 'lead'): Json[] {
	return Array.from({ length: count }, (_, n) => ({
		firstName: `Lead ${n}`,
		email: `${prefix}${n}@example.com`,
	}));
}

/** The one in the middle; the mean of the two in the middle of an even number. */
export function median(numbers: readonly number[]): number {
	const sorted = [...numbers].sort((a, b) => a - b);
	const middle = Math.floor(sorted.length / 2);
	const upper = sorted[middle] ?? Number.NaN;
	return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? upper) + upper) / 2;
}
