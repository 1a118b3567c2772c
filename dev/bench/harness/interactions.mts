import { readFile } from 'node:fs/promises';
import type { WorkflowNode } from '../../n8n/workflow.mts';
import { apiKey, type Setup } from '../../vendors/zenviaSales/n8n.mts';

const dayMs = 86_400_000;
/** 12 windows of 31 days hold 372 days; these need 13. */
export const days = 395;

/** The range that interactions are seeded in, as ISO 8601. */
export function lastDays(): [from: string, to: string] {
	const to = Date.now() - 1000;
	return [new Date(to - days * dayMs).toISOString(), new Date(to).toISOString()];
}

/** This node, which reads the interactions of a range. */
export const ours = (
	{ tested, credential }: Setup,
	[createdAfter, createdBefore]: [string, string],
	more: Record<string, unknown> = {},
): WorkflowNode =>
	tested.node({
		node: 'zenviaSales',
		parameters: {
			resource: 'interaction',
			operation: 'getAll',
			returnAll: true,
			filters: { createdAfter, createdBefore },
			...more,
		},
		credential,
	});

/**
 * By its own pagination. It cannot cut a range into windows, so it reads without dates, by cursor.
 * @param mostPages of 1,000; left out, all
 */
export async function httpRequest(
	{ tested, simulator }: Setup,
	mostPages?: number,
): Promise<WorkflowNode> {
	const query = await tested.credential('httpQueryAuth', { name: 'api-key', value: apiKey });
	const before = '={{ $response.body?.at ? $response.body.at(-1)?.id : "z".repeat(24) }}';
	return {
		name: 'Node',
		type: 'n8n-nodes-base.httpRequest',
		typeVersion: 4.2,
		parameters: {
			url: `${simulator.url}/api/v1/prospects/interactions`,
			authentication: 'genericCredentialType',
			genericAuthType: 'httpQueryAuth',
			sendQuery: true,
			queryParameters: { parameters: [{ name: 'limit', value: '1000' }] },
			options: {
				pagination: {
					pagination: {
						parameters: { parameters: [{ type: 'qs', name: 'before', value: before }] },
						paginationCompleteWhen: 'other',
						completeExpression: '={{ $response.body.length === 0 }}',
						requestInterval: 0,
						...(mostPages && { limitPagesFetched: true, maxRequests: mostPages }),
					},
				},
			},
		},
		credentials: { httpQueryAuth: query },
	};
}

/** Most memory that a process ever held (man 5 proc, VmHWM), in bytes. */
export async function peakBytes(pid: number): Promise<number> {
	const status = await readFile(`/proc/${pid}/status`, 'utf8');
	return Number(/^VmHWM:\s+(\d+)/m.exec(status)?.[1]) * 1024;
}

/** Bytes as a table shows them. */
export const megabytes = (bytes: number): number => Math.round(bytes / 1e6);
