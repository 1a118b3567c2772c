import { Agent, request } from 'node:http';
import { finished } from 'node:stream/promises';
import type { AttackRequest } from '../../dev/kit/webhookTarget.mts';
import { whileBusy } from '../../dev/n8n/busy.mts';

/** What became of a request. */
export interface Answer {
	/** 0 where a connection of its own broke without an answer. */
	status: number;
	text: string;
}

/** Sends requests over connections that are kept; where a kept one breaks without an answer, over another. */
export class AttackSender {
	private readonly agent: Agent;

	/** @param width most requests under way at once */
	constructor(private readonly width: number) {
		this.agent = new Agent({ keepAlive: true, maxSockets: width });
	}

	/** Sends all of them, in their order, and tells of each. */
	async sendAll<T extends { request: AttackRequest }>(
		all: Iterable<T>,
		answered: (one: T, answer: Answer) => void,
	): Promise<void> {
		// They share one iterator: what one takes is gone for the others.
		const requests = all[Symbol.iterator]();
		const lane = async () => {
			for (let next = requests.next(); !next.done; next = requests.next()) {
				answered(next.value, await this.send(next.value.request));
			}
		};
		await Promise.all(Array.from({ length: this.width }, lane));
	}

	/** Sends one request, and again while n8n is busy. */
	async send(request: AttackRequest): Promise<Answer> {
		return await whileBusy(async () => await this.sendOnce(request));
	}

	private async sendOnce(attack: AttackRequest): Promise<Answer> {
		const { url, method, headers, body } = attack;
		const { agent } = this;
		// Axios and fetch take no header or address that is wrong; this does, mostly.
		const length = { 'content-length': Buffer.byteLength(body) };
		const sent = request(url, { agent, method, headers: { ...length, ...headers } });
		return await new Promise((resolve) => {
			const failed = (error: Error) => {
				// A server may close a connection that it kept just as the next request is sent (RFC 9112, 9.3.1).
				if (sent.reusedSocket) resolve(this.sendOnce(attack));
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
