import type { Call, Violation } from './types.mts';

/** One request as it came and what became of it. */
export interface RequestRecord {
	id: number;
	/** Milliseconds since 1970. */
	time: number;
	method: string;
	/** The path as it was sent, still percent-encoded, without the query. */
	path: string;
	query: Record<string, unknown>;
	headers: Record<string, string | string[] | undefined>;
	/** The parsed body, or a note of its size where it was too large to keep. */
	body: unknown;
	operationId: string | undefined;
	violations: Violation[];
	/** The status answered; 0 where no answer was sent. */
	status: number;
	/** The fault that was done to it. */
	fault?: string;
	/** Milliseconds from the last byte of the request to the answer. */
	durationMs: number;
}

/** Totals since the start or the last reset; they go on where records are dropped. */
export interface Counts {
	requests: number;
	violations: number;
	byStatus: Record<string, number>;
	byOperation: Record<string, number>;
}

/** How many records are kept, and how large a body may be to be kept with one. */
export interface RecorderLimits {
	/** Number of the newest requests that are kept at least; at most twice as many are. Default 10,000. */
	records: number;
	/** Bytes; a larger body is replaced by a note. Default 64 KiB. */
	bodyBytes: number;
}

/** Keeps the newest requests, the first violations, and counts of all. */
export class Recorder {
	counts: Counts = { requests: 0, violations: 0, byStatus: {}, byOperation: {} };
	private kept: RequestRecord[] = [];
	private offending: RequestRecord[] = [];

	constructor(private readonly limits: RecorderLimits) {}

	/** Takes down a call that was answered with `status`; `started` is of performance.now(). */
	record(call: Call, status: number, started: number, fault: string | undefined): void {
		const { counts, limits } = this;
		const size = call.rawBody.length;
		const record: RequestRecord = {
			id: call.id,
			time: Date.now(),
			method: call.method,
			path: call.path,
			query: call.query,
			headers: call.headers,
			body: size > limits.bodyBytes ? `[${size} bytes]` : call.body,
			operationId: call.operationId,
			violations: call.violations,
			status,
			durationMs: performance.now() - started,
		};
		if (fault !== undefined) record.fault = fault;
		counts.requests++;
		counts.byStatus[status] = (counts.byStatus[status] ?? 0) + 1;
		const operation = call.operationId ?? 'unknown';
		counts.byOperation[operation] = (counts.byOperation[operation] ?? 0) + 1;
		this.kept.push(record);
		// Dropping the older half now and then costs less than shifting at each request.
		if (this.kept.length >= 2 * limits.records) this.kept.splice(0, limits.records);
		if (call.violations.length > 0) {
			counts.violations++;
			if (this.offending.length < limits.records) this.offending.push(record);
		}
	}

	/** The newest records, oldest first. */
	get requests(): RequestRecord[] {
		return this.kept.slice();
	}

	/** Requests that broke the contract, oldest first. */
	violations(): RequestRecord[] {
		return this.offending.slice();
	}

	reset(): void {
		this.counts = { requests: 0, violations: 0, byStatus: {}, byOperation: {} };
		this.kept = [];
		this.offending = [];
	}
}

/** One thing that was really done, whatever the client was told. */
export interface JournalEntry {
	/** Milliseconds since 1970. */
	time: number;
	/** What was done, e.g. `lead.create`. */
	what: string;
	/** Id of the record that it was done to. */
	id: string | number;
	/** What makes it the same thing if it is done again, e.g. the e-mail of a created lead. */
	key: string;
}

/** The log of what was really done. It is never cut, since a judge may not forget. */
export class Journal {
	private log: JournalEntry[] = [];

	/** Takes down that `what` was done to record `id`; see {@link JournalEntry} for `key`. */
	add(what: string, id: string | number, key: string): void {
		this.log.push({ time: Date.now(), what, id, key });
	}

	/** Entries, oldest first; all, or those of one kind. */
	entries(what?: string): JournalEntry[] {
		return what === undefined ? this.log.slice() : this.log.filter((entry) => entry.what === what);
	}

	/** Keys for which `what` was done more than once. */
	doneTwice(what: string): string[] {
		const seen = new Set<string>();
		const twice = new Set<string>();
		for (const { key } of this.entries(what)) (seen.has(key) ? twice : seen).add(key);
		return [...twice];
	}

	reset(): void {
		this.log = [];
	}
}
