import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { chain, manualTrigger, type Workflow } from '../../dev/n8n/workflow.mts';
import type { Call, Fault, LimitSettings } from '../../dev/kit/simulator.mts';
import { startTestN8n, type TestN8n } from '../../dev/n8n/harness.mts';
import type { Row, VendorName } from '../../dev/kit/vendorKit.mts';
import { forEachVendor, type ForEachVendor } from '../../dev/simulators.mts';
import { vendorNames as nodes, vendorOf } from '../../dev/vendors.mts';
import { countArrivals, CrashSetup, rows, until } from './crash.setup.mts';

/** An execution that was cancelled has ended within this. Milliseconds. */
const soon = 1_000;
/** Whatever a node waits for is over after this, and it would go on; it is watched for longer. Milliseconds. */
const waitMs = 10_000;
const watchMs = 11_000;
/** More items than two executions have under way at once: 64 for each key. */
const count = 80;
const modes = ['stopWorkflow', 'continueRegularOutput'] as const;

let tested: TestN8n;
beforeAll(async () => (tested = await startTestN8n()));
afterAll(async () => await tested?.close());

function workflow(setup: CrashSetup, name: VendorName, items: Row[], onError: string): Workflow {
	const credential = setup.credentials[name];
	const node = {
		...tested.node({ node: name, parameters: vendorOf(name).kit.creating.parameters, credential }),
		onError,
	};
	const pinData = { [manualTrigger.name]: items.map((json) => ({ json })) };
	return { ...chain(`${name} ${onError}`, [manualTrigger, node]), pinData };
}

interface Situation {
	/** Of the Saleswhale credential. */
	requestsPerSecond: number;
	limits?: Partial<ForEachVendor<LimitSettings>>;
	fault?: Partial<ForEachVendor<(call: Call) => Fault | undefined>>;
}

const refusal = (status: number): Fault => ({
	kind: 'answer',
	when: 'before',
	answer: { status, headers: { 'retry-after': String(waitMs / 1000) } },
});
/** A vendor that takes its time with what it is asked for; who only asks whether it is there hears at once. */
const stall = ({ method }: Call): Fault | undefined =>
	method === 'HEAD' ? undefined : { kind: 'stall', when: 'after', ms: waitMs };
const bucket: LimitSettings = { kind: 'bucket', requests: 2, windowMs: 1_000 };

const situations: Record<string, Situation> = {
	'waits for its pace': {
		requestsPerSecond: 2,
		limits: {
			// Zenvia tells in headers what is left; the other two are slow because they were refused.
			zenviaSales: {
				kind: 'fixed',
				requests: 4,
				windowMs: waitMs,
				rateLimitHeaders: 'milliseconds',
			},
			salesflow: bucket,
			convertalk: bucket,
		},
	},
	'waits as Retry-After says': {
		requestsPerSecond: 100,
		// The only one of the four writes that may be sent again after a 503.
		fault: { ...forEachVendor(() => () => refusal(429)), convertalk: () => refusal(503) },
	},
	'waits for an answer that does not come': {
		requestsPerSecond: 100,
		fault: forEachVendor(() => stall),
	},
};

describe.each(Object.entries(situations))(
	'an execution that is cancelled while it %s',
	(_name, situation) => {
		it('ends within a second and sends nothing more, for each vendor, also where it is to continue', async () => {
			const setup = await CrashSetup.start(tested, situation.requestsPerSecond);
			const { n8n } = tested;
			const arrivals = forEachVendor<Call[]>(() => []);
			for (const name of nodes) {
				setup.sims[name].change({ limit: situation.limits?.[name] });
				arrivals[name] = countArrivals(setup.sims[name], situation.fault?.[name]);
			}
			const ids: string[] = [];
			for (const onError of modes) {
				const items = rows(setup, onError.toLowerCase(), count);
				for (const name of nodes) ids.push(await n8n.begin(workflow(setup, name, items, onError)));
			}
			await until(() => nodes.every((name) => arrivals[name].length > 0), 'each node sends');
			// Both executions of each vendor are at it, and every request that may be under way is.
			await wait(soon);
			const ended = [];
			// One after the other, as a person does: it is how long one takes that is measured.
			for (const id of ids) {
				const cancelled = Date.now();
				await n8n.cancel(id);
				const { status, stoppedAt } = await n8n.untilEnded(id);
				ended.push({ status, after: Date.parse(stoppedAt ?? '') - cancelled });
			}
			const sent = nodes.map((name) => arrivals[name].length);
			const done = setup.all.map(({ journal }) => journal.entries().length);
			await wait(watchMs);
			expect(nodes.map((name) => arrivals[name].length)).toEqual(sent);
			expect(setup.all.map(({ journal }) => journal.entries().length)).toEqual(done);
			expect(ended.filter(({ status, after }) => status !== 'canceled' || !(after < soon))).toEqual(
				[],
			);
			for (const number of sent) expect(number).toBeLessThan(2 * count);
			await setup.close();
		}, 120_000);
	},
);

it('leaves alone another execution that uses the same key', async () => {
	const setup = await CrashSetup.start(tested, 10);
	const { n8n } = tested;
	const { journal } = setup.sims.saleswhale;
	const [kept, cancelled] = ['kept', 'cancelled'].map((list) => rows(setup, list, count));
	const other = await n8n.begin(workflow(setup, 'saleswhale', kept ?? [], 'stopWorkflow'));
	const id = await n8n.begin(workflow(setup, 'saleswhale', cancelled ?? [], 'stopWorkflow'));
	const keys = (list: string) =>
		journal.entries('lead.create').filter(({ key }) => key.startsWith(list));
	await until(() => keys('cancelled').length > 0, 'the second execution creates');
	await n8n.cancel(id);
	expect((await n8n.untilEnded(id)).status).toBe('canceled');
	expect((await n8n.untilEnded(other)).status).toBe('success');
	expect(keys('kept')).toHaveLength(count);
	expect(keys('cancelled').length).toBeLessThan(count);
	await setup.close();
}, 120_000);
