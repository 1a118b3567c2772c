import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import type { Client } from '../http/client';
import { escapeHtml } from '../util/text';
import { type Duration, durationSentence } from './duration';
import { steadyNow } from '../util/steadyClock';

/** Between two lines in n8n's log, in milliseconds. */
const logEveryMs = 10_000;
/** From then on a run is told of in the log and, at its end, above the output. Milliseconds. */
const longRunMs = 60_000;

/** What became of an item; one that was passed over gives no more than why. */
export type Outcome = 'done' | 'failed' | 'skipped';

/** How far a run has come, for n8n's log while it goes on, and for the person at its end. */
export class Progress {
	private readonly startMs = steadyNow();
	private loggedMs = this.startMs;
	/** What became of items, by their index: one that was done may fail by what comes behind it. */
	private readonly outcomes = new Map<number, Outcome>();
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

	/** An item has ended, and the run goes on. */
	item(index: number, outcome: Outcome): void {
		this.outcomes.set(index, outcome);
		this.tell();
	}

	/** Says above the output what a run did, unless it was short and all of it went as it should. */
	summarize(): void {
		const tookMs = steadyNow() - this.startMs;
		const isSmooth = this.count('done') === this.outcomes.size && this.rateLimited === 0;
		if (tookMs < longRunMs && isSmooth) return;
		const message = escapeHtml(`It took ${seconds(tookMs)} s: ${this.soFar()}.`);
		this.context.addExecutionHints({ message, type: 'info', location: 'outputPane' });
	}

	private tell(): void {
		const now = steadyNow();
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

	private count(wanted: Outcome): number {
		return [...this.outcomes.values()].filter((outcome) => outcome === wanted).length;
	}

	private soFar(): string {
		const { itemCount, records, rateLimited } = this;
		const [done, failed, skipped] = [
			this.count('done'),
			this.count('failed'),
			this.count('skipped'),
		];
		const waited = seconds(Math.max(0, ...[...this.clients].map((client) => client.waitedMs())));
		return [
			...(itemCount > 1 || failed + skipped > 0
				? [`${done} of ${counted(itemCount, 'item')} done`]
				: []),
			...(failed > 0 ? [`${failed} failed`] : []),
			...(skipped > 0 ? [`${skipped} skipped`] : []),
			...(records > 0 ? [`${counted(records, 'record')} read`] : []),
			`${counted(rateLimited, 'refusal')} for too many requests`,
			...(waited > 0 ? [`${waited} s of waiting for the vendor`] : []),
		].join(', ');
	}

	/** Known where there are many items; how long a list is, no vendor says beforehand. */
	private toGo(runsMs: number): string[] {
		const { itemCount } = this;
		const items = this.outcomes.size;
		if (itemCount < 2 || items === 0 || items >= itemCount) return [];
		return [`about ${seconds((runsMs / items) * (itemCount - items))} s to go`];
	}
}

const seconds = (ms: number): number => Math.round(ms / 1000);

const counted = (count: number, thing: string): string =>
	`${count} ${thing}${count === 1 ? '' : 's'}`;
