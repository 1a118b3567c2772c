import { afterEach, describe, expect, it, jest } from '@jest/globals';
import type { IDataObject } from 'n8n-workflow';
import { seeded } from '../../dev/kit/random.mts';
import { Host, run, type RunOptions } from './engine.mts';
import { lists, type VendorList } from './onlyNew.setup.mts';

const [second, minute, hour, day] = [1000, 60_000, 3_600_000, 86_400_000];
const begin = Date.parse('2026-03-01T00:00:00Z');
/** How far the vendor's clock is from n8n's, by the seed's rest. Milliseconds. */
const apart = [90 * second, -90 * second];
/** A record may show so much later than it says; with the clocks, less than the overlap of five minutes. */
const latestMs = 150 * second;
/** Records may share a time within this. */
const sharedMs = 30 * second;

/** How an execution goes. */
const fates = ['well', 'well', 'well', 'well', 'refused', 'stopped', 'canceled', 'failed'] as const;
type Fate = (typeof fates)[number];

/** The clock of n8n: only Date is another, so that the network runs as it is. */
const clock = {
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

/** A month of a workflow, and what it was handed. */
class Month {
	readonly host: Host;
	/** How often each record was handed on to an execution that ended well. */
	readonly handedOn = new Map<string, number>();
	/** Records that came after the first run. */
	readonly due: string[] = [];
	/** Records that came before it, and when by the vendor's clock. */
	readonly before = new Map<string, number>();
	readonly tally: Partial<Record<Fate | 'late' | 'shared' | 'shifted' | 'forgotten', number>> = {};
	private now = begin;
	private late: Array<{ time: number; showsAt: number }> = [];
	private lastTime = 0;
	private hasRun = false;
	/** Whether records come and go while pages are read. */
	private isMoving = true;
	private restarts = 0;
	private isForgotten = false;

	constructor(
		private readonly list: VendorList,
		private readonly random: () => number,
		private readonly clockMs: number,
		readonly name: string,
	) {
		this.host = new Host(name);
	}

	private chance = (share: number): boolean => this.random() < share;
	private upTo = (most: number): number => Math.floor(this.random() * most);

	private count(what: Fate | 'late' | 'shared' | 'shifted' | 'forgotten'): void {
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
	}

	pass(ms: number): void {
		this.now += ms;
		clock.set(this.now);
		for (const { time } of this.late.filter(({ showsAt }) => showsAt <= this.now)) this.put(time);
		this.late = this.late.filter(({ showsAt }) => showsAt > this.now);
	}

	async run(fate: Fate, limit?: number): Promise<void> {
		const { host, list } = this;
		const cancel = new AbortController();
		let requests = 0;
		const at = 1 + this.upTo(3);
		list.sim.setFault(() => {
			requests++;
			if (this.isMoving && this.chance(0.2)) this.shift();
			if (requests !== at) return undefined;
			if (fate === 'canceled') cancel.abort();
			if (fate !== 'refused') return undefined;
			return { kind: 'answer', when: 'before', answer: list.refusal, name: 'refused' } as never;
		});
		const then: RunOptions['then'] = () => {
			if (fate === 'failed') throw new Error('The node behind cannot go on');
			if (fate === 'stopped') cancel.abort();
		};
		const { items, run: result } = await run(list.subject, {
			...{ typeVersion: 1.2, credential: list.credential, host, then, cancel: cancel.signal },
			parameters: {
				...{ ...list.parameters, onlyNew: true, startFrom: 'now' },
				...(limit ? { returnAll: false, limit } : { returnAll: true }),
			},
		});
		list.sim.setFault(undefined);
		if (result.status !== 'success') return this.count(fate);
		this.hasRun = true;
		this.isForgotten = false;
		this.count('well');
		for (const { json } of items) {
			const key = list.keyOf(json);
			this.handedOn.set(key, (this.handedOn.get(key) ?? 0) + 1);
		}
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
	restart(): void {
		if (this.isForgotten) return;
		const { host } = this;
		Object.assign(host, { workflowId: `${this.name} ${++this.restarts}` });
	}

	/** A schedule remembers something, and n8n writes all memory as it was when the workflow was published. */
	forget(published: string): void {
		this.host.kept = published;
		this.isForgotten = true;
		this.count('forgotten');
	}

	async live(): Promise<void> {
		clock.set(this.now);
		this.happen();
		await this.run('well');
		expect(this.handedOn.size).toBe(0);
		let published = this.host.kept;
		while (this.now < begin + 30 * day) {
			this.happen();
			const isOff = this.chance(0.5);
			this.pass(isOff ? hour + this.upTo(23 * hour) : 20 * second + this.upTo(4 * minute));
			if (this.chance(0.5)) this.happen();
			if (isOff && this.chance(0.4)) {
				this.restart();
				published = this.host.kept;
			} else if (this.chance(0.1)) this.forget(published);
			await this.run(fates[this.upTo(fates.length)] ?? 'well', this.chance(0.2) ? 2 : undefined);
		}
		this.isMoving = false;
		this.pass(10 * minute);
		await this.run('well');
		await this.run('well');
	}
}

let list: VendorList | undefined;
afterEach(async () => {
	clock.back();
	await list?.sim.close();
});

describe('A month of Only New Since Last Run gives each record once', () => {
	const cases = Object.keys(lists).map((name, n) => ({ name, seed: n % 2 ? 42 : 7 }));
	it.each(cases)(
		'$name (seed $seed)',
		async ({ name, seed }) => {
			list = await (lists[name] as () => Promise<VendorList>)();
			const month = new Month(list, seeded(seed), apart[seed % 2] ?? 0, `${name} ${seed}`);
			await month.live();
			const times = (keys: string[]): IDataObject =>
				Object.fromEntries(keys.map((key) => [key, month.handedOn.get(key) ?? 0]));
			const once = Object.fromEntries(month.due.map((key) => [key, 1]));
			expect(times(month.due)).toEqual(once);
			// What was there before the first run comes only where the vendor's clock says that it came later.
			const due = new Set(month.due);
			const others = [...month.handedOn.keys()].filter((key) => !due.has(key));
			expect(others.filter((key) => (month.before.get(key) ?? 0) <= begin)).toEqual([]);
			const { tally } = month;
			expect(month.due.length).toBeGreaterThan(120);
			for (const what of ['late', 'shared', 'refused', 'stopped', 'failed', 'forgotten'] as const)
				expect([what, (tally[what] ?? 0) > 2]).toEqual([what, true]);
			expect(list.sim.defects).toEqual([]);
		},
		120_000,
	);
});
