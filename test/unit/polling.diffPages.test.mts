import { describe, expect, it } from '@jest/globals';
import type { IDataObject } from 'n8n-workflow';
import { Leads } from '../../dev/vendors/convertalk/simulator/leads.mts';
import type { Order } from '../../dev/vendors/convertalk/simulator/model.mts';
import { polledLead } from '../../nodes/Convertalk/trigger/polled.ts';
import { diffList } from '../../nodes/engine/polling/diffList.ts';
import { diffPages, type PagesDiff } from '../../nodes/engine/polling/diffPages.ts';
import type { ListMemory } from '../../nodes/engine/polling/pollDiff.ts';

const hour = 3_600_000;

/** A list whose times are years apart from its order of creation, and what a trigger remembers of it. */
class Watching {
	readonly leads = new Leads();
	memory: string | undefined;
	pages = 0;

	constructor(count: number, order: Order = 'updatedDescending') {
		const now = Date.parse('2026-06-01T00:00:00Z');
		this.leads.now = () => now + this.pages;
		this.leads.addMany(count, (n) => ({
			createdAt: now - (n + 1) * hour,
			updatedAt: now - (((n * 7919) % count) + 1) * hour,
			lastSeenAt: now - (((n * 6101) % count) + 1) * hour,
		}));
		this.leads.sortBy(order);
	}

	async poll(mayGoOn = (_pages: number) => true): Promise<PagesDiff> {
		const memory = this.memory === undefined ? undefined : (JSON.parse(this.memory) as ListMemory);
		this.pages = 0;
		const source = {
			polled: polledLead,
			read: async (page: number) => {
				this.pages++;
				return this.leads.page('lead', page) as unknown as Array<Record<string, never>>;
			},
			mayGoOn: () => mayGoOn(this.pages),
		};
		const diff = await diffPages(memory, source, this.leads.now());
		this.memory = JSON.stringify(diff.memory);
		return diff;
	}

	/** What a poll hands on: kinds and names. */
	async told(): Promise<Array<[string, unknown]>> {
		const { changes } = await this.poll();
		return changes.map(({ kind, record }) => [kind, record.uuid]);
	}

	uuid(place: number): string {
		return String(this.leads.list('lead').at(place)?.uuid);
	}

	rename(uuid: string, at?: number | false): void {
		this.leads.change(uuid, ({ profile }) => (profile.userDetails.name += '!'), at);
	}
}

describe('10,000 leads, of which one is new', () => {
	it('are read no further than where all is as it was, in a list that is sorted so', async () => {
		const watching = new Watching(10_000);
		expect((await watching.poll()).changes).toEqual([]);
		expect(watching.pages).toBe(501);
		const [lead] = watching.leads.addMany(1);
		expect(await watching.told()).toEqual([['created', lead?.uuid]]);
		expect(watching.pages).toBe(2);
	});

	it.each([
		'createdDescending',
		'createdAscending',
		'updatedAscending',
		'byUuid',
		'seenDescending',
	])('are all read where the list is sorted otherwise (%s)', async (order) => {
		const watching = new Watching(10_000, order as Order);
		await watching.poll();
		const [lead] = watching.leads.addMany(1);
		watching.rename(watching.uuid(5_000));
		expect(await watching.told()).toContainEqual(['created', lead?.uuid]);
		// 10,001 leads on 501 pages, and the empty one.
		expect(watching.pages).toBe(502);
	});

	it('are remembered in ten characters each', async () => {
		for (const order of ['updatedDescending', 'byUuid'] as const) {
			const watching = new Watching(10_000, order);
			await watching.poll();
			watching.leads.addMany(1);
			await watching.poll();
			expect(Buffer.byteLength(watching.memory ?? '')).toBeLessThan(100_010 + 250);
		}
	});
});

