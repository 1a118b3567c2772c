import { expect, jest } from '@jest/globals';
import type { IDataObject } from 'n8n-workflow';
import type { VendorList } from './onlyNew.setup.mts';

const [second, minute, hour, day] = [1000, 60_000, 3_600_000, 86_400_000];
export const begin = Date.parse('2026-03-01T00:00:00Z');
/** How far the vendor's clock is from n8n's, by the seed's rest. Milliseconds. */
export const apart = [90 * second, -90 * second];
/** A record may show so much later than it says; with the clocks, less than the overlap of five minutes. */
const latestMs = 150 * second;
/** Records may share a time within this. */
const sharedMs = 30 * second;

/**
 * How an execution or a poll goes: well; refused by the vendor; stopped, canceled or failed behind the node; killed
 * with its process before n8n has stored anything; out of its time.
 */
export type Fate = 'well' | 'refused' | 'stopped' | 'canceled' | 'failed' | 'killed' | 'cut';

/** How a workflow comes to what is new. */
export interface Way {
	fates: readonly Fate[];
	/**
	 * Asks once.
	 * @param cancel is aborted in the middle where the fate is to be canceled
	 * @returns what a workflow that ended well was handed, or nothing where it did not
	 */
	ask(fate: Fate, cancel: AbortController, limit?: number): Promise<IDataObject[] | undefined>;
	keyOf(item: IDataObject): string;
	/** What a webhook hands on of a record at the moment that it comes, while n8n is on. */
	deliver?(key: string): IDataObject;
	/** By which one Remove Duplicates tells what comes twice. */
	duplicate?(item: IDataObject): string;
	/** n8n begins anew: what only the process knew is lost. */
	restart(): void;
	/** A schedule remembers something, and n8n writes all memory as it was when the workflow was published. */
	forget?(published: string): void;
	/** All that the workflow remembers. */
	remembered(): string;
	/** How long a poll may take before it has to end. Milliseconds. */
	budgetMs?: number;
}

/** The clock of n8n: only Date is another, so that the network runs as it is. */
export const clock = {
	set: (ms: number) =>
		jest.useFakeTimers({
			now: ms,
			doNotFake: [
				...(['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'] as const),
				...(['setImmediate', 'clearImmediate', 'nextTick', 'queueMicrotask'] as const),
				...(['performance', 'hrtime'] as const),
			],
		}),
	back: () => jest.useRealTimers(),
};

/** What is counted. */
type Event = Fate | 'late' | 'shared' | 'shifted' | 'forgotten' | 'delivered' | 'duplicate';

/** A month of a workflow, and what it was handed. */
export class Month {
	/** How often each record was handed on to an execution that ended well. */
	readonly handedOn = new Map<string, number>();
	/** Records that came after the first run. */
	readonly due: string[] = [];
	/** Records that came before it, and when by the vendor's clock. */
	readonly before = new Map<string, number>();
	readonly tally: Partial<Record<Event, number>> = {};
	private now = begin;
	private late: Array<{ time: number; showsAt: number }> = [];
	private lastTime = 0;
	private hasRun = false;
	/** Whether records come and go while pages are read. */
	private isMoving = true;
	private isOn = true;
	/** What Remove Duplicates has seen. */
	private readonly seen = new Set<string>();
	private isForgotten = false;

	constructor(
		private readonly list: VendorList,
		private readonly way: Way,
		private readonly random: () => number,
		private readonly clockMs: number,
	) {}

	private chance = (share: number): boolean => this.random() < share;
	private upTo = (most: number): number => Math.floor(this.random() * most);

	private count(what: Event): void {
		this.tally[what] = (this.tally[what] ?? 0) + 1;
	}

	/** Records that come up to now; some show late, some share their time with another. */
	happen(): void {
		for (let n = this.upTo(4); n > 0; n--) {
			const vendorNow = this.now + this.clockMs;
			const isShared = vendorNow - this.lastTime < sharedMs && this.chance(0.4);
			const time = isShared ? this.lastTime : vendorNow;
			this.lastTime = time;
			if (isShared) this.count('shared');
			if (this.chance(0.25)) {
				this.late.push({ time, showsAt: this.now + this.upTo(latestMs) });
				this.count('late');
			} else this.put(time);
		}
	}

	private put(time: number): void {
		const key = this.list.put(time);
		if (this.hasRun) this.due.push(key);
		else this.before.set(key, time);
		// Some deliveries are lost although n8n is on.
		if (!this.way.deliver || !this.hasRun || !this.isOn || this.chance(0.1)) return;
		this.count('delivered');
		this.handOn([this.way.deliver(key)]);
	}

