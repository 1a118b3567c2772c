import { once } from 'node:events';
import type { Server } from 'node:http';
import type { Server as TlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';

/** While nobody listens at a port, a client may be given it as its own; it is let go soon. */
const TRIES = 100;
const BETWEEN_TRIES_MS = 50;

/** Opens and closes a server; the port stays the same. */
export class Listener {
	port = 0;
	/** Whether connections are refused at the moment. */
	isShut = false;
	private opening: Promise<void> = Promise.resolve();

	constructor(private readonly server: Server | TlsServer) {}

	/** Begins to listen on 127.0.0.1. @param port 0 for a free one */
	async open(port: number): Promise<void> {
		this.server.listen(port, '127.0.0.1');
		await once(this.server, 'listening');
		this.port = (this.server.address() as AddressInfo).port;
	}

	/** Refuses connections for some time, in ms. What is under way goes on. */
	shutFor(ms: number): void {
		if (this.isShut) return;
		this.isShut = true;
		// Also lets go of the connections that wait for their next request.
		this.server.close();
		this.opening = this.reopen(ms);
	}

	/** Ends the server with all its connections. */
	async close(): Promise<void> {
		await this.opening;
		const closed = new Promise<void>((resolve) => this.server.close(() => resolve()));
		this.server.closeAllConnections();
		await closed;
	}

	private async reopen(ms: number): Promise<void> {
		await wait(ms);
		for (let tries = 1; ; tries++) {
			try {
				await this.open(this.port);
				this.isShut = false;
				return;
			} catch (error) {
				if (tries === TRIES) throw error;
				await wait(BETWEEN_TRIES_MS);
			}
		}
	}
}
