import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { isTool } from './readForm';
import { Marks } from '../polling/marks';
import type { Known } from './lookups';
import { Notices } from './notices';

/** What became of an item: what it gave, or what went wrong with it and must not be tried once more. */
export type Result = { items: INodeExecutionData[] } | { thrown: unknown };

/** What the tries of one run of a node have come to so far. */
export interface Tries {
	/** By the item's index. */
	results: Map<number, Result>;
	/** What was looked up, by the credential: one key may open several bots or accounts. */
	known: Map<string, Known>;
	notices: Notices;
	/** The marks of Only New Since Last Run. */
	marks: Marks;
}

/** By n8n's data of one run of one node in one execution; what is known of it goes when n8n lets go of that. */
const known = new WeakMap<object, Tries>();

/**
 * What the tries of this run have come to. n8n's Retry On Fail runs a node again with all of its items, and hands it
 * the same execute data each time (n8n-core, workflow-execute.ts): without this, what was created is created again.
 */
export function triesOf(context: IExecuteFunctions): Tries {
	const fresh: Tries = {
		...{ results: new Map(), known: new Map() },
		...{ notices: new Notices(), marks: new Marks() },
	};
	// A tool has the data of the agent that calls it, which are the same for all of its calls.
	if (context.getNode().retryOnFail !== true || isTool(context)) return fresh;
	const run = context.getExecuteData();
	const tries = known.get(run) ?? fresh;
	known.set(run, tries);
	return tries;
}