describe('an early end of the reading', () => {
	it('is given up in a list that only looks sorted by the last change', async () => {
		// None was ever changed, so this may as well be the order of creation, and is.
		const watching = new Watching(0, 'createdDescending');
		watching.leads.addMany(300, (n) => ({ createdAt: Date.parse('2026-01-01') + n * hour }));
		await watching.poll();
		const deep = watching.uuid(250);
		watching.rename(deep);
		expect(await watching.told()).toEqual([['updated', deep]]);
	});

	it('is given up when the order changes', async () => {
		const watching = new Watching(300);
		await watching.poll();
		await watching.poll();
		expect(watching.pages).toBeLessThan(4);
		for (const order of ['createdDescending', 'seenDescending', 'byUuid'] as const) {
			watching.leads.sortBy(order);
			const deep = watching.uuid(250);
			watching.rename(deep);
			expect(await watching.told()).toEqual([['updated', deep]]);
			watching.leads.sortBy('updatedDescending');
			await watching.poll();
		}
	});

	it('is given up for good once a change did not move its lead up', async () => {
		const watching = new Watching(300);
		await watching.poll();
		const deep = watching.uuid(250);
		watching.rename(deep, false);
		expect(await watching.told()).toEqual([]);
		const polls: number[] = [];
		while (watching.pages < 16) {
			polls.push((await watching.poll()).changes.length);
			expect(polls.length).toBeLessThanOrEqual(60);
		}
		expect(polls.filter((count) => count > 0)).toEqual([1]);
		watching.rename(watching.uuid(200), false);
		expect(await watching.told()).toHaveLength(1);
	});
});

describe('a later time alone', () => {
	it('is no change, in whatever order the list is', async () => {
		for (const order of ['updatedDescending', 'byUuid'] as const) {
			const watching = new Watching(100, order);
			await watching.poll();
			const touched = watching.uuid(50);
			watching.leads.change(touched, () => {});
			expect(await watching.told()).toEqual([]);
			watching.rename(touched);
			expect(await watching.told()).toEqual([['updated', touched]]);
		}
	});
});

it('A list that is too long to be remembered ends with what to do instead', async () => {
	const most = { records: 2, instead: 'Use another trigger.' };
	const of = { name: 'leads', polled: polledLead, most };
	const read = async () => ({
		records: [1, 2, 3].map((uuid) => ({ uuid: `${uuid}` })),
		isLast: true,
	});
	const list = diffList({ ...of, read, itemOf: () => ({}), sampleOf: () => ({}) });
	const view = { client: {} as never, start: 0, mayGoOn: () => true };
	await expect(list.look(view, undefined)).rejects.toThrow(
		'no more than 2. There are more. Use another trigger.',
	);
});

it('A page that comes empty before the last one ends no list, so that what is behind it is not new later', async () => {
	let isGap = (_page: number, _asked: number) => false;
	let asked: number[] = [];
	const list = diffList({
		...{ name: 'leads', polled: polledLead },
		read: async (_, page) => {
			asked.push(page);
			const records = page > 3 || isGap(page, asked.length) ? [] : [{ uuid: `${page}` }];
			return { records, isLast: page >= 3 };
		},
		itemOf: ({ record }) => record,
		sampleOf: () => ({}),
	});
	const view = { client: {} as never, start: 0, mayGoOn: () => true };
	const look = async (memory?: IDataObject) => {
		asked = [];
		return await list.look(view, memory);
	};
	isGap = (page, count) => page === 2 && count === 2;
	const first = await look();
	expect(asked).toEqual([1, 2, 2, 3]);
	isGap = () => false;
	expect(await look(first.memory)).toMatchObject({ items: [] });
	isGap = (page) => page === 2;
	expect((await look(first.memory)).items).toEqual([]);
	expect(asked).toEqual([1, 2, 2, 3]);
});

it('A list that holds a record twice by itself is noted, and tells of what is new in it', async () => {
	const polled = { ...polledLead, createdAt: () => undefined, updatedAt: () => undefined };
	const pages = [
		['1', '2'],
		['1', '3'],
	].map((page) => page.map((uuid) => ({ uuid })));
	let memory: ListMemory | undefined;
	let asked = 0;
	const poll = async () => {
		asked = 0;
		const read = async (page: number) => (asked++, pages[page - 1] ?? []);
		const diff = await diffPages(memory, { polled, read, mayGoOn: () => true }, 1);
		({ memory } = diff);
		return diff.changes.map(({ record }) => record.uuid);
	};
	expect([await poll(), asked]).toEqual([[], 2 * 3]);
	pages.push([{ uuid: '4' }]);
	expect([await poll(), asked]).toEqual([['4'], 2 * 4]);
	expect(await poll()).toEqual([]);
});

