import { execFileSync } from 'node:child_process';
import { describe, expect, it } from '@jest/globals';
import type { IDataObject } from 'n8n-workflow';
import { byPageNumber, collect } from '../../nodes/engine/pagination/pages.ts';
import { get, type Request } from '../../nodes/engine/http/request.ts';

const identity = ({ id }: IDataObject) => id;

/** A list of so many pages that answers when told to, and what has been asked of it. */
class SlowList {
	readonly asked: number[] = [];
	private readonly waiting = new Map<number, () => void>();

	constructor(
		private readonly count: number,
		private readonly broken: number[] = [],
	) {}

	/** How many are under way. */
	get width(): number {
		return this.waiting.size;
	}

	private readonly readPage = async ({ query }: Request) => {
		const page = Number(query?.page);
		this.asked.push(page);
		await new Promise<void>((resolve) => this.waiting.set(page, resolve));
		if (this.broken.includes(page)) throw new Error(`Page ${page} is broken`);
		return {
			records: [{ id: page }],
			body: { next: page < this.count ? page + 1 : undefined, total: this.count },
		};
	};

	/** There is room for five at once. */
	readonly read = Object.assign(this.readPage, { room: () => 5 - this.width });

	/** Answers what is under way, the last that was asked for first, until nothing more is asked for. */
	async answerAll(): Promise<number> {
		let most = 0;
		for (await settled(); this.width > 0; await settled()) {
			most = Math.max(most, this.width);
			this.answer([...this.waiting.keys()].at(-1) ?? 0);
		}
		return most;
	}

	answer(page: number): void {
		const answer = this.waiting.get(page);
		this.waiting.delete(page);
		answer?.();
	}
}

const settled = async () => await new Promise((resolve) => setTimeout(resolve, 1));
const upTo = (count: number) => Array.from({ length: count }, (_, n) => n + 1);

const ahead = byPageNumber({
	page: 'page',
	size: { parameter: 'size', most: 1 },
	next: (body) => (body as { next?: number }).next,
	total: (body) => (body as { total: number }).total,
	identity,
});

describe('pages by number, of which it is known how many there are', () => {
	it('are asked for as far as there is room after the first, and come in their order', async () => {
		const list = new SlowList(12);
		const all = collect(ahead(list.read, get`/things`, Infinity), Infinity);
		await settled();
		expect(list.asked).toEqual([1]);
		expect(await list.answerAll()).toBe(5);
		expect((await all).map(identity)).toEqual(upTo(12));
		expect(list.asked).toEqual(upTo(12));
	});

	it('are asked for one after the other where nobody says that there is room', async () => {
		const list = new SlowList(12);
		const all = collect(
			ahead(async (page) => await list.read(page), get`/things`, Infinity),
			12,
		);
		expect(await list.answerAll()).toBe(1);
		expect((await all).map(identity)).toEqual(upTo(12));
	});

	it('lie in memory 96 at most while the next one is late', async () => {
		const list = new SlowList(200);
		const read = Object.assign(async (page: Request) => await list.read(page), { room: () => 1 });
		const all = collect(ahead(read, get`/things`, Infinity), Infinity);
		await settled();
		list.answer(1);
		await settled();
		for (const page of list.asked.slice(2)) list.answer(page);
		await settled();
		expect(list.asked).toEqual(upTo(97));
		await list.answerAll();
		expect((await all).map(identity)).toEqual(upTo(200));
	});

	it('are not asked for beyond what is wanted', async () => {
		const list = new SlowList(12);
		const all = collect(ahead(list.read, get`/things`, 3), 3);
		await list.answerAll();
		expect((await all).map(identity)).toEqual(upTo(3));
		expect(list.asked).toEqual(upTo(3));
	});

	it('say what is wrong with one where it would come, when nothing is under way any more', async () => {
		const list = new SlowList(12, [4, 6]);
		const read: unknown[] = [];
		const reading = (async () => {
			for await (const records of ahead(list.read, get`/things`, Infinity))
				read.push(...records.map(identity));
		})();
		let failed = '';
		reading.catch((error: Error) => (failed = error.message));
		for (const page of [1, 6, 2, 3, 4]) {
			await settled();
			list.answer(page);
		}
		await settled();
		expect([failed, read, list.width]).toEqual(['', upTo(3), 1]);
		await list.answerAll();
		expect([failed, list.asked]).toEqual(['Page 4 is broken', upTo(6)]);
	});

	it('end where the list ends before that, and go on where it goes on after it', async () => {
		for (const total of [2, 9]) {
			const list = new SlowList(5);
			const claimed = byPageNumber({
				page: 'page',
				next: (body) => (body as { next?: number }).next,
				total: () => total,
			});
			const all = collect(claimed(list.read, get`/things`, Infinity), Infinity);
			await list.answerAll();
			expect((await all).map(identity)).toEqual(upTo(5));
		}
	});

	// In a process of its own: Jest hears of no rejection that nobody handles.
	it('end no process by what is wrong with a page that nobody reads', () => {
		const script = `
			const { Prefetcher } = require('./nodes/engine/pagination/prefetcher.ts');
			const refuse = async (number) => { throw new Error('Page ' + number); };
			new Prefetcher(refuse).begin(2, 3);
			setTimeout(() => console.log('alive'), 20);
		`;
		const args = ['--import', 'tsx', '--eval', script];
		expect(execFileSync(process.execPath, args, { encoding: 'utf8', stdio: 'pipe' })).toBe(
			'alive\n',
		);
	});
});
