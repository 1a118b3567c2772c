import { createHmac } from 'node:crypto';
import { setMaxListeners } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';

/** What a vendor adds to a delivery so that its receiver can tell that it is genuine. */
export interface Signing {
	query?: Record<string, string>;
	headers?: Record<string, string>;
}

/** How a vendor delivers its webhooks. */
export interface DeliverySettings {
	/** Deliveries in all, the first included. */
	attempts: number;
	/** Milliseconds before the second delivery. */
	baseWaitMs: number;
	/** How many times the one before each further wait is. */
	growth: number;
	/** Milliseconds after which a delivery without an answer has failed. */
	timeoutMs: number;
	/** Deliveries under way at once. */
	concurrency: number;
	/** Whether an HTTP status acknowledges. */
	acknowledges: (status: number) => boolean;
	/** Signs a delivery; asked anew for each attempt. */
	sign: (body: string, url: URL) => Signing;
}

/** One attempt to deliver. */
export interface Attempt {
	/** Milliseconds since 1970. */
	time: number;
	/** The HTTP status; 0 where there was no answer. */
	status: number;
	/** Why there was no answer: the connection's code, such as ECONNREFUSED, or a sentence. */
	error?: string;
	durationMs: number;
}

/** An event on its way, or delivered, or given up. */
export interface Delivery {
	event: string;
	/** Where to, without what the signature adds. */
	url: string;
	body: string;
	attempts: Attempt[];
	state: 'under way' | 'acknowledged' | 'given up';
}

/** HMAC-SHA256 of `text` in hex, keyed with `key`. */
export function hmacSha256(key: string, text: string): string {
	return createHmac('sha256', key).update(text).digest('hex');
}

/** Posts events to their targets, again with growing waits until they are acknowledged. */
export class WebhookSender {
	readonly deliveries: Delivery[] = [];
	private readonly abort = new AbortController();
	private readonly queue: Array<() => void> = [];
	private readonly running = new Set<Promise<void>>();
	private free: number;

	constructor(private readonly settings: DeliverySettings) {
		this.free = settings.concurrency;
		// Each delivery under way listens to it.
		setMaxListeners(0, this.abort.signal);
	}

	/** Begins to deliver `payload` as JSON to `url`; the delivery tells how it goes. */
	deliver(url: string, event: string, payload: unknown): Delivery {
		const body = JSON.stringify(payload);
		const delivery: Delivery = { event, url, body, attempts: [], state: 'under way' };
		this.deliveries.push(delivery);
		const run = this.run(delivery).finally(() => this.running.delete(run));
		this.running.add(run);
		return delivery;
	}

	/** Ends when no delivery is under way any more. */
	async idle(): Promise<void> {
		while (this.running.size > 0) await Promise.all(this.running);
	}

	/** Gives up what is under way. */
	close(): void {
		this.abort.abort();
		for (const start of this.queue.splice(0)) start();
	}

	private async run(delivery: Delivery): Promise<void> {
		let waitMs = this.settings.baseWaitMs;
		for (let count = 1; count <= this.settings.attempts; count++) {
			if (count > 1) {
				await wait(waitMs, undefined, { signal: this.abort.signal }).catch(() => undefined);
				waitMs *= this.settings.growth;
			}
			if (this.abort.signal.aborted) break;
			const attempt = await this.oneByOne(() => this.post(delivery));
			delivery.attempts.push(attempt);
			if (this.settings.acknowledges(attempt.status)) {
				delivery.state = 'acknowledged';
				return;
			}
		}
		delivery.state = 'given up';
	}

	private async post({ url, body }: Delivery): Promise<Attempt> {
		const started = performance.now();
		const time = Date.now();
		try {
			const target = new URL(url);
			const { query, headers } = this.settings.sign(body, target);
			for (const [name, value] of Object.entries(query ?? {})) target.searchParams.set(name, value);
			const timeout = AbortSignal.timeout(this.settings.timeoutMs);
			const response = await fetch(target, {
				method: 'POST',
				body,
				headers: { 'content-type': 'application/json', ...headers },
				redirect: 'manual',
				signal: AbortSignal.any([timeout, this.abort.signal]),
			});
			await response.arrayBuffer();
			return { time, status: response.status, durationMs: performance.now() - started };
		} catch (error) {
			const { message, cause } = error as Error & { cause?: { code?: string } };
			const durationMs = performance.now() - started;
			return { time, status: 0, error: cause?.code ?? message, durationMs };
		}
	}

	/** Runs `task` when one of the places is free. */
	private async oneByOne<T>(task: () => Promise<T>): Promise<T> {
		if (this.free > 0) this.free--;
		else await new Promise<void>((start) => this.queue.push(start));
		try {
			return await task();
		} finally {
			const next = this.queue.shift();
			if (next) next();
			else this.free++;
		}
	}
}
