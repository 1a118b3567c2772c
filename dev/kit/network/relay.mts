import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

export interface RelayOptions {
	/** A free one if not said. */
	port?: number;
	/** Milliseconds from one side to the other. Default: none. */
	delayMs?: number;
}

/** A way to another port of this machine: as long as is wished, and to somewhere else when the test wants it. */
export interface Relay {
	port: number;
	/** The port on 127.0.0.1 that new connections are handed on to. */
	to: number;
	/** Connections so far. */
	connections: number;
	close(): Promise<void>;
}

/**
 * Hands on what comes on 127.0.0.1, so many milliseconds later each way. The system answers a connection's first
 * packet itself, at once, so the round trip that it costs is made up for before the client's first bytes go on.
 */
export async function startRelay(
	to: number,
	{ port = 0, delayMs = 0 }: RelayOptions = {},
): Promise<Relay> {
	const open = new Set<Socket>();
	const relay = { to, connections: 0 };
	const keep = (socket: Socket) => {
		open.add(socket);
		socket.setNoDelay(true);
		socket.on('error', () => socket.destroy());
		socket.once('close', () => open.delete(socket));
	};
	const server = createServer({ allowHalfOpen: true }, (near) => {
		relay.connections++;
		const far = connect({ port: relay.to, host: '127.0.0.1', allowHalfOpen: true });
		keep(near);
		keep(far);
		carry(near, far, delayMs, delayMs * 3);
		carry(far, near, delayMs, delayMs);
	});
	server.listen(port, '127.0.0.1');
	await once(server, 'listening');
	return Object.assign(relay, {
		port: (server.address() as AddressInfo).port,
		close: async () => {
			for (const socket of open) socket.destroy();
			server.close();
			await once(server, 'close');
		},
	});
}

/** @param firstMs how late what comes first goes on, at the least, from now. Milliseconds */
function carry(from: Socket, to: Socket, delayMs: number, firstMs: number): void {
	let due = performance.now() + firstMs;
	const later = (work: () => void) => {
		if (firstMs === 0) return work();
		// Not before what came earlier: timers of different lengths may overtake each other.
		due = Math.max(due, performance.now() + delayMs);
		setTimeout(work, due - performance.now()).unref();
	};
	from.on('data', (chunk) => later(() => to.destroyed || to.write(chunk)));
	from.on('end', () => later(() => to.destroyed || to.end()));
	from.on('close', (hadError) => hadError && later(() => to.resetAndDestroy()));
}
