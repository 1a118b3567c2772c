import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { IDataObject } from 'n8n-workflow';
import { type Simulator, startSimulator } from '../../dev/kit/simulator.mts';
import { credentialData, vendorOf } from '../../dev/vendors.mts';
import saleswhale, {
	type Saleswhale as Account,
} from '../../dev/vendors/saleswhale/simulator/index.mts';
import { SaleswhalePollTrigger } from '../../nodes/Saleswhale/SaleswhalePollTrigger.node.ts';
import { withDefaults } from './engine.credential.mts';
import { PollHost } from './poll.setup.mts';
import { closeServers, serve } from './server.mts';

const vendor = vendorOf('saleswhale');
const key = 'the-key-of-the-polls';
let sim: Simulator<Account>;
let data: IDataObject;

beforeAll(async () => {
	sim = await startSimulator(saleswhale({ apiKey: key }));
	const given = { ...credentialData(vendor, key, sim.url), requestsPerSecond: 0 };
	data = withDefaults(vendor.credentialType, given) as IDataObject;
});
afterAll(async () => await sim.close());
afterEach(closeServers);
beforeEach(() => {
	sim.setFault(undefined);
	sim.reset();
});

/** A trigger with these statuses. */
const trigger = (statuses?: unknown): PollHost =>
	new PollHost(
		{ node: new SaleswhalePollTrigger(), credential: vendor.credentialType },
		{ events: ['conversation.ended'], statuses: statuses as IDataObject[string] },
		data,
	);
const test = async (statuses?: unknown, own?: IDataObject) =>
	await trigger(statuses).poll({ mode: 'manual', data: own });
const asked = () => sim.requests.map(({ query }) => query);

/** Many that go on, newer than a few that have ended. */
function seed(endings: readonly string[]): number[] {
	const ids = sim.vendor.seedConversations(250);
	for (const [n, status] of endings.entries())
		sim.vendor.endConversations({ ids: [ids[n] ?? 0], statuses: [status] });
	return ids;
}

describe('a test in the editor', () => {
	it('shows the newest that has ended, however many go on before it in the list', async () => {
		const [, newest] = seed(['unresponsive', 'qualified']);
		const items = await test();
		expect(items.map(({ conversation }) => (conversation as IDataObject).id)).toEqual([newest]);
		expect(asked()).toHaveLength(1);
		expect(sim.violations()).toEqual([]);
	});

	it('shows one with a status that was chosen, in whichever spelling', async () => {
		const [, , , wanted] = seed(['qualified', 'bounced', 'qualified', 'canceled', 'qualified']);
		for (const statuses of [['canceled'], 'cancelled', 'bounced, canceled']) {
			const [item] = await test(statuses);
			expect(item?.conversation).toMatchObject({ id: wanted, status: 'canceled' });
		}
	});

	it('finds one of the other spelling on the first page', async () => {
		const ended = { id: 7, status: 'stopped_responding' };
		const server = await serve(({ query }) => ({
			conversations: query.has('status[]') ? [] : [{ id: 8, status: 'human' }, ended],
		}));
		const [item] = await test(['stop_responding'], { baseUrl: server.url });
		expect(item?.conversation).toEqual(ended);
	});

	it('says what to wait for where none has ended', async () => {
		seed([]);
		await expect(test()).rejects.toThrow('There is nothing in Saleswhale yet to show');
	});
});
