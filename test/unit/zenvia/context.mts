import type {
	IDataObject,
	IExecuteFunctions,
	IHttpRequestOptions,
	INodeProperties,
	NodeExecutionHint,
} from 'n8n-workflow';
import { ZenviaSalesApi } from '../../../credentials/ZenviaSalesApi.credentials.ts';
import { ZenviaSales } from '../../../nodes/ZenviaSales/ZenviaSales.node.ts';

/** What a fake vendor answers to one request. */
export interface Reply {
	status?: number;
	headers?: IDataObject;
	body?: unknown;
}

export type Server = (options: IHttpRequestOptions) => Reply | Promise<Reply>;

export interface RunOptions {
	parameters: IDataObject;
	/** Parameters that are expressions: their value for each item. */
	perItem?: Record<string, (index: number) => unknown>;
	server?: Server;
	/** The input items: their json, and their binaries. */
	items?: Array<{ json?: IDataObject; binary?: Record<string, IDataObject> }>;
	helpers?: Partial<IExecuteFunctions['helpers']>;
	credential?: IDataObject;
	/** The node's version; the newest if not said. */
	typeVersion?: number;
	continueOnFail?: boolean;
}

const node = new ZenviaSales();

let runs = 0;

/** Runs the node in a fake n8n, against a fake vendor. A real n8n is what the e2e tests are for. */
export async function run(options: RunOptions) {
	const { parameters, perItem = {}, items = [{}], helpers = {}, continueOnFail = false } = options;
	const { typeVersion = 1.1 } = options;
	const server: Server = options.server ?? (() => ({ body: {} }));
	const requests: IHttpRequestOptions[] = [];
	const hints: string[] = [];
	// Each run has a key of its own, and so a rate limiter of its own.
	const credential = { environment: 'sales', apiKey: `key-${++runs}`, ...options.credential };
	const context = {
		getInputData: () => items.map(({ json = {}, binary }) => ({ json, binary })),
		getTimezone: () => 'UTC',
		getNode: () => ({ name: 'Zenvia Sales', type: 'zenviaSales', typeVersion, parameters }),
		getCredentials: async () => credential,
		getCredentialsProperties: () => new ZenviaSalesApi().properties,
		// As n8n looks at the index for each expression, and for nothing else.
		evaluateExpression: (_: string, index: number) => Number(index),
		getExecutionCancelSignal: () => undefined,
		continueOnFail: () => continueOnFail,
		addExecutionHints: ({ message }: NodeExecutionHint) => hints.push(message),
		getNodeParameter: (
			name: string,
			index: number,
			fallback: unknown,
			get?: { rawExpressions?: boolean },
		) => {
			const value = perItem[name];
			if (value) return get?.rawExpressions ? '={{ $json }}' : value(index);
			return parameters[name] ?? fallback;
		},
		helpers: {
			httpRequestWithAuthentication: async (_type: string, request: IHttpRequestOptions) => {
				requests.push(request);
				const { status = 200, headers = {}, body } = await server(request);
				return { statusCode: status, headers, body };
			},
			assertBinaryData: () => {
				throw new Error('no such binary');
			},
			...helpers,
		},
	};
	const result = await node.execute.call(context as unknown as IExecuteFunctions).then(
		([output = []]) => ({ output, error: undefined }),
		(error: unknown) => ({ output: [], error: error as Error & { description?: string } }),
	);
	return { requests, hints, ...result };
}

/** The property of the node that a parameter belongs to, where this operation is chosen. */
export function propertyOf(
	resource: string,
	operation: string,
	name: string,
): INodeProperties | undefined {
	return node.description.properties.find(({ name: own, displayOptions }) => {
		const { resource: resources, operation: operations } = displayOptions?.show ?? {};
		const isShown =
			resources?.includes(resource) && (!operations || operations.includes(operation));
		return own === name && isShown === true;
	});
}
