import { createHash } from 'node:crypto';
import type { IDataObject } from 'n8n-workflow';
import type { ListName } from '../vendor';
import type { ListMemory } from './sighting';
import { isRecord } from '../../engine/util/json';
import { trimmed } from '../../engine/util/text';

/** What the trigger keeps with the workflow. */
export interface Memory {
	/** Number of this form; another one is not read. */
	form: 1;
	/** The bot that it is about. */
	scope: string;
	lists: Partial<Record<ListName, ListMemory>>;
}

const form = 1;

/** A short name for the bot that a credential is for; with another one, the memory begins anew. */
export function scopeOf({ baseUrl, botId, customerId }: IDataObject): string {
	const account = JSON.stringify([baseUrl, botId, customerId].map(trimmed));
	return createHash('sha256').update(account).digest('base64url').slice(0, 16);
}

/** What is remembered about a bot; nothing where the memory is of another bot, or there is none. */
export function recall(kept: unknown, scope: string): Memory {
	const isOwn =
		isRecord(kept) && kept.form === form && kept.scope === scope && isRecord(kept.lists);
	// n8n hands out an object that notes each change; a copy can be worked on freely.
	const lists = isOwn ? (JSON.parse(JSON.stringify(kept.lists)) as Memory['lists']) : {};
	return { form, scope, lists };
}
