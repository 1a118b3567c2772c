import { Agent, request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { hmacSha256 } from '../../kit/simulator.mts';

/** What became of one delivery. */
export interface Acknowledgement {
	/** The number that its conversation carries as its id. */
	id: number;
	status: number;
	/** From the moment at which it was sent until its answer had come. Milliseconds. */
	ms: number;
}

/** No delivery is waited for longer than this. Milliseconds. */
const TIMEOUT = 60_000;

/** The header in which the key itself goes along, for n8n's Webhook with Header Auth, which checks no signature. */
export const keyHeader = 'x-key';

/** Delivers what Saleswhale would, signed, at an even pace, whether or not the answers keep up. */
export class Deliverer {
	private agent = new Agent();

	constructor(private readonly key: string) {}

	/** Delivers an event for the conversation of each id. */
	async deliver(url: string, ids: number[], perSecond: number): Promise<Acknowledgement[]> {
		// Connections of a block before may be closed by n8n in the moment in which they are used.
		this.close();
		this.agent = new Agent({ keepAlive: true, maxSockets: 100 });
		const started = performance.now();
		const all: Array<Promise<Acknowledgement>> = [];
		for (const [n, id] of ids.entries()) {
			await sleep(Math.max(0, started + (n * 1000) / perSecond - performance.now()));
			all.push(this.post(url, id));
		}
		return await Promise.all(all);
	}

	close(): void {
		this.agent.destroy();
	}

	private async post(url: string, id: number): Promise<Acknowledgement> {
		const conversation = {
			id,
			status: 'qualified',
			leads: [{ id, email: `lead${id}@example.com` }],
		};
		const event = { event_name: 'conversation.ended', event_time: new Date().toISOString() };
		const body = JSON.stringify({ ...event, event_payload: { conversation } });
		const timestamp = String(Math.floor(Date.now() / 1000));
		const signature = hmacSha256(this.key, `${timestamp}.${body}`);
		const signed = `${url}?signature=${signature}&timestamp=${timestamp}`;
		const sent = performance.now();
		const status = await new Promise<number>((resolve) => {
			const options = {
				method: 'POST',
				agent: this.agent,
				timeout: TIMEOUT,
				headers: {
					'content-type': 'application/json',
					'content-length': Buffer.byteLength(body),
					[keyHeader]: this.key,
				},
			};
			const call = request(signed, options, (response) => {
				response.resume();
				response.once('end', () => resolve(response.statusCode ?? 0));
				response.once('error', () => resolve(0));
			});
			call.once('timeout', () => call.destroy());
			call.once('error', () => resolve(0));
			call.end(body);
		});
		return { id, status, ms: performance.now() - sent };
	}
}

/** A number of ids, from `first` on. */
export const idsFrom = (first: number, count: number): number[] =>
	Array.from({ length: count }, (_, n) => first + n);

/** The value below which so large a share of the numbers lies. */
export function quantile(numbers: number[], share: number): number {
	const sorted = [...numbers].sort((a, b) => a - b);
	return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
}
