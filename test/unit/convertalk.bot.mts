import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { ConvertalkApi } from '../../credentials/ConvertalkApi.credentials.ts';
import { Convertalk } from '../../nodes/Convertalk/Convertalk.node.ts';
import { run, type RunOptions } from './engine.mts';
import { type Handler, serve } from './server.mts';

/** The node with its credential type. */
export const subject = { node: new Convertalk(), credential: new ConvertalkApi() };

/** How a bot answers that answers otherwise than the simulator. */
export interface Bot extends Omit<Partial<RunOptions>, 'parameters'> {
	/** The records on the first page of each list. */
	records?: unknown[];
	/** Answers what is written; left out, that it was done. */
	write?: Handler;
}

const ok = { success: true, message: 'ok', code: 200 };

/** A record of the list of leads; what is given takes the place of what it has. */
export const lead = (number: number, more: IDataObject = {}): IDataObject => ({
	_id: `id-${number}`,
	uuid: `chat-${number}`,
	createdAt: '2026-01-01T00:00:00.000Z',
	updatedAt: '2026-01-01T00:00:00.000Z',
	status: 'OPEN',
	profile: { userDetails: { name: `Lead ${number}`, contact: { email: `${number}@example.com` } } },
	...more,
});

/** The chat that is written to, by its ID. */
export const chat = (value: string): INodeParameters =>
	({ __rl: true, mode: 'id', value }) as unknown as INodeParameters;

/** Starts a bot; what is written to it is in its `written`. */
export async function startBot({ records = [], write = () => ok }: Pick<Bot, 'records' | 'write'>) {
	const written: unknown[] = [];
	const server = await serve((received, ...others) => {
		const { method, query, body } = received;
		const page = Number(query.get('page') ?? (body as IDataObject | undefined)?.page);
		if (page > 0) return { ...ok, data: page === 1 ? records : [] };
		if (method !== 'GET') written.push(body);
		return write(received, ...others);
	});
	return { server, written };
}

/** Runs the node against a bot: Lead, Create or Update, unless the parameters say otherwise. */
export async function inBot(parameters: Record<string, unknown>, bot: Bot = {}) {
	const { records, write, ...options } = bot;
	const { server, written } = await startBot({
		...(records && { records }),
		...(write && { write }),
	});
	const result = await run(subject, {
		typeVersion: 1.1,
		credential: {
			...{ token: 'convertalk-token', botId: 'bot-1', customerId: 'customer-1' },
			baseUrl: server.url,
		},
		...options,
		parameters: {
			resource: 'lead',
			operation: 'upsert',
			...parameters,
		} as unknown as INodeParameters,
	});
	const { error, items } = result;
	const said = error && [error.message, error.description].join(' ');
	return { said, items: items.map(({ json }) => json), written, received: server.received };
}
