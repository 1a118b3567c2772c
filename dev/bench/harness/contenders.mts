import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { nodeName, startTestN8n, type TestN8n, withEditor } from '../../n8n/harness.mts';
import type { WorkflowNode } from '../../n8n/workflow.mts';

/** The key that the simulator takes. */
export const apiKey = 'bench-key';

/** A node that does the same work in its own way. */
export interface Contender {
	name: string;
	/** The node, named "Node", with its credential. */
	node: WorkflowNode;
}

const plain = (type: string, typeVersion: number) => ({ name: nodeName, type, typeVersion });

const declarative = 'n8n-nodes-bench-declarative';

/**
 * n8n with this package and with the declarative node of dev/bench/declarative-node.
 * @param project the folder of another build of this package, to run in its place
 */
export async function startBenchN8n(
	env: Record<string, string> = {},
	project?: string,
): Promise<TestN8n> {
	const source = fileURLToPath(new URL('../../../dev/bench/declarative-node', import.meta.url));
	const prepare = async (folder: string) => {
		const target = join(folder, '.n8n', 'nodes', 'node_modules', declarative);
		await cp(source, target, { recursive: true });
	};
	return await startTestN8n({ ...withEditor, ...env }, prepare, project);
}

/** What the benches ask of each contender. */
export type Work = 'create' | 'get' | 'getAll';

const own: Record<Work, object> = {
	create: {
		resource: 'lead',
		operation: 'create',
		firstName: '={{ $json.firstName }}',
		email: '={{ $json.email }}',
	},
	get: { resource: 'lead', operation: 'get', leadId: '={{ $json.leadId }}' },
	getAll: { resource: 'conversation', operation: 'getAll', returnAll: true },
};

/** By the node's own pagination; each page comes out as one item. */
const everyPage = {
	pagination: {
		pagination: {
			paginationMode: 'updateAParameterInEachRequest',
			parameters: { parameters: [{ type: 'qs', name: 'page', value: '={{ $pageCount + 1 }}' }] },
			paginationCompleteWhen: 'other',
			completeExpression: '={{ !$response.body.meta.next_page }}',
			requestInterval: 0,
		},
	},
};

const leadOfItem = '{ lead: { first_name: $json.firstName, email: $json.email } }';

/** The HTTP Request node's parameters, as a person would fill them in. */
const http = (url: string): Record<Work, object> => ({
	create: {
		method: 'POST',
		url: `${url}/api/v2/leads`,
		sendBody: true,
		specifyBody: 'json',
		jsonBody: `={{ ${leadOfItem} }}`,
	},
	get: { url: `=${url}/api/v2/leads/{{ $json.leadId }}` },
	getAll: { url: `${url}/api/v2/conversations?per_page=100`, options: everyPage },
});

/**
 * This package's node, the HTTP Request node and a declarative node, each with a credential of its own
 * kind; each puts the key into the query.
 * @param requestsPerSecond what this package's credential says; 0 for no limit
 */
export async function contenders(
	test: TestN8n,
	url: string,
	requestsPerSecond: number,
): Promise<(work: Work, httpOptions?: object) => [Contender, Contender, Contender]> {
	const ours = await test.credential('saleswhaleApi', { apiKey, baseUrl: url, requestsPerSecond });
	const query = await test.credential('httpQueryAuth', { name: 'token', value: apiKey });
	const described = await test.credential('declarative', { apiKey, baseUrl: url });
	return (work, options = {}) => [
		{
			name: 'This node',
			node: test.node({
				node: 'saleswhale',
				parameters: { ...own[work] },
				credential: ours,
			}),
		},
		{
			name: 'HTTP Request',
			node: {
				...plain('n8n-nodes-base.httpRequest', 4.5),
				parameters: {
					authentication: 'genericCredentialType',
					genericAuthType: 'httpQueryAuth',
					options,
					...http(url)[work],
				},
				credentials: { httpQueryAuth: query },
			},
		},
		{
			name: 'Declarative node',
			node: {
				...plain(`${declarative}.declarative`, 1),
				parameters: own[work] as Record<string, unknown>,
				credentials: { declarative: described },
			},
		},
	];
}

/** Does nothing: what it costs is n8n's own, to start an execution and to save it. */
export const idle: Contender = {
	name: 'No Operation',
	node: { ...plain('n8n-nodes-base.noOp', 1), parameters: {} },
};