	private handOn(items: IDataObject[]): void {
		const { way, handedOn, seen } = this;
		for (const item of items) {
			const duplicate = way.duplicate?.(item);
			if (duplicate !== undefined && seen.has(duplicate)) {
				this.count('duplicate');
				continue;
			}
			if (duplicate !== undefined) seen.add(duplicate);
			const key = way.keyOf(item);
			handedOn.set(key, (handedOn.get(key) ?? 0) + 1);
		}
	}

	pass(ms: number): void {
		this.now += ms;
		clock.set(this.now);
		for (const { time } of this.late.filter(({ showsAt }) => showsAt <= this.now)) this.put(time);
		this.late = this.late.filter(({ showsAt }) => showsAt > this.now);
	}

	async run(fate: Fate, limit?: number): Promise<void> {
		const { list, way } = this;
		const cancel = new AbortController();
		let requests = 0;
		const at = 1 + this.upTo(3);
		list.sim.setFault(() => {
			requests++;
			if (this.isMoving && requests <= 5 && this.chance(0.2)) this.shift();
			if (requests !== at) return undefined;
			if (fate === 'canceled') cancel.abort();
			// A poll's time is nearly gone: no further page may be asked for.
			if (fate === 'cut') clock.set((this.now += 0.9 * (way.budgetMs ?? 0)));
			if (fate !== 'refused') return undefined;
			return { kind: 'answer', when: 'before', answer: list.refusal, name: 'refused' } as never;
		});
		const items = await way.ask(fate, cancel, limit);
		list.sim.setFault(undefined);
		if (!items) return this.count(fate);
		this.hasRun = true;
		this.isForgotten = false;
		this.count(fate === 'cut' && requests >= at ? 'cut' : 'well');
		this.handOn(items);
	}

	/** While pages are read: one comes in, or one that was handed on goes. */
	private shift(): void {
		this.count('shifted');
		if (this.hasRun) this.put(this.now + this.clockMs);
		if (this.chance(0.5)) this.list.remove?.(new Set(this.handedOn.keys()));
	}

	/**
	 * n8n begins anew: what only the process knew is lost. Not between what a schedule wrote over the mark and the next
	 * execution that ends well: records come again then (docs/only-new.md).
	 */
	private restart(): void {
		if (!this.isForgotten) this.way.restart();
	}

	private forget(published: string): void {
		this.way.forget?.(published);
		this.isForgotten = true;
		this.count('forgotten');
	}

	async live(): Promise<void> {
		clock.set(this.now);
		this.happen();
		await this.run('well');
		expect(this.handedOn.size).toBe(0);
		let published = this.way.remembered();
		while (this.now < begin + 30 * day) {
			this.happen();
			const isOff = this.chance(0.5);
			this.isOn = !isOff;
			this.pass(isOff ? hour + this.upTo(23 * hour) : 20 * second + this.upTo(4 * minute));
			if (this.chance(0.5)) this.happen();
			this.isOn = true;
			if (isOff && this.chance(0.4)) {
				this.restart();
				published = this.way.remembered();
			} else if (this.way.forget && this.chance(0.1)) this.forget(published);
			const fate = this.way.fates[this.upTo(this.way.fates.length)];
			await this.run(fate ?? 'well', this.chance(0.2) ? 2 : undefined);
		}
		this.isMoving = false;
		this.pass(10 * minute);
		await this.run('well');
		await this.run('well');
	}

	/** Each record that came after the first run was handed on once; of those before, none that was there by any clock. */
	judge(): void {
		const times = (keys: string[]): IDataObject =>
			Object.fromEntries(keys.map((key) => [key, this.handedOn.get(key) ?? 0]));
		const once = Object.fromEntries(this.due.map((key) => [key, 1]));
		expect(times(this.due)).toEqual(once);
		// What was there before the first run comes only where the vendor's clock says that it came later.
		const due = new Set(this.due);
		const others = [...this.handedOn.keys()].filter((key) => !due.has(key));
		expect(others.filter((key) => (this.before.get(key) ?? 0) <= begin)).toEqual([]);
		expect(this.due.length).toBeGreaterThan(120);
		expect(this.list.sim.defects).toEqual([]);
	}

	/** What this happened to less than three times. */
	seldom = (...events: Event[]): Event[] => events.filter((one) => (this.tally[one] ?? 0) < 3);
}
