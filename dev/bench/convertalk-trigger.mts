import { Leads } from '../vendors/convertalk/simulator/leads.mts';
import type { Order } from '../vendors/convertalk/simulator/model.mts';
import { diffPages } from '../../nodes/engine/polling/diffPages.ts';
import type { ListMemory } from '../../nodes/engine/polling/pollDiff.ts';
import { polledLead } from '../../nodes/Convertalk/trigger/polled.ts';
import type { Bench, Measurement } from './bench.mts';

const count = 10_000;
const pageSize = 20;
const hour = 3_600_000;
const mostBytes = 101_000;

interface Polled {
	pages: number;
	told: number;
	bytes: number;
	ms: number;
}

/** A poll at activation, and one after a lead came in. */
async function measure(order: Order): Promise<[Polled, Polled]> {
	const leads = new Leads();
	const now = Date.parse('2026-06-01T00:00:00Z');
	leads.now = () => now;
	leads.pageSize = pageSize;
	leads.addMany(count, (n) => ({
		createdAt: now - (n + 1) * hour,
		updatedAt: now - (((n * 7919) % count) + 1) * hour,
		lastSeenAt: now - (((n * 6101) % count) + 1) * hour,
	}));
	leads.sortBy(order);
	let memory: string | undefined;
	const poll = async (): Promise<Polled> => {
		let pages = 0;
		const read = async (page: number) => {
			pages++;
			return leads.page('lead', page) as unknown as Array<Record<string, never>>;
		};
		const started = performance.now();
		const before = memory === undefined ? undefined : (JSON.parse(memory) as ListMemory);
		const source = { polled: polledLead, read, mayGoOn: () => true };
		const { changes, memory: after } = await diffPages(before, source, now);
		memory = JSON.stringify(after);
		const ms = performance.now() - started;
		return { pages, told: changes.length, bytes: Buffer.byteLength(memory), ms };
	};
	const first = await poll();
	leads.addMany(1);
	return [first, await poll()];
}

const names: Record<string, Order> = {
	'newest change first': 'updatedDescending',
	'newest lead first': 'createdDescending',
	'oldest change first': 'updatedAscending',
	'no order that shows': 'byUuid',
};

async function run(): Promise<Measurement> {
	const rows: Measurement['rows'] = [];
	const all: Polled[] = [];
	for (const [name, order] of Object.entries(names)) {
		const [first, next] = await measure(order);
		rows.push([name, first.pages, next.pages, next.told, next.bytes, Math.round(next.ms)]);
		all.push(next);
	}
	const [sorted, ...others] = all;
	const bytes = Math.max(...all.map((one) => one.bytes));
	const needed = Math.ceil((count + 1) / pageSize) + 1;
	return {
		columns: [
			'The list shows',
			'Pages at activation',
			'Pages of the poll',
			'Leads told',
			'Bytes kept',
			'ms',
		],
		rows,
		claims: [
			{
				claim: 'The new lead is told, and nothing else, whatever the order',
				measured: all.map(({ told }) => told).join(', '),
				holds: all.every(({ told }) => told === 1),
			},
			{
				claim: 'Where the newest change comes first, at most 3 pages are read',
				measured: `${sorted?.pages}`,
				holds: (sorted?.pages ?? Infinity) <= 3,
			},
			{
				claim: `Elsewhere every page once, with the empty one: ${needed}`,
				measured: others.map(({ pages }) => pages).join(', '),
				holds: others.every(({ pages }) => pages === needed),
			},
			{
				claim: `What is kept for ${count} leads is under ${mostBytes} bytes`,
				measured: `${bytes}`,
				holds: bytes < mostBytes,
			},
		],
	};
}

const bench: Bench = {
	title: 'The Convertalk trigger: 10,000 leads, of which one is new',
	run,
};

export default bench;
