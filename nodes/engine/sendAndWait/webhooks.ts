import type { INodeTypeDescription, IWebhookDescription } from 'n8n-workflow';

/** n8n knows an operation that waits by this value, and asks for a signature in its links (both lines). */
export const sendAndWait = 'sendAndWait';

const page = (httpMethod: 'GET' | 'POST'): IWebhookDescription => ({
	name: 'default',
	httpMethod,
	responseMode: 'onReceived',
	responseData: '',
	path: '={{ $nodeId }}',
	restartWebhook: true,
	isFullPath: true,
});

/**
 * What a node with an operation that waits has in its description: GET shows a page and does nothing else, since
 * messengers fetch each link to show a preview of it; only POST, what the page's button sends, is an answer.
 */
export const sendAndWaitWebhooks: IWebhookDescription[] = [page('GET'), page('POST')];

/** What the editor says of a node that waits. */
export const waitingTooltip: INodeTypeDescription['waitingNodeTooltip'] =
	'={{ $parameter["operation"] === "sendAndWait" ? "Execution will continue after the response" : "" }}';
