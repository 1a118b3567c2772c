import type { ApiError } from './apiError';
import { steadyNow } from '../util/steadyClock';

/** How many requests in a row, for each of which nobody was there or the key was refused, tell that the next one ends alike. */
const enoughInARow = 3;
/**
 * How long it is remembered where a person waits: n8n calls one hook after the other, the next as soon as one has
 * thrown, while nobody can put anything right and press a button in less. Milliseconds.
 */
const awaitedMs = 3_000;

/**
 * What is known of a host that nobody answers at, or of a key that the vendor does not take. After a few requests in a row
 * the rest is not sent: a long list of items would wait in vain for each of them, and a vendor may lock out who comes
 * again and again with a wrong key.
 */
export class Outage {
	private inARow = 0;
	private known: { untried: ApiError; until: number } | undefined;

	/**
	 * @param enough requests in a row
	 * @param rememberMs for how long after that nothing is sent, in milliseconds
	 */
	private constructor(
		private readonly enough: number,
		private readonly rememberMs: number,
	) {}

	/** For the run of a node: it ends with the run, and the next one tries anew. */
	static ofRun = (): Outage => new Outage(enoughInARow, Infinity);

	/** Where a person waits: one request is enough, also for the next that n8n asks for at once. */
	static awaited = (): Outage => new Outage(1, awaitedMs);

	/** @throws ApiError that is told of the requests that are not sent, where there were enough before them */
	check(): void {
		if (this.known && steadyNow() < this.known.until) throw this.known.untried;
	}

	/** Somebody was there, or the key was not refused, whatever the answer. */
	ended(): void {
		this.inARow = 0;
		this.known = undefined;
	}

	/** Nobody was there for a request, or its key was refused. @param untried what is told of those that come after it */
	goesOn(untried: ApiError): void {
		if (++this.inARow < this.enough) return;
		this.known = { untried, until: steadyNow() + this.rememberMs };
	}
}
