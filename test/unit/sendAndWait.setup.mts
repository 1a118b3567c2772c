import { WebhookContext } from 'n8n-core';
import type {
	IDataObject,
	INodeParameters,
	IWebhookData,
	IWebhookResponseData,
} from 'n8n-workflow';
import { ZenviaSalesApi } from '../../credentials/ZenviaSalesApi.credentials.ts';
import { ZenviaSales } from '../../nodes/ZenviaSales/ZenviaSales.node.ts';
import { run, type RunOptions, setUp } from './engine.mts';
import { serve } from './server.mts';

/** Zenvia Sales. */
export const node = new ZenviaSales();
/** It with its credential. */
export const subject = { node, credential: new ZenviaSalesApi() };
/** Whom it asks. */
export const prospectId = '507f191e810c19729de860ea';

/** Sends a message and waits for the answer. */
export const ask: INodeParameters = {
	resource: 'message',
	operation: 'sendAndWait',
	prospectId: { __rl: true, mode: 'id', value: prospectId },
	message: 'Shall we book <b>Tuesday</b>?',
};

/** Runs the node against a Zenvia that takes every message. */
export async function send(parameters: INodeParameters = {}, more: Partial<RunOptions> = {}) {
	const server = await serve(({ method }) =>
		method === 'GET' ? { id: prospectId } : [{ id: 'i' }],
	);
	const options: RunOptions = {
		typeVersion: 1.2,
		parameters: { ...ask, ...parameters },
		credential: { environment: 'custom', baseUrl: server.url, apiKey: `key-${server.url}` },
		...more,
	};
	const result = await run(subject, options);
	const sent = server.received.filter(({ method }) => method === 'POST');
	const text = JSON.stringify(sent[0]?.body ?? '');
	const [link = ''] = /http[^\s"\\]+/.exec(text) ?? [];
	return { ...result, options, sent, link };
}

/** A message that was sent, and its link. */
export type Sent = Awaited<ReturnType<typeof send>>;

interface Shown {
	status: number;
	page: string;
	headers: Record<string, string>;
	answer: IWebhookResponseData;
}

/** Opens a link, or sends what its page sends, as n8n hands it to the node when the signature is right. */
export async function open(
	{ options, run: { data } }: Pick<Sent, 'options' | 'run'>,
	link: string,
	body?: IDataObject,
): Promise<Shown> {
	const { workflow, additional, mode, nodeName } = setUp(subject, options);
	const shown: Shown = { status: 200, page: '', headers: {}, answer: {} };
	const httpResponse = {
		setHeader: (name: string, value: string) => (shown.headers[name] = value),
		status: (status: number) => Object.assign(httpResponse, { said: (shown.status = status) }),
		send: (page: string) => (shown.page = page),
	};
	const query = Object.fromEntries(new URL(link).searchParams);
	const httpRequest = { method: body ? 'POST' : 'GET', body, query, headers: {} };
	Object.assign(additional, { httpRequest, httpResponse });
	const waiting = workflow.getNode(nodeName);
	if (!waiting) throw new Error('There is no node');
	const context = new WebhookContext(
		workflow,
		waiting,
		additional,
		mode,
		{} as IWebhookData,
		[],
		data,
	);
	shown.answer = await node.webhook.call(context);
	shown.page ||= String(shown.answer.webhookResponse);
	return shown;
}

/** Whether the workflow goes on with this answer. */
export const goesOn = ({ answer }: Shown): boolean => answer.workflowData !== undefined;
/** What it goes on with. */
export const jsonOf = ({ answer }: Shown) => answer.workflowData?.[0]?.[0]?.json;
