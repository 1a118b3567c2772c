import { createHash } from 'node:crypto';
import type { IDataObject, IPollFunctions } from 'n8n-workflow';
import type { ListName } from '../vendor';
import type { ListMemory } from '../../engine/polling/pollDiff';
import { isRecord } from '../../engine/util/json';
import { trimmed } from '../../engine/util/text';

/** What the trigger keeps with the workflow. */
export interface Memory {
	/** Number of this form; of form 1 only the latest times are read. */
	form: 2;
	/** The bot that it is about. */
	scope: string;
	lists: Partial<Record<ListName, ListMemory>>;
}

/** A short name for the bot that a credential is for; with another one, the memory begins anew. */
export function scopeOf({ baseUrl, botId, customerId }: IDataObject): string {
	const account = JSON.stringify([baseUrl, botId, customerId].map(trimmed));
	return createHash('sha256').update(account).digest('base64url').slice(0, 16);
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

	constructor(context: IPollFunctions) {
		this.shared = context.getWorkflowStaticData('global');
		this.own = context.getWorkflowStaticData('node');
		this.key = `convertalkTrigger ${context.getNode().id}`;
	}

	/** What is remembered about a bot; nothing where the memory is of another bot, or there is none. */
	read(scope: string): Memory {
		// What stands with the node is an earlier version's, or the cursor, which begins as what there was.
		const kept = this.own.memory ?? this.shared[this.key];
		const isOwn = isRecord(kept) && kept.scope === scope && isRecord(kept.lists);
		// n8n hands out an object that notes each change; a copy can be worked on freely.
		const lists = isOwn ? (JSON.parse(JSON.stringify(kept.lists)) as Memory['lists']) : {};
		return { form: 2, scope, lists: isOwn && kept.form === 1 ? relearned(lists) : lists };
	}

	/** Whether nothing is remembered yet, of whatever bot. */
	get isEmpty(): boolean {
		return (this.own.memory ?? this.shared[this.key]) === undefined;
	}

	/** Takes the place of what was kept by the node's name, which another node may get. */
	write(memory: Memory): void {
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

/**
 * Form 1 kept other hashes, which this one does not read: what is there is noted anew. Nothing is told of it but what
 * came or changed after all that had been noted, and only what was created after that is new.
 */
function relearned(lists: Memory['lists']): Memory['lists'] {
	const entries = Object.entries(lists).map(([name, { latest, movesUp, notingSince }]) => {
		const since = notingSince ?? latest.updatedAt;
		const known = { latest, movesUp, notingSince: since, isRelearned: true };
		return [name, { ...known, seen: [], newestFirst: false, sinceWhole: 0 }];
	});
	return Object.fromEntries(entries) as Memory['lists'];
}
