import type { IDataObject, IPollFunctions } from 'n8n-workflow';
import { isRecord } from '../util/json';

/** What a polling trigger keeps with the workflow. */
export interface PollMemory {
	/** Number of this form. */
	form: 2;
	/** The account that it is about. */
	scope: string;
	/** What is remembered of each list, by the list's name. */
	lists: Record<string, IDataObject>;
}

/**
 * Where a trigger's memory is kept: by the node's id. What n8n calls a node's memory goes by the node's name, so that
 * a rename would begin anew, and renaming back would tell again what was told meanwhile. With durable cursors (2.x)
 * it goes by the id, and is the only one that n8n saves after each poll.
 */
export class MemoryStore {
	private readonly shared: IDataObject;
	private readonly own: IDataObject;
	private readonly key: string;

	/** @param name of the trigger's node type */
	constructor(context: IPollFunctions, name: string) {
		this.shared = context.getWorkflowStaticData('global');
		this.own = context.getWorkflowStaticData('node');
		this.key = `${name} ${context.getNode().id}`;
	}

	/**
	 * What is remembered about an account; nothing where the memory is of another one, or there is none.
	 * @param upgraded makes of a list's memory of form 1 one of this form; left out, it is dropped
	 */
	read(scope: string, upgraded?: (list: IDataObject) => IDataObject): PollMemory {
		// What stands with the node is an earlier version's, or the cursor, which begins as what there was.
		const kept = this.own.memory ?? this.shared[this.key];
		const isOwn = isRecord(kept) && kept.scope === scope && isRecord(kept.lists);
		// n8n hands out an object that notes each change; a copy can be worked on freely.
		const lists = isOwn ? (JSON.parse(JSON.stringify(kept.lists)) as PollMemory['lists']) : {};
		if (!isOwn || kept.form !== 1) return { form: 2, scope, lists };
		const entries = Object.entries(lists).flatMap(([name, list]) =>
			upgraded ? [[name, upgraded(list)]] : [],
		);
		return { form: 2, scope, lists: Object.fromEntries(entries) as PollMemory['lists'] };
	}

	/** Whether nothing is remembered yet, of whatever account. */
	get isEmpty(): boolean {
		return (this.own.memory ?? this.shared[this.key]) === undefined;
	}

	/** Takes the place of what was kept by the node's name, which another node may get. */
	write(memory: PollMemory): void {
		const value = memory as unknown as IDataObject;
		if (isCursor(this.own)) {
			this.own.memory = value;
			delete this.shared[this.key];
		} else {
			this.shared[this.key] = value;
			delete this.own.memory;
		}
	}
}

/** A cursor is a plain object; n8n's other memory is a proxy that notes each change, which cannot be cloned. */
function isCursor(memory: IDataObject): boolean {
	try {
		structuredClone(memory);
		return true;
	} catch {
		return false;
	}
}
