import { once } from 'node:events';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { createServer, type TlsOptions } from 'node:tls';

/** TLS in front of a server that speaks HTTP, such as a simulator. */
export interface TlsFront {
	/** `https://127.0.0.1:<port>` */
	url: string;
	port: number;
	/** What came so far. */
	readonly seen: {
		/** TCP connections. */
		connections: number;
		/** Connections on which TLS came about. */
		secured: number;
		/** Bytes of requests, decrypted. */
		bytes: number;
	};
	/** Counts from nothing again. */
	reset(): void;
	close(): Promise<void>;
}

/**
 * Starts TLS on 127.0.0.1 and hands on what comes to the server behind it.
 * @param port of the server behind it, on 127.0.0.1
 * @param options as Node.js takes them: key, cert, and what else the test wants, such as requestCert or maxVersion
 */
export async function startTls(port: number, options: TlsOptions): Promise<TlsFront> {
	const open = new Set<Socket>();
	const seen = { connections: 0, secured: 0, bytes: 0 };
	const keep = (socket: Socket) => {
		open.add(socket);
		// Whoever hangs up does so on purpose; what that does to the other side is what is looked at.
		socket.on('error', () => socket.destroy());
		socket.once('close', () => open.delete(socket));
	};
	const server = createServer(options, (front) => {
		seen.secured++;
		const behind = connect(port, '127.0.0.1');
		keep(front);
		keep(behind);
		front.on('data', (chunk) => (seen.bytes += chunk.length));
		front.pipe(behind).pipe(front);
		front.once('close', () => behind.destroy());
		behind.once('close', () => front.destroy());
	});
	server.on('connection', (socket: Socket) => {
		seen.connections++;
		keep(socket);
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	const own = (server.address() as AddressInfo).port;
	return {
		url: `https://127.0.0.1:${own}`,
		port: own,
		seen,
		reset: () => void Object.assign(seen, { connections: 0, secured: 0, bytes: 0 }),
		close: async () => {
			for (const socket of open) socket.destroy();
			server.close();
			await once(server, 'close');
		},
	};
}
