import { EventEmitter } from 'node:events';
import type { IBinaryKeyData, IDataObject, INodeType, IWebhookFunctions } from 'n8n-workflow';
import { versionOf } from './workflow.mts';

export interface Delivered {
	/** Names the trigger among all: what one has told is a repeat for another of the same name. */
	workflow: string;
	parameters?: IDataObject;
	credential: IDataObject;
	query?: IDataObject;
	method?: string;
	body?: unknown;
	memory?: IDataObject;
	/** What n8n's helpers do. */
	helpers?: object;
	typeVersion?: number;
	/** Takes the warnings that n8n would log. */
	log?: string[];
	/** The address that n8n gives the trigger, if it is not webhookUrl. */
	ownAddress?: string;
}

/** What became of a delivery. */
export interface Reply {
	/** What the trigger answered itself; undefined where n8n answers 200. */
	status: number | undefined;
	/** What the caller is told, where it is JSON. */
	reply: unknown;
	/** What starts the workflow. */
	item: IDataObject | undefined;
	/** The files that come with it. */
	binary?: IBinaryKeyData;
}

/** What n8n calls itself. */
export const instance = 'n8n-1';

/** The address that n8n gives the trigger. */
export const webhookUrl = 'https://n8n.example/webhook/abc/webhook';

/** Hands a delivery to a trigger as n8n does, as far as triggers look at it. */
export async function deliver(node: INodeType, delivered: Delivered): Promise<Reply> {
	const { parameters = {}, query = {}, body, memory = {}, helpers = {} } = delivered;
	const { method = 'POST' } = delivered;
	let status: number | undefined;
	let reply: unknown;
	const response = Object.assign(new EventEmitter(), {
		closed: false,
		writableEnded: false,
		statusCode: 200,
		status: (code: number) => Object.assign(response, { statusCode: (status = code) }),
		json: (said: unknown) => {
			reply = said;
			return response;
		},
	});
	const { name } = node.description;
	const { typeVersion = versionOf(name) } = delivered;
	const context = {
		getCredentials: async () => delivered.credential,
		getInstanceId: () => instance,
		getMode: () => 'webhook',
		getCredentialsProperties: () => [],
		getNode: () => ({ id: 'node', name: 'Trigger', type: name, typeVersion, credentials: {} }),
		getNodeParameter: (parameter: string, fallback: unknown) => parameters[parameter] ?? fallback,
		getNodeWebhookUrl: () => delivered.ownAddress ?? webhookUrl,
		getQueryData: () => query,
		getRequestObject: () => ({
			method,
			originalUrl: new URL(webhookUrl).pathname,
			headers: {},
			rawBody: Buffer.from(typeof body === 'string' ? body : JSON.stringify(body ?? '')),
		}),
		getResponseObject: () => response,
		getWorkflow: () => ({ id: delivered.workflow, name: 'Test' }),
		getWorkflowStaticData: () => memory,
		helpers,
		logger: { info: () => {}, warn: (line: string) => delivered.log?.push(line) },
	} as unknown as IWebhookFunctions;
	const { workflowData, webhookResponse } = (await node.webhook?.call(context)) ?? {};
	reply ??= webhookResponse as unknown;
	Object.assign(response, { writableEnded: true, closed: true }).emit('close');
	const [started] = workflowData?.[0] ?? [];
	return { status, reply, item: started?.json, binary: started?.binary };
}
