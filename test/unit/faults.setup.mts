import { run } from './engine.mts';
import { answer, type Handler, serve } from './server.mts';
import { tiny } from './tiny.mts';

/** Holds what URLs encode, so that both forms are searched for. */
export const key = 'S3cr+t/of tiny&co';

/** Answers well. */
export const good: Handler = () => ({ thing: { id: 7, name: 'a' } });
/** Hangs up without an answer. */
export const reset: Handler = (_, __, request) => void request.socket.destroy();
/** Refuses for coming too soon. */
export const tooSoon = (retryAfter?: string): Handler =>
	answer(429, { message: 'slow down' }, retryAfter ? { 'retry-after': retryAfter } : {});

/** What Tiny is asked to do. */
export const parameters = {
	create: { resource: 'thing', operation: 'create', name: 'a' },
	update: { resource: 'thing', operation: 'update', thingId: '7', name: 'a' },
	get: { resource: 'thing', operation: 'get', thingId: '7' },
	delete: { resource: 'thing', operation: 'delete', thingId: '7' },
};
type Kind = keyof typeof parameters;

/** Runs one item against a server that has the fault a number of times, then is well. */
export async function runAgainst(
	kind: Kind,
	fault: Handler,
	times: number,
	onError?: 'continueRegularOutput',
) {
	let count = 0;
	const server = await serve((...args) => (count++ < times ? fault : good)(...args));
	const result = await run(tiny, {
		parameters: parameters[kind],
		credential: { key, baseUrl: server.url },
		onError,
	});
	return { ...result, server };
}

/** What is said of a write that may have been done. */
export const may = 'This may have worked. Look in Tiny before you run this item again.';
