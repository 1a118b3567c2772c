import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import type { Client } from '../http/client';
import { escapeHtml } from '../util/text';
import { type Duration, durationSentence } from './duration';

/** Between two lines in n8n's log, in milliseconds. */
const logEveryMs = 10_000;
/** From then on a run is told of in the log and, at its end, above the output. Milliseconds. */
const longRunMs = 60_000;

/** How far a run has come, for n8n's log while it goes on, and for the person at its end. */
export class Progress {
	private readonly startMs = Date.now();
	private loggedMs = this.startMs;
	private items = 0;
	private failed = 0;
	private skipped = 0;
	private records = 0;
	/** Date of the last record that was read, as ISO 8601. */
	private date: string | undefined;
	private readonly clients = new Set<Client>();
	private isFile = false;

	/** @param itemCount how many items the run has */
	constructor(
		private readonly context: IExecuteFunctions,
		private readonly itemCount: number,
	) {}

	/** Counts what this client was refused. */
	uses(client: Client): void {
		this.clients.add(client);
	}

	/** Tells the log of a long run at its beginning. */
	expects(duration: Duration | undefined): void {
		if (!duration) return;
		this.context.logger.info(`"${this.context.getNode().name}": ${durationSentence(duration)}`);
	}

	/** A list is written into a file: it may be long, and is told of from the beginning. */
	writesFile(): void {
		this.isFile = true;
	}

	/** A page of a list was read. @param date the field with a record's date */
	page(records: readonly IDataObject[], date?: string): void {
		this.records += records.length;
		const last = date === undefined ? undefined : records.at(-1)?.[date];
		const at = typeof last === 'string' ? Date.parse(last) : Number.NaN;
		if (!Number.isNaN(at)) this.date = new Date(at).toISOString();
		this.tell();
	}

	/** An item has what it gives. @param isSkipped whether that is no more than why it was passed over */
	item(isSkipped: boolean): void {
		this.items++;
		if (isSkipped) this.skipped++;
		this.tell();
	}

	/** An item has failed, and the run goes on. */
	itemFailed(): void {
		this.items++;
		this.failed++;
		this.tell();
	}

	/** Says above the output what a run did, unless it was short and all of it went as it should. */
	summarize(): void {
		const tookMs = Date.now() - this.startMs;
		const { failed, skipped, rateLimited } = this;
		if (tookMs < longRunMs && failed + skipped + rateLimited === 0) return;
		const message = escapeHtml(`It took ${seconds(tookMs)} s: ${this.soFar()}.`);
		this.context.addExecutionHints({ message, type: 'info', location: 'outputPane' });
	}

	private tell(): void {
		const now = Date.now();
		const runsMs = now - this.startMs;
		if (now - this.loggedMs < logEveryMs || (!this.isFile && runsMs < longRunMs)) return;
		this.loggedMs = now;
		const parts = [
			`"${this.context.getNode().name}" has run for ${seconds(runsMs)} s: ${this.soFar()}`,
			...(this.date === undefined ? [] : [`the last of ${this.date}`]),
			...this.toGo(runsMs),
		];
		this.context.logger.info(parts.join(', '));
	}

	/** How many requests were refused for coming too soon. */
	private get rateLimited(): number {
		return [...this.clients].reduce((sum, client) => sum + client.rateLimited(), 0);
	}

	private soFar(): string {
		const { items, itemCount, failed, skipped, records, rateLimited } = this;
		const waited = seconds(Math.max(0, ...[...this.clients].map((client) => client.waitedMs())));
		return [
			...(itemCount > 1 ? [`${items} of ${itemCount} items done`] : []),
			...(failed > 0 ? [`${failed} of them failed`] : []),
			...(skipped > 0 ? [`${skipped} of them skipped`] : []),
			...(records > 0 ? [`${records} records read`] : []),
			`${rateLimited} refusals for too many requests`,
			...(waited > 0 ? [`${waited} s of waiting for the vendor`] : []),
		].join(', ');
	}

	/** Known where there are many items; how long a list is, no vendor says beforehand. */
	private toGo(runsMs: number): string[] {
		const { items, itemCount } = this;
		if (itemCount < 2 || items === 0 || items >= itemCount) return [];
		return [`about ${seconds((runsMs / items) * (itemCount - items))} s to go`];
	}
}

const seconds = (ms: number): number => Math.round(ms / 1000);
