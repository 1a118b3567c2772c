import { QueueCluster } from '../../dev/n8n/queue.mts';
import { version } from '../e2e/harness.mts';
import { type Acknowledgement, Deliverer, idsFrom, quantile } from '../load/queue.deliveries.mts';
import { Hook } from '../load/queue.world.mts';
import type { Bench, Claim, Measurement } from './bench.mts';
import { apiKey } from './rig/contenders.mts';
import { say } from './rig/say.mts';

const deliveries = 5_000;
const perSecond = 100;
/** Both take turns in blocks, one behind the other and then the other way round, so that drift does not matter. */
const perBlock = 500;
/** Before the first block, and not counted: connections, caches, compiled code. */
const warmUp = 200;
const mostOfBuiltIn = 1.1;
/** What is left of a block's executions when it ends is waited for: each block begins with an idle n8n. */
const LONGEST_DRAIN = 300_000;

interface Contender {
	name: string;
	hook: Hook;
	acknowledged: Acknowledgement[];
}

/**
 * n8n 2.x makes a sandbox ready for expressions at each delivery to any trigger but its own Webhook 2, which alone
 * takes longer than all else (2.41.1: LiveWebhooks.webhookPhaseNeedsIsolate). So its Webhook 1, which is not spared
 * either, stands beside it, and the whole is run once more with the engine of n8n 1.x, which has no sandbox.
 */
const setups: Array<{ name: string; env: Record<string, string>; hasWebhook1: boolean }> = [
	{ name: 'as installed', env: {}, hasWebhook1: true },
	{ name: 'engine legacy', env: { N8N_EXPRESSION_ENGINE: 'legacy' }, hasWebhook1: false },
];

/** How soon a delivery is acknowledged, and whether each starts exactly one execution. */
const bench: Bench = {
	title: `Webhooks in queue mode: ${deliveries} signed deliveries, ${perSecond} a second, beside the Webhook node`,
	async run() {
		const parts: Measurement[] = [];
		for (const setup of setups) parts.push(await runOne(setup));
		const [{ columns } = { columns: [] }] = parts;
		return { columns, rows: parts.flatMap(({ rows }) => rows), claims: parts.flatMap(({ claims }) => claims) };
	},
};

async function runOne({ name, env, hasWebhook1 }: (typeof setups)[number]): Promise<Measurement> {
	say(`Starting n8n's queue mode, ${name}`);
	const cluster = await QueueCluster.start({ version, env });
	const deliverer = new Deliverer(apiKey);
	try {
		const data = { apiKey, baseUrl: 'http://127.0.0.1', requestsPerSecond: 5 };
		const credential = await cluster.main.createCredential('saleswhaleApi', 'Saleswhale', data);
		const contenders: Contender[] = [
			{ name: 'Saleswhale Trigger', hook: await Hook.own(cluster, credential), acknowledged: [] },
			{ name: 'Webhook', hook: await Hook.builtIn(cluster), acknowledged: [] },
		];
		if (hasWebhook1) {
			contenders.push({ name: 'Webhook 1', hook: await Hook.builtIn(cluster, 1), acknowledged: [] });
		}
		await loadAll(deliverer, contenders);
		say('Reading what was started');
		return await summary(name, contenders);
	} finally {
		deliverer.close();
		await cluster.stop();
	}
}

async function loadAll(deliverer: Deliverer, contenders: Contender[]): Promise<void> {
	const block = async ({ hook, acknowledged }: Contender, first: number, count: number) => {
		acknowledged.push(...(await deliverer.deliver(hook.url, idsFrom(first, count), perSecond)));
		await hook.drained(acknowledged.filter(({ status }) => status === 200).length, LONGEST_DRAIN);
	};
	for (const contender of contenders) await block(contender, 0, warmUp);
	for (let n = 0; n < deliveries / perBlock; n++) {
		for (const contender of n % 2 === 0 ? contenders : [...contenders].reverse()) {
			await block(contender, warmUp + n * perBlock, perBlock);
			say(`${contender.name}: ${contender.acknowledged.length - warmUp} of ${deliveries}`);
		}
	}
	for (const { acknowledged } of contenders) acknowledged.splice(0, warmUp);
}

async function summary(setup: string, contenders: Contender[]): Promise<Measurement> {
	const rows: Measurement['rows'] = [];
	const claims: Claim[] = [];
	for (const { name, hook, acknowledged } of contenders) {
		const times = acknowledged.map(({ ms }) => ms);
		const accepted = acknowledged.filter(({ status }) => status === 200).map(({ id }) => id);
		const executions = await hook.executions();
		const failed = executions.filter(({ status }) => status !== 'success').length;
		const started = executions.map((one) => hook.conversationOf(one)).filter((id) => id >= warmUp);
		const [once, lost, more] = compare(accepted, started);
		const quantiles = [0.5, 0.95, 0.99].map((share) => quantile(times, share).toFixed(1));
		rows.push([setup, name, accepted.length, once, lost, more, failed, ...quantiles]);
		if (name !== 'Saleswhale Trigger') continue;
		claims.push({
			claim: `${name}, ${setup}: each of ${deliveries} is accepted and starts exactly one execution`,
			measured: `${accepted.length} accepted, ${once} started once, ${lost} lost, ${more} too many`,
			holds: accepted.length === deliveries && once === deliveries && lost === 0 && more === 0,
		});
	}
	const [own, ...others] = contenders;
	for (const other of others) {
		for (const [share, words] of [[0.5, 'median'], [0.95, '95th percentile']] as const) {
			const [mine = Number.NaN, theirs = Number.NaN] = [own, other].map((one) =>
				quantile((one?.acknowledged ?? []).map(({ ms }) => ms), share),
			);
			claims.push({
				claim: `Time to acknowledge, ${setup}, ${words}: at most ${mostOfBuiltIn} of that of ${other.name}`,
				measured: `${mine.toFixed(1)} ms to ${theirs.toFixed(1)} ms, ${(mine / theirs).toFixed(2)}`,
				holds: mine / theirs <= mostOfBuiltIn,
			});
		}
	}
	const times = ['Median, ms', '95 %, ms', '99 %, ms'];
	return { columns: ['n8n', 'Trigger', 'Accepted', 'Started once', 'Lost', 'Too many', 'Failed', ...times], rows, claims };
}

/** @returns how many of the accepted started exactly one execution, how many none, and executions beyond that */
function compare(accepted: number[], started: number[]): [once: number, lost: number, more: number] {
	const times = new Map<number, number>();
	for (const id of started) times.set(id, (times.get(id) ?? 0) + 1);
	const once = accepted.filter((id) => times.get(id) === 1).length;
	const lost = accepted.filter((id) => !times.has(id)).length;
	return [once, lost, started.length - (accepted.length - lost)];
}

export default bench;
