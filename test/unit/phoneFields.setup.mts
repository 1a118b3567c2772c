import { ZenviaSalesApi } from '../../credentials/ZenviaSalesApi.credentials.ts';
import { ZenviaSales } from '../../nodes/ZenviaSales/ZenviaSales.node.ts';
import { run, type RunOptions } from './engine.mts';
import { type Handler, serve } from './server.mts';

/** What a test says of a run, and how the server answers. */
export type Options = Partial<RunOptions> & { handle?: Handler };

let runs = 0;
/** Each run has a key of its own, and so a rate limiter of its own. */
export const newKey = () => `key-${++runs}`;

/** Runs a node of the new version against a server that records what it is asked. */
export async function runWith(
	subject: Parameters<typeof run>[0],
	credential: (url: string) => RunOptions['credential'],
	{ handle = () => ({}), parameters = {}, ...options }: Options,
) {
	const { url, received } = await serve(handle);
	const given = { parameters, credential: credential(url), typeVersion: 1.1, ...options };
	const { items, error } = await run(subject, given);
	return { received, json: items.map(({ json }) => json), error: error?.message };
}

/** Runs Zenvia Sales. */
export const zenvia = async (options: Options) =>
	await runWith(
		{ node: new ZenviaSales(), credential: new ZenviaSalesApi() },
		(baseUrl) => ({ apiKey: newKey(), environment: 'custom', baseUrl }),
		options,
	);

/** A mobile number of São Paulo. */
export const e164 = '+5511987654321';