describe('a poll that is cut off', () => {
	it('hands on what it read, and the next one goes on from there', async () => {
		const watching = new Watching(100, 'byUuid');
		await watching.poll();
		for (const lead of watching.leads.list('lead')) watching.rename(lead.uuid);
		const first = await watching.poll((pages) => pages < 2);
		expect(first.changes).toHaveLength(40);
		expect(first.memory.resume).toBe(3);
		const second = await watching.poll();
		expect(second.changes).toHaveLength(60);
		expect((await watching.poll()).changes).toEqual([]);
	});

	it('goes on noting what was there at activation, and hands on what came since', async () => {
		const watching = new Watching(100, 'byUuid');
		expect((await watching.poll((pages) => pages < 2)).changes).toEqual([]);
		watching.leads.now = () => Date.parse('2026-06-02T00:00:00Z');
		const fresh = watching.leads.addMany(6).map(({ uuid }) => uuid);
		const told = await watching.told();
		expect(told.map(([, uuid]) => uuid).sort()).toEqual(fresh.sort());
		expect(await watching.told()).toEqual([]);
	});
});

describe('what pages do while they are read', () => {
	it('reads again when a lead was seen twice', async () => {
		const watching = new Watching(100, 'byUuid');
		await watching.poll();
		const early = watching.leads.list('lead').slice(0, 20);
		const late = watching.leads.list('lead').slice(60);
		// The list turns round, so that what was to come is on pages already read.
		const turned = () => watching.leads.sortBy('createdAscending');
		turned();
		const moved = watching.leads
			.list('lead')
			.slice(0, 40)
			.find((lead) => late.includes(lead));
		watching.leads.sortBy('byUuid');
		expect(early).not.toContain(moved);
		watching.rename(String(moved?.uuid));
		watching.leads.beforePage = (_type, page) => {
			if (page === 3) turned();
		};
		expect(await watching.told()).toEqual([['updated', moved?.uuid]]);
		expect(watching.pages).toBe(12);
	});

	it('hands on nothing of a lead that went back to what it was', async () => {
		const watching = new Watching(100, 'byUuid');
		await watching.poll();
		const before = watching.leads.byUuid.get(watching.uuid(-1));
		watching.rename(watching.uuid(-1));
		const after = watching.leads.byUuid.get(watching.uuid(-1));
		const other = watching.leads.byUuid.get(watching.uuid(0));
		watching.leads.page = (_type, page) => [[after], [other, before], []][page - 1] as never;
		expect(await watching.told()).toEqual([]);
	});

	it('ends with a sentence when a page comes again', async () => {
		const watching = new Watching(100);
		const first = watching.leads.page('lead', 1);
		watching.leads.page = () => first;
		await expect(watching.poll()).rejects.toThrow('Page 3 holds the same records');
		expect(watching.memory).toBeUndefined();
	});

	it('does not forget a lead that was missing, nor keep one that is gone', async () => {
		const watching = new Watching(30, 'byUuid');
		await watching.poll();
		const gone = watching.uuid(4);
		const lead = watching.leads.byUuid.get(gone);
		watching.leads.remove(gone);
		for (let n = 0; n < 5; n++) await watching.poll();
		if (lead) watching.leads.byUuid.set(gone, lead);
		watching.leads.sortBy('byUuid');
		expect(await watching.told()).toEqual([]);
		watching.leads.remove(gone);
		for (let n = 0; n < 12; n++) await watching.poll();
		const { seen } = JSON.parse(watching.memory ?? '') as ListMemory;
		expect(seen.map(({ length }) => length)).toEqual([29 * 10]);
	});

	it('forgets nothing for a list that comes empty for long', async () => {
		const watching = new Watching(30, 'byUuid');
		await watching.poll();
		const page = watching.leads.page.bind(watching.leads);
		watching.leads.page = () => [];
		for (let n = 0; n < 20; n++) expect(await watching.told()).toEqual([]);
		watching.leads.page = page;
		const [lead] = watching.leads.addMany(1);
		expect(await watching.told()).toEqual([['created', lead?.uuid]]);
	});
});
