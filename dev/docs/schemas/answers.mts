import type { IDataObject, IExecuteFunctions, IHttpRequestOptions, INodeType } from 'n8n-workflow';
import type { BatchOperation, Operation } from '../../../nodes/engine/operation/operation.ts';
import type { Contract } from '../../kit/framework/contract.mts';
import { exampleParameters } from './parameters.mts';
import { samples, type Schema } from './samples.mts';

/** An action node with what it takes to run it against its contract alone. */
export interface Subject {
	node: INodeType;
	contract: Contract;
	credential: IDataObject;
}

/**
 * What an operation's items hold where the vendor answers in each of the ways that the contract allows.
 * @param chosen what the node's form says besides what an operation needs
 */
export async function answersOf(
	subject: Subject,
	resource: string,
	operation: Operation | BatchOperation,
	chosen: IDataObject = {},
): Promise<IDataObject[]> {
	const form = { ...exampleParameters(operation), ...chosen };
	const parameters = { ...form, resource, operation: operation.value };
	let asked: Documented | undefined;
	// The first run shows what the node asks, and so in which ways it can be answered. A look-up may come before it.
	await run(subject, { ...parameters, limit: 1 }, (options) => {
		const documentedAnswers = documented(subject.contract, options);
		if (documentedAnswers.bodies.some((body) => canRead(operation, body)))
			asked ??= documentedAnswers;
		return documentedAnswers.bodies[0];
	});
	const { operationId: askedFor, bodies = [] } = asked ?? {};
	const outputs = await Promise.allSettled(
		bodies.flatMap((body) => {
			// A list is read until there are as many as are wanted, so one page is enough.
			const limit = () => Math.max(1, operation.output.records(body).length);
			const further = 'follow' in operation ? [0, 1] : [0];
			return further.map(async (n) => {
				let isFirst = true;
				return await run(subject, { ...parameters, limit: limit() }, (options) => {
					const { operationId, bodies: answers } = documented(subject.contract, options);
					if (isFirst && operationId === askedFor) return ((isFirst = false), body);
					// What is asked further is answered well, and where it writes also in another way.
					return answers[options.method === 'GET' ? 0 : n] ?? answers[0];
				});
			});
		}),
	);
	// Some vendors refuse with the status of a success: nothing comes out of that.
	const answers = outputs.flatMap((output) => (output.status === 'fulfilled' ? output.value : []));
	if (answers.length === 0)
		throw new Error(`${resource}.${operation.value} takes no documented answer.`);
	return answers;
}

/** Whether an operation finds its records in a body. */
function canRead({ output }: Operation | BatchOperation, body: unknown): boolean {
	try {
		output.records(body);
		return true;
	} catch {
		return false;
	}
}

/** What the contract says of a request. */
interface Documented {
	operationId: string;
	/** Of a success. */
	bodies: unknown[];
}

/** What the contract documents as answers to a request. */
function documented(
	contract: Contract,
	{ method = 'GET', url, qs, body }: IHttpRequestOptions,
): Documented {
	const path = new URL(url).pathname;
	const query = (qs ?? {}) as Record<string, unknown>;
	const asked = { method, path, query, headers: {}, body, mediaType: undefined };
	const { operationId } = contract.read(asked);
	if (operationId === undefined) throw new Error(`The contract has no ${method} ${path}.`);
	const statuses = [200, 201, 204].map((status) => contract.response(operationId, status));
	const content = statuses.find((response) => response !== undefined)?.content;
	const bodies = samples((content?.['application/json']?.schema ?? {}) as Schema);
	return { operationId, bodies: bodies.length > 0 ? bodies : [{}] };
}

/** Runs the node once, in a stand-in for n8n that has one input item and answers as it is told. */
async function run(
	{ node, credential }: Subject,
	parameters: IDataObject,
	answer: (options: IHttpRequestOptions) => unknown,
): Promise<IDataObject[]> {
	const file = { fileName: 'picture.png', mimeType: 'image/png', data: 'AAAA' };
	const context = {
		getInputData: () => [{ json: {}, binary: { data: file } }],
		getNode: () => ({ name: 'Node', type: node.description.name, parameters }),
		getCredentials: async () => credential,
		getCredentialsProperties: () => [],
		getExecutionCancelSignal: () => undefined,
		addExecutionHints: () => {},
		continueOnFail: () => false,
		getNodeParameter: (name: string, _index: number, fallback: unknown) =>
			parameters[name] ?? fallback,
		helpers: {
			httpRequestWithAuthentication: async (_type: string, options: IHttpRequestOptions) => ({
				statusCode: 200,
				headers: {},
				body: answer(options),
			}),
		},
	};
	const [items = []] = ((await node.execute?.call(context as unknown as IExecuteFunctions)) ??
		[]) as Array<Array<{ json: IDataObject }>>;
	return items.map(({ json }) => json);
}
