import type { Summary } from './execution.mts';
import type { Rest } from './rest.mts';
import type { Version } from './runtime.mts';
import { until } from './until.mts';
import type { SavedWorkflow } from './workflow.mts';

/** One page of n8n's list of executions, newest first. */
export interface Page {
	results: Summary[];
	/** 2.x only. */
	nextCursor?: string | null;
}

/** Where the REST API of n8n 1.x and that of 2.x differ. */
export interface N8nMajor {
	/** The body of a manual run: 2.x takes the workflow as it is saved, 1.x wants it sent. */
	runBody(workflow: SavedWorkflow, trigger: string): object;
	/** What asks for the page after this one; nothing after the last. */
	nextPage(page: Page): Record<string, string> | undefined;
	/** Waits until an activation has reached the triggers, which 2.x does after it answers. */
	untilPublished(rest: Rest, workflowId: string): Promise<void>;
	/** Waits until a deactivation has reached the triggers. */
	untilUnpublished(rest: Rest, workflowId: string): Promise<void>;
}

const ONE: N8nMajor = {
	runBody: (workflow, trigger) => ({
		workflowData: workflow,
		triggerToStartFrom: { name: trigger },
	}),
	nextPage: ({ results }) => {
		const last = results.at(-1);
		return last && { lastId: last.id };
	},
	untilPublished: async () => {},
	untilUnpublished: async () => {},
};

const TWO: N8nMajor = {
	runBody: (_workflow, trigger) => ({ triggerToStartFrom: { name: trigger } }),
	nextPage: ({ nextCursor }) => (nextCursor ? { cursor: nextCursor } : undefined),
	untilPublished: async (rest, workflowId) => {
		const { status, triggers } = await untilSettled(rest, workflowId);
		if (status === 'published') return;
		const why = triggers.map(({ errorMessage }) => errorMessage).filter(Boolean);
		throw new Error(`n8n did not publish the workflow (${status}): ${why.join('; ')}`);
	},
	untilUnpublished: async (rest, workflowId) => {
		await untilSettled(rest, workflowId);
	},
};

/** Which line a version belongs to. */
export function majorOf(version: Version): N8nMajor {
	return version.startsWith('1.') ? ONE : TWO;
}

interface Publication {
	status: 'in_progress' | 'not_published' | 'published' | 'partial' | 'failed';
	triggers: Array<{ errorMessage: string | null }>;
}

/** n8n 2.x tries a refused activation up to five times, with growing waits. */
const LONGEST_PUBLICATION = 120_000;

async function untilSettled(rest: Rest, workflowId: string): Promise<Publication> {
	let before: Publication['status'] | undefined;
	return await until(
		async () => {
			const now = await rest.get<Publication>(`/workflows/${workflowId}/publication-status`);
			// n8n asks for what is under way and for what is on side by side, and a publication may end between the
			// two: it then reads neither. What is read twice is so.
			const isSettled =
				now.status !== 'in_progress' && (now.status !== 'not_published' || before === now.status);
			before = now.status;
			return isSettled ? now : undefined;
		},
		() => 'n8n was still publishing',
		LONGEST_PUBLICATION,
	);
}
