import type { IDataObject } from 'n8n-workflow';
import { dig } from '../../engine/util/json';
import { withOwnFields } from '../../engine/util/ownFields';
import { fingerprint } from '../../engine/webhook/signature';
import { statusOf } from '../resources/statuses';

/** From this version on, the webhook trigger gives an end of a conversation the ID that the Poll Trigger gives it. */
export const sharedIdVersion = 1.2;

const conversationEnded = 'conversation.ended';

/**
 * What tells an end of a conversation from all others, wherever it is heard of: the vendor sends no ID, and a list may
 * have fields that a delivery lacks, so the conversation and its status count (contract, conversation.ended).
 */
function endId(conversation: unknown): string {
	const status = statusOf(String(dig(conversation, 'status')));
	return fingerprint(conversationEnded, String(dig(conversation, 'id')), status);
}

/**
 * The ID of an event that was delivered. Before 1.2 its content tells it.
 * @param version of the trigger
 */
export function deliveredId(
	name: string,
	payload: Record<string, unknown>,
	version: number,
): string {
	const isShared = version >= sharedIdVersion && name === conversationEnded;
	const isConversation = isShared && dig(payload, 'conversation', 'id') !== undefined;
	return isConversation ? endId(payload.conversation) : fingerprint(name, payload);
}

/** An end of a conversation that was found in the list; nobody says when it ended. */
export const foundEnd = (conversation: IDataObject): IDataObject =>
	withOwnFields({ event_id: endId(conversation), event_name: conversationEnded }, { conversation });

/** @param statuses those that are asked for; empty for all. Both spellings of a status count as one. */
export function isStatusWanted(conversation: unknown, statuses: readonly string[]): boolean {
	if (statuses.length === 0) return true;
	return statuses.map(statusOf).includes(statusOf(String(dig(conversation, 'status'))));
}
