import { describe, expect, it } from '@jest/globals';
import type { IDataObject } from 'n8n-workflow';
import type { Client } from '../../nodes/engine/http/client.ts';
import { get, type Request } from '../../nodes/engine/http/request.ts';
import { slicedList, type SlicedList } from '../../nodes/engine/polling/slicedList.ts';
import type { View } from '../../nodes/engine/polling/poll.ts';
import { zenviaSalesPollTrigger } from '../../nodes/ZenviaSales/trigger/poll.ts';
import { zenviaSales } from '../../nodes/ZenviaSales/vendor.ts';
import { vendorOf } from '../../dev/vendors.mts';
import { PollHost } from './poll.setup.mts';

const [minute, day] = [60_000, 86_400_000];
const now = Date.parse('2026-06-01T00:00:00Z');

/** A vendor's list of one record for each hour, newest first in pages of ten, that counts what is asked. */
class Hourly {
	readonly ids: number[];
	/** The ranges that were asked for, in days before now. */
	readonly asked: Array<[number, number]> = [];
	pages = 0;

	constructor(hours: number) {
		this.ids = Array.from({ length: hours }, (_, n) => now - (n + 1) * 60 * minute);
	}

	list(more: Partial<SlicedList> = {}) {
		return slicedList({
			name: 'hourly',
			vendor: zenviaSales,
			newness: {
				of: 'new',
				reach: 'filter',
				key: ({ id }) => String(id),
				time: ({ id }) => Number(id),
				since: (request) => request,
			},
			pages: async function* (read, { query }) {
				for (let page = 0; ; page++) {
					const { records } = await read({ ...get`/`, query: { ...query, page } });
					if (records.length === 0) return;
					yield records;
				}
			},
			request: get`/`,
			between: (request, from, to) => {
				this.asked.push([(now - from.getTime()) / day, (now - to.getTime()) / day]);
				return { ...request, query: { from: from.getTime(), to: to.getTime() } };
			},
			records: (body) => body as IDataObject[],
			itemOf: (record) => record,
			longestMs: 30 * day,
			overlapMs: 5 * minute,
			...more,
		});
	}

	private send = async ({ query = {} }: Request, read: (body: unknown) => unknown) => {
		this.pages++;
		const [from, to] = [Number(query.from ?? 0), Number(query.to ?? now)];
		const all = this.ids.filter((id) => id >= from && id <= to).map((id) => ({ id }));
		const start = Number(query.page) * 10;
		return read(all.slice(start, start + 10));
	};

	client = { send: this.send, room: () => 1 } as unknown as Client;

	/** @param most pages for which there is time */
	view(most = Infinity): View {
		const before = this.pages;
		const mayGoOn = () => this.pages - before < most;
		return { client: this.client, start: now, mayGoOn };
	}
}

const idsOf = (items: IDataObject[]) => items.map(({ id }) => Number(id));

describe('a list that is read slice by slice', () => {
	it('notes what is there in the first poll, and hands on what comes, once', async () => {
		const hourly = new Hourly(5);
		hourly.ids.unshift(now - minute);
		const list = hourly.list();
		const first = await list.look(hourly.view(), undefined);
		expect(first.items).toEqual([]);
		hourly.ids.unshift(now - 2 * minute);
		const second = await list.look(hourly.view(), first.memory);
		expect(idsOf(second.items)).toEqual([now - 2 * minute]);
		expect((await list.look(hourly.view(), second.memory)).items).toEqual([]);
	});

	it('goes on where n8n’s clock was put back', async () => {
		const hourly = new Hourly(5);
		const list = hourly.list();
		const first = await list.look(hourly.view(), undefined);
		hourly.ids.unshift(now + minute);
		const early = { ...hourly.view(), start: now - 60 * minute };
		const second = await list.look(early, first.memory);
		expect(idsOf(second.items)).toEqual([now + minute]);
		expect((await list.look(hourly.view(), second.memory)).items).toEqual([]);
	});

	it('begins at a date, the oldest first, a range at a time', async () => {
		const hourly = new Hourly(24 * 70);
		const { items } = await hourly
			.list({ firstFrom: now - 65 * day })
			.look(hourly.view(), undefined);
		expect(idsOf(items)).toEqual(hourly.ids.filter((id) => id >= now - 65 * day).reverse());
		for (const [from, to] of hourly.asked) expect(from - to).toBeLessThan(30.1);
	});

	it('has what is at the border of two ranges, also of a vendor that leaves out milliseconds', async () => {
		const hourly = new Hourly(1);
		hourly.ids[0] = now - 35 * day + 150;
		const whole = (moment: Date) => Math.floor(moment.getTime() / 1000) * 1000;
		const list = hourly.list({
			firstFrom: now - 65 * day + 250,
			between: (request, from, to) => ({ ...request, query: { from: whole(from), to: whole(to) } }),
		});
		expect(idsOf((await list.look(hourly.view(), undefined)).items)).toEqual(hourly.ids);
	});

	it('that does not fit into the time of a poll comes in several, each record once', async () => {
		const hourly = new Hourly(24 * 20);
		const list = hourly.list({ firstFrom: now - 20 * day });
		let memory: IDataObject | undefined;
		const got: number[] = [];
		let polls = 0;
		for (; polls < 60 && got.length < hourly.ids.length; polls++) {
			const found = await list.look(hourly.view(8), memory);
			memory = JSON.parse(JSON.stringify(found.memory)) as IDataObject;
			got.push(...idsOf(found.items));
		}
		expect(got).toEqual([...hourly.ids].reverse());
		expect(polls).toBeGreaterThan(5);
		expect(polls).toBeLessThan(60);
		expect(JSON.stringify(memory).length).toBeLessThan(300);
	});

	it('says so where not even the last minutes can be read in time', async () => {
		const hourly = new Hourly(0);
		hourly.ids.push(...Array.from({ length: 50 }, (_, n) => now - n * 1000));
		const list = hourly.list();
		await expect(list.look(hourly.view(2), undefined)).rejects.toThrow('in the time of a poll');
	});

	it('shows one record to a test', async () => {
		const hourly = new Hourly(30);
		expect(idsOf(await hourly.list().sample(hourly.client))).toEqual([hourly.ids[0]]);
		expect(hourly.pages).toBe(1);
	});

	it('shows in the editor the newest that was chosen, behind as many others as a campaign sends', async () => {
		const hourly = new Hourly(3_000);
		const only = (n: number) => ({
			itemOf: (record: IDataObject) => (record.id === hourly.ids[n] ? record : undefined),
		});
		expect(idsOf(await hourly.list(only(555)).sample(hourly.client))).toEqual([hourly.ids[555]]);
		expect(hourly.pages).toBe(56);
		expect(await hourly.list(only(2_000)).sample(hourly.client)).toEqual([]);
		expect(hourly.pages).toBe(56 + 100);
	});
});

