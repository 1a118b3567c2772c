import type { Settings, Simulator } from './simulator.types.mts';
import type { Answer, Json } from './types.mts';

/** Where a simulator is controlled over HTTP: a path that no vendor uses. */
export const CONTROL_PATH = '/_sim/';

type Command = (simulator: Simulator, input: Json, query: URLSearchParams) => unknown;

const NEWEST = 100;

const commands: Record<string, Command> = {
	'GET state': ({ name, counts, settings, defects, vendor }) => ({
		name,
		counts,
		settings,
		defects,
		vendor: vendor.summary?.() ?? {},
	}),
	'GET requests': ({ requests }, _input, query) => {
		const operation = query.get('operationId');
		const count = Number(query.get('limit') ?? NEWEST);
		return requests
			.filter(({ operationId }) => operation === null || operationId === operation)
			.slice(-count);
	},
	'GET violations': (simulator) => simulator.violations(),
	'GET journal': ({ journal }, _input, query) => journal.entries(query.get('what') ?? undefined),
	'POST reset': (simulator) => simulator.reset(),
	'POST settings': (simulator, input) => {
		const { latencyMs, limit } = input as { latencyMs?: number; limit?: Settings['limit'] | null };
		if (latencyMs !== undefined) simulator.change({ latencyMs });
		if (limit !== undefined) simulator.change({ limit: limit ?? undefined });
		return simulator.settings;
	},
};

/**
 * Carries out a command: `GET /_sim/state`, `requests?operationId=&limit=`, `violations`,
 * `journal?what=`; `POST /_sim/reset`, `settings` {latencyMs, limit (null: none)},
 * `actions/<name>` with the action's input as JSON.
 */
export async function control(
	simulator: Simulator,
	method: string,
	url: string,
	rawBody: Buffer,
): Promise<Answer> {
	const { pathname, searchParams } = new URL(url, 'http://localhost');
	const name = pathname.slice(CONTROL_PATH.length);
	const { actions = {} } = simulator.vendor;
	const action =
		method === 'POST' && name.startsWith('actions/')
			? Object.entries(actions).find(([key]) => `actions/${key}` === name)?.[1]
			: undefined;
	const command: Command | undefined = action
		? (_simulator, input) => action(input)
		: commands[`${method} ${name}`];
	if (!command) {
		const posts = Object.keys(actions).map((key) => `POST actions/${key}`);
		const known = [...Object.keys(commands), ...posts].join(', ');
		return { status: 404, body: { message: `No ${method} ${name}. There are: ${known}` } };
	}
	try {
		const input = rawBody.length > 0 ? (JSON.parse(rawBody.toString()) as Json) : {};
		return { status: 200, body: (await command(simulator, input, searchParams)) ?? {} };
	} catch (error) {
		const message = error instanceof Error ? error.message : String(error);
		return { status: 400, body: { message } };
	}
}
