import type { TestN8n } from '../n8n/harness.mts';
import { FaultLayer, type FaultTimes } from '../kit/faults.mts';
import type { Simulator } from '../kit/simulator.mts';
import { startVendor } from '../simulators.mts';
import { type Vendor, vendors } from '../vendors.mts';
import type { Batch, BatchItem } from './batch.mts';
import { judge, type Judged, outcomesOf, timesDone } from './oracle.mts';

export interface SoakOptions extends Partial<FaultTimes> {
	operations: number;
	seed: number;
	/** Share of the requests that meet a fault. Default 0.1. */
	rate?: number;
	/** Called with the number of operations that have ended. */
	onProgress?(ended: number): void;
}

/** What a soak came to. */
export interface Soak {
	seed: number;
	judged: Judged[];
	/** How often each fault was done. */
	faults: Map<string, number>;
	requests: number;
	/** Requests that broke a vendor's contract. */
	violations: number;
	seconds: number;
}

/** Items of one workflow's run. */
const ITEMS = 100;
/** Workflows of one vendor that run at once, on one key. */
const LANES = 4;
/** Longest run of one workflow, in milliseconds. */
const LONGEST_RUN = 15 * 60_000;

/** A part of a batch, for one run of one workflow. */
interface Slice {
	batch: Batch;
	items: BatchItem[];
}

/** Runs operations of all nodes in n8n while the vendors fail now and then, and judges each. */
export async function soak(n8n: TestN8n, options: SoakOptions): Promise<Soak> {
	const started = performance.now();
	const { operations, onProgress } = options;
	let ended = 0;
	const tell = (count: number) => onProgress?.((ended += count));
	const each = Math.floor(operations / vendors.length);
	const all = await Promise.all(
		vendors.map(async (vendor, n) => {
			const count = n === 0 ? operations - each * (vendors.length - 1) : each;
			return await soakVendor(n8n, vendor, count, options, tell);
		}),
	);
	const faults = new Map<string, number>();
	for (const { counts } of all) {
		for (const [name, count] of counts) faults.set(name, (faults.get(name) ?? 0) + count);
	}
	return {
		seed: options.seed,
		judged: all.flatMap(({ judged }) => judged),
		faults,
		requests: all.reduce((sum, { requests }) => sum + requests, 0),
		violations: all.reduce((sum, { violations }) => sum + violations, 0),
		seconds: (performance.now() - started) / 1000,
	};
}

async function soakVendor(
	n8n: TestN8n,
	vendor: Vendor,
	count: number,
	options: SoakOptions,
	tell: (count: number) => void,
) {
	const { account, limit, batches } = vendor.kit.soak;
	const { simulator: started, type, data } = await startVendor(vendor.name, { limit });
	const simulator = started as unknown as Simulator;
	try {
		const credential = await n8n.credential(type, { ...data, ...account });
		const all = batches(simulator, { count, tag: String(options.seed) });
		const layer = FaultLayer.before(simulator, options);
		const slices = shuffled(all.flatMap(cut), options.seed);
		const outcomes = new Map<Slice, ReturnType<typeof outcomesOf>>();
		const lane = async () => {
			for (let slice = slices.pop(); slice; slice = slices.pop()) {
				outcomes.set(slice, await run(n8n, vendor, credential, slice));
				tell(slice.items.length);
			}
		};
		await Promise.all(Array.from({ length: LANES }, lane));
		return { ...verdicts(vendor, simulator, outcomes), counts: layer.counts() };
	} finally {
		await simulator.close();
	}
}

const cut = (batch: Batch): Slice[] =>
	Array.from({ length: Math.ceil(batch.items.length / ITEMS) }, (_, n) => ({
		batch,
		items: batch.items.slice(n * ITEMS, (n + 1) * ITEMS),
	}));

async function run(
	n8n: TestN8n,
	{ name: node }: Vendor,
	credential: Parameters<TestN8n['runNode']>[0]['credential'],
	{ batch: { resource, operation, parameters, duty }, items }: Slice,
) {
	const {
		items: out,
		failed,
		error,
	} = await n8n.runNode({
		node,
		credential,
		parameters: { resource, operation, ...parameters },
		items,
		// Both ways in which n8n goes on.
		onError: duty === 'repeatable' ? 'continueErrorOutput' : 'continueRegularOutput',
		timeout: LONGEST_RUN,
	});
	if (error) throw new Error(`${node}, ${resource} ${operation}, ended: ${error.message}`);
	return outcomesOf([...out, ...failed], items.length);
}

function verdicts(
	{ title: vendor }: Vendor,
	simulator: Simulator,
	outcomes: Map<Slice, ReturnType<typeof outcomesOf>>,
) {
	const judged = [...outcomes].flatMap(([{ batch, items }, own]) => {
		const done = timesDone(batch, simulator.journal);
		return items.map((item, n): Judged => {
			const outcome = own[n];
			return {
				vendor,
				operation: `${batch.resource}.${batch.operation}`,
				duty: batch.duty,
				name: item.name,
				verdict: judge(batch, item, outcome, done(item.name)),
				...(typeof outcome === 'string' && { sentence: outcome }),
			};
		});
	});
	return { judged, requests: simulator.counts.requests, violations: simulator.counts.violations };
}

/** Another order for each seed, and the same for the same one (Fisher and Yates; Park and Miller, 1988). */
function shuffled<T>(list: readonly T[], seed: number): T[] {
	const left = [...list];
	let state = (Math.abs(Math.trunc(seed)) % 2147483646) + 1;
	const order: T[] = [];
	while (left.length > 0) {
		state = (state * 48271) % 2147483647;
		order.push(...left.splice(state % left.length, 1));
	}
	return order;
}