describe('the start date of the Zenvia Sales Poll Trigger', () => {
	const { node, credentialType: credential } = vendorOf('zenviaSales');
	const at = Date.parse('2026-01-31T12:30:00Z');
	/** From when on the first poll asks. */
	async function asked(startDate: unknown): Promise<unknown> {
		const parameters = { startFrom: 'date', startDate: startDate as string };
		const context = new PollHost({ node, credential }, parameters, {}).context();
		const from: unknown[] = [];
		const send = async ({ query = {} }: Request, read: (body: unknown) => unknown) => {
			from.push(query.createdAfter);
			return read([]);
		};
		const client = { send, room: () => 1 } as unknown as Client;
		const [list] = zenviaSalesPollTrigger.lists(context, ['note']);
		await list?.look({ client, start: at + day, mayGoOn: () => true }, undefined);
		return from[0];
	}

	it.each<[unknown, string]>([
		['2026-01-31T09:30:00', 'as n8n’s picker writes it, in the zone of the workflow'],
		['2026-01-31 09:30', 'as people write it'],
		['2026-01-31T12:30:00Z', 'in UTC'],
		['2026-01-31T09:30:00.000-03:00', 'with its offset'],
		[at, 'in milliseconds'],
		[`${at / 1000}`, 'in seconds'],
		[new Date(at), 'as a date'],
	])('is taken from %p, %s', async (startDate) => {
		expect(await asked(startDate)).toBe(new Date(at - 1).toISOString());
	});

	it.each(['', '31/01/2026', '01/02/2026', 'yesterday', '2026-02-31', '1999-12-31', '2099-01-01'])(
		'is refused as %p',
		async (startDate) => {
			await expect(asked(startDate)).rejects.toThrow(
				"'Start Date' is empty, or not a date between",
			);
		},
	);
});

describe('the overlap of the Zenvia Sales Poll Trigger', () => {
	const { node, credentialType: credential } = vendorOf('zenviaSales');
	/** How many minutes before the present the first poll asks for. */
	async function asked(overlap: unknown): Promise<number> {
		const parameters = { options: { overlap: overlap as string } };
		const context = new PollHost({ node, credential }, parameters, {}).context();
		const from: unknown[] = [];
		const send = async ({ query = {} }: Request, read: (body: unknown) => unknown) => {
			from.push(query.createdAfter);
			return read([]);
		};
		const client = { send, room: () => 1 } as unknown as Client;
		const [list] = zenviaSalesPollTrigger.lists(context, ['note']);
		await list?.look({ client, start: now, mayGoOn: () => true }, undefined);
		return Math.round((now - Date.parse(String(from[0]))) / minute);
	}

	it.each([
		[undefined, 5],
		[null, 5],
		['', 5],
		[' ', 5],
		['7', 7],
		[1440, 1440],
	])('where it is %p, is %p minutes', async (overlap, minutes) => {
		expect(await asked(overlap)).toBe(minutes);
	});

	it.each([-3, 0, 1441, 'x', true, {}])('is refused as %p', async (overlap) => {
		await expect(asked(overlap)).rejects.toThrow(
			"'Overlap (Minutes)' is not a number from 1 to 1440. Enter one.",
		);
	});
});
