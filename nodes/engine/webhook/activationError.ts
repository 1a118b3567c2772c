import {
	type IHookFunctions,
	type NodeApiError,
	type NodeOperationError,
	WebhookPathTakenError,
} from 'n8n-workflow';
import { hookError } from '../http/apiError';
import { isAwaited } from '../util/events';

/**
 * What a hook throws where it could not do its work, with reason and advice in whatever n8n shows of it.
 *
 * n8n 2.41 calls a hook that threw up to five times, 15 seconds apart in all, before it tells the person; only a
 * WebhookPathTakenError is told at once (trigger-activation-retry.js). So that is its class where a person waits; its
 * words are the node's own. When n8n starts, it may go on trying.
 */
export function activationError(
	context: IHookFunctions,
	thrown: unknown,
	clean?: (text: string) => string,
): NodeApiError | NodeOperationError | WebhookPathTakenError {
	const node = context.getNode();
	const error = hookError(node, thrown, clean);
	if (!isAwaited(context)) return error;
	const { message } = error;
	return Object.assign(new WebhookPathTakenError(node.name), {
		message,
		description: message,
		node,
	});
}
