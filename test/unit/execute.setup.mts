import type { IDataObject } from 'n8n-workflow';
import { tiny } from './tiny.mts';
import { run, type RunOptions, type RunResult } from './engine.mts';
import { answer, type Handler, type Received, serve } from './server.mts';

/** The name in a request of Tiny. */
export const nameOf = ({ body }: Received): string => String((body as IDataObject).name);
/** As many items as asked for, each with a name of its own. */
export const numbered = (count: number): IDataObject[] =>
	Array.from({ length: count }, (_, n) => ({ name: `n${n}` }));

/** Creates and updates what is asked for; `bad…` is refused. */
export const keep: Handler = (received, response, request) => {
	const name = nameOf(received);
	if (name.startsWith('bad')) {
		return answer(422, { message: `${name} is no name` })(received, response, request);
	}
	return { thing: { id: received.path, name } };
};

/** Creates a thing under the name of the item. */
export const create = {
	resource: 'thing',
	operation: 'create',
	name: '={{ $json.name }}',
	simplify: false,
};

type Options = Partial<RunOptions> & { handle?: Handler; perSecond?: number };

/** Runs Tiny against a server of its own. */
export async function runTiny({ handle = keep, perSecond = 0, ...options }: Options) {
	const server = await serve(handle);
	const credential = { key: 'secret-of-tiny', baseUrl: server.url, perSecond };
	const result = await run(tiny, { parameters: create, credential, ...options });
	return { ...result, server };
}
/** The items from which these came. */
export const pairsOf = (items: RunResult['items']) => items.map(({ pairedItem }) => pairedItem);
