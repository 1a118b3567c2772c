import { once } from 'node:events';
import {
	createServer,
	type IncomingHttpHeaders,
	type IncomingMessage,
	type ServerResponse,
} from 'node:http';
import { type AddressInfo, createServer as createTcpServer, type Socket } from 'node:net';

/** A request as it arrived. */
export interface Received {
	method: string;
	path: string;
	query: URLSearchParams;
	body: unknown;
	/** When it came, on this machine's clock. Milliseconds. */
	at: number;
}

/** Answers one request; what it returns is sent as JSON with status 200. */
export type Handler = (
	received: Received,
	response: ServerResponse,
	request: IncomingMessage,
) => unknown;

/** A vendor on 127.0.0.1, which records what it receives. */
export interface TestServer {
	url: string;
	received: Received[];
	/** The headers of each HEAD, which no operation sends: it asks whether anybody is there, and is answered at once. */
	probes: IncomingHttpHeaders[];
	/** Most requests that were under way at once. */
	mostAtOnce: number;
	handle: Handler;
	close(): Promise<void>;
}

export const sleep = async (ms: number): Promise<void> =>
	await new Promise((resolve) => setTimeout(resolve, ms));

/** A handler that sends a status, headers and a body as they are. */
export const answer =
	(status: number, body: unknown = '', headers: Record<string, string> = {}): Handler =>
	(_, response) => {
		const isText = typeof body === 'string';
		const type = isText ? 'text/html' : 'application/json';
		response.writeHead(status, { 'content-type': type, ...headers });
		response.end(isText ? body : JSON.stringify(body));
	};

const open: Array<Pick<TestServer, 'close'>> = [];

/** Ends all servers that a test started, whatever became of it: an open one keeps jest from ending. */
export async function closeServers(): Promise<void> {
	await Promise.all(open.splice(0).map(async (server) => await server.close()));
}

/** Starts a server; what `handle` leaves unanswered is answered with what it returns. */
export async function serve(handle: Handler): Promise<TestServer> {
	let underWay = 0;
	const test: Omit<TestServer, 'url' | 'close'> = {
		received: [],
		probes: [],
		mostAtOnce: 0,
		handle,
	};
	const server = createServer(async (request, response) => {
		if (request.method === 'HEAD') {
			test.probes.push(request.headers);
			return response.writeHead(404).end();
		}
		test.mostAtOnce = Math.max(test.mostAtOnce, ++underWay);
		response.once('close', () => underWay--);
		const received = await read(request);
		test.received.push(received);
		const body = await test.handle(received, response, request);
		if (body === undefined || response.headersSent) return;
		response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	const started = Object.assign(test, {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		close: async () => {
			server.closeAllConnections();
			server.close();
			await once(server, 'close');
		},
	});
	open.push(started);
	return started;
}

/**
 * Starts a server of plain TCP, which `closeServers` ends too.
 * @param connected is given each connection
 * @returns its port, and how many connections there were
 */
export async function serveTcp(
	connected: (socket: Socket) => void,
): Promise<{ port: number; connections(): number }> {
	let connections = 0;
	const sockets = new Set<Socket>();
	const server = createTcpServer((socket) => {
		connections++;
		sockets.add(socket.on('error', () => {}));
		connected(socket);
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	open.push({
		close: async () => {
			for (const socket of sockets) socket.destroy();
			server.close();
		},
	});
	return { port: (server.address() as AddressInfo).port, connections: () => connections };
}

async function read(request: IncomingMessage): Promise<Received> {
	const chunks: Buffer[] = [];
	for await (const chunk of request) chunks.push(chunk as Buffer);
	const text = Buffer.concat(chunks).toString('utf8');
	const url = new URL(request.url ?? '/', 'http://127.0.0.1');
	return {
		method: request.method ?? '',
		path: url.pathname,
		query: url.searchParams,
		body: text === '' ? undefined : (JSON.parse(text) as unknown),
		at: Date.now(),
	};
}
