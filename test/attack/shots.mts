import { Agent, request } from 'node:http';
import { finished } from 'node:stream/promises';
import { whileBusy } from '../../dev/n8n/busy.mts';

/** One request to a webhook, as bytes. */
export interface Shot {
	url: string;
	method: string;
	headers: Record<string, string>;
	body: string;
}

/** What became of a shot. */
export interface Hit {
	/** 0 where a connection of its own broke without an answer. */
	status: number;
	text: string;
}

/** Sends shots over connections that are kept; where a kept one breaks without an answer, over another. */
export class Gun {
	private readonly agent: Agent;

	/** @param width most shots under way at once */
	constructor(private readonly width: number) {
		this.agent = new Agent({ keepAlive: true, maxSockets: width });
	}

	/** Sends all of them, in their order, and tells of each. */
	async fireAll<T extends { shot: Shot }>(
		all: Iterable<T>,
		hit: (one: T, result: Hit) => void,
	): Promise<void> {
		// The barrels share one iterator: what one takes is gone for the others.
		const shots = all[Symbol.iterator]();
		const barrel = async () => {
			for (let next = shots.next(); !next.done; next = shots.next()) {
				hit(next.value, await this.fire(next.value.shot));
			}
		};
		await Promise.all(Array.from({ length: this.width }, barrel));
	}

	/** Fires one shot, and again while n8n is busy. */
	async fire(shot: Shot): Promise<Hit> {
		return await whileBusy(async () => await this.send(shot));
	}

	private async send(shot: Shot): Promise<Hit> {
		const { url, method, headers, body } = shot;
		const { agent } = this;
		// Axios and fetch take no header or address that is wrong; this does, mostly.
		const length = { 'content-length': Buffer.byteLength(body) };
		const sent = request(url, { agent, method, headers: { ...length, ...headers } });
		return await new Promise((resolve) => {
			const failed = (error: Error) => {
				// A server may close a connection that it kept just as the next request is sent (RFC 9112, 9.3.1).
				if (sent.reusedSocket) resolve(this.send(shot));
				else resolve({ status: 0, text: String(error) });
			};
			sent.once('error', failed);
			sent.once('response', async (response) => {
				// It has its answer, whatever becomes of the rest of it.
				sent.off('error', failed).on('error', () => {});
				let text = '';
				response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
				await finished(response).catch(() => undefined);
				resolve({ status: response.statusCode ?? 0, text });
			});
			sent.end(body);
		});
	}

	close(): void {
		this.agent.destroy();
	}
}
