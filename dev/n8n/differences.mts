import type { Summary } from './execution.mts';
import { type Rest, RestError } from './rest.mts';
import { until } from './until.mts';
import { type SavedWorkflow, triggerOf } from './workflow.mts';

/**
 * Where the REST API of n8n's editor is another in one version than in others. They are told by what n8n answers, since
 * some came in the midst of a line.
 */

/** One page of n8n's list of executions, newest first. */
export interface Page {
	results: Summary[];
	/** Of later 2.x only; null on the last page. */
	nextCursor?: string | null;
}

/**
 * Begins a manual run. Later 2.x take the workflow as it is saved, and pass over what is sent of it; up to 1.121 what is
 * pinned to a trigger counts only where `startNodes` is there, and up to 1.110 AI agents run in the second version only.
 */
export const runManually = async (
	rest: Rest,
	workflow: SavedWorkflow,
	trigger = triggerOf(workflow).name,
): Promise<{ executionId?: string; waitingForWebhook?: boolean }> =>
	await rest.post(`/workflows/${workflow.id}/run?partialExecutionVersion=2`, {
		workflowData: workflow,
		startNodes: [],
		triggerToStartFrom: { name: trigger },
	});

/** What asks for the page after this one; nothing after the last. */
export function nextPage({ results, nextCursor }: Page): Record<string, string> | undefined {
	if (nextCursor !== undefined) return nextCursor === null ? undefined : { cursor: nextCursor };
	const last = results.at(-1);
	return last && { lastId: last.id };
}

/**
 * Activates a workflow (2.x: publishes it as it is), and waits until its triggers are on.
 * @throws Error where they are not, with why
 */
export async function activate(rest: Rest, saved: SavedWorkflow): Promise<void> {
	const { id, versionId, active } = saved;
	// Up to 1.121 what is active is activated anew by each save.
	const byPatch = async () =>
		active ? undefined : await rest.patch(`/workflows/${id}`, { versionId, active: true });
	await rest
		.post(`/workflows/${id}/activate`, { versionId })
		.catch(whereUnversioned(() => changeAndActivate(rest, saved)))
		.catch(whereMissing(byPatch));
	const publication = await untilSettled(rest, id);
	if (!publication || publication.status === 'published') return;
	const { status, triggers } = publication;
	const why = triggers.map(({ errorMessage }) => errorMessage).filter(Boolean);
	throw new Error(`n8n did not publish the workflow (${status}): ${why.join('; ')}`);
}

/** Moves the nodes a little, since n8n makes no version of what did not change, and activates that. */
async function changeAndActivate(rest: Rest, workflow: SavedWorkflow): Promise<void> {
	const { id, versionId, connections } = workflow;
	const nodes = workflow.nodes.map((node) => ({
		...node,
		position: node.position?.map((coordinate) => coordinate + 1) ?? [0, 0],
	}));
	const saved = await rest.patch<SavedWorkflow>(`/workflows/${id}`, {
		versionId,
		nodes,
		connections,
	});
	await rest.post(`/workflows/${id}/activate`, { versionId: saved.versionId });
}

/** Deactivates a workflow, and waits until its triggers are off. */
export async function deactivate(rest: Rest, id: string): Promise<void> {
	await rest
		.post(`/workflows/${id}/deactivate`)
		.catch(whereMissing(() => rest.patch(`/workflows/${id}`, { active: false })));
	await untilSettled(rest, id);
}

/** What is done in place of a call that this n8n does not know; what else went wrong is thrown again. */
const whereMissing =
	<T,>(instead: () => T) =>
	(error: unknown): T => {
		if (error instanceof RestError && error.status === 404) return instead();
		throw error;
	};

/** What is done with a workflow of which there is no version yet: 2.0 makes none of what its command line imports. */
const whereUnversioned =
	<T,>(instead: () => T) =>
	(error: unknown): T => {
		if (error instanceof RestError && / Version not found$/.test(error.message)) return instead();
		throw error;
	};

/** What is said of an execution of which nothing is stored yet: 2.20 answers 500 then. What else went wrong is thrown again. */
export const whereNotStored =
	<T,>(instead: () => T) =>
	(error: unknown): T => {
		const isOfNothing =
			error instanceof RestError && / \(reading 'resultData'\)$/.test(error.message);
		if (isOfNothing && error.status === 500) return instead();
		throw error;
	};

interface Publication {
	status: 'in_progress' | 'not_published' | 'published' | 'partial' | 'failed';
	triggers: Array<{ errorMessage: string | null }>;
}

/** n8n 2.x tries a refused activation up to five times, with growing waits. */
const longestPublicationMs = 120_000;

/** Later 2.x publish after they have answered. @returns nothing where n8n did so before */
async function untilSettled(rest: Rest, workflowId: string): Promise<Publication | undefined> {
	let before: Publication['status'] | undefined;
	const settled = await until(
		async () => {
			const now = await rest
				.get<Publication>(`/workflows/${workflowId}/publication-status`)
				.catch(whereMissing(() => 'before' as const));
			if (now === 'before') return now;
			// n8n asks for what is under way and for what is on side by side, and a publication may end between the
			// two: it then reads neither. What is read twice is so.
			const isSettled =
				now.status !== 'in_progress' && (now.status !== 'not_published' || before === now.status);
			before = now.status;
			return isSettled ? now : undefined;
		},
		() => 'n8n was still publishing',
		longestPublicationMs,
	);
	return settled === 'before' ? undefined : settled;
}
