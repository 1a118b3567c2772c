import type { IDataObject } from 'n8n-workflow';
import { dig } from '../../engine/util/json';
import { withOwnFields } from '../../engine/util/ownFields';
import { fingerprint } from '../../engine/webhook/digests';
import { statusOf } from '../resources/statuses';

/** From this version on, the webhook trigger gives an end of a conversation the ID that the Poll Trigger gives it. */
export const sharedIdVersion = 1.2;

/** What the vendor calls the event of an end (SEED, Webhook). */
export const conversationEnded = 'conversation.ended';

/**
 * What tells an end of a conversation from all others, wherever it is heard of: the vendor sends no ID, and a list may
 * have fields that a delivery lacks, so the conversation and its status count (contract, conversation.ended).
 */
function endId(conversation: unknown): string {
	const status = statusOf(String(dig(conversation, 'status')));
	return fingerprint(conversationEnded, String(dig(conversation, 'id')), status);
}

/**
 * The ID that a delivered event shares with the Poll Trigger's; nothing where its content tells it, as before 1.2.
 * @param version of the trigger
 */
export function sharedId(
	name: string,
	payload: Record<string, unknown>,
	version: number,
): string | undefined {
	const isShared = version >= sharedIdVersion && name === conversationEnded;
	const isConversation = isShared && dig(payload, 'conversation', 'id') !== undefined;
	return isConversation ? endId(payload.conversation) : undefined;
}

/** An end of a conversation that was found in the list; nobody says when it ended. */
export const foundEnd = (conversation: IDataObject): IDataObject =>
	withOwnFields({ event_id: endId(conversation), event_name: conversationEnded }, { conversation });

/** @param statuses those that are asked for; empty for all. Both spellings of a status count as one. */
export function isStatusWanted(conversation: unknown, statuses: readonly string[]): boolean {
	if (statuses.length === 0) return true;
	return statuses.map(statusOf).includes(statusOf(String(dig(conversation, 'status'))));
}
