import { QueueCluster } from '../n8n/queue.mts';
import { version } from '../n8n/harness.mts';
import {
	type Acknowledgement,
	Deliverer,
	idsFrom,
	keyHeader,
	quantile,
} from '../vendors/saleswhale/deliverer.mts';
import { Hook } from '../n8n/queueWorkflows.mts';
import type { Bench, Claim, Measurement } from './bench.mts';
import { apiKey } from './harness/contenders.mts';
import { numberOption } from './harness/options.mts';
import { say } from './harness/say.mts';

const deliveries = 5_000;
/** `--per-second=40` for a load that is further from what one machine carries. */
const perSecond = numberOption('per-second', 100);
/** All take turns in blocks, one behind the other and then the other way round, so that drift does not matter. */
const perBlock = 500;
/** Before the first block, and not counted: connections, caches, compiled code. */
const warmUp = 500;
const mostOfBuiltIn = 1.1;
/** What is left of a block's executions when it ends is waited for: each block begins with an idle n8n. */
const LONGEST_DRAIN = 300_000;

interface Contender {
	name: string;
	hook: Hook;
	acknowledged: Acknowledgement[];
}

/**
 * How soon a delivery is acknowledged, and whether each starts exactly one execution, with the settings of
 * deploy/queue: without them n8n 2.x makes a sandbox ready at each delivery to any trigger but its own Webhook
 * (docs/decisions/webhooks.md). Its Webhook stands there twice: with Header Auth, its own way of checking who calls,
 * for which it reads a credential as this trigger does; and taking whatever comes.
 */
const bench: Bench = {
	title: `Webhooks in queue mode: ${deliveries} signed deliveries, ${perSecond} a second, beside the Webhook node`,
	async run() {
		say('Starting the queue mode of deploy/queue');
		const cluster = await QueueCluster.start({ version });
		const deliverer = new Deliverer(apiKey);
		try {
			const data = { apiKey, baseUrl: 'http://127.0.0.1', requestsPerSecond: 5 };
			const credential = await cluster.main.createCredential('saleswhaleApi', 'Saleswhale', data);
			const key = { name: keyHeader, value: apiKey };
			const header = await cluster.main.createCredential('httpHeaderAuth', 'Header', key);
			const own: Contender = {
				name: 'Saleswhale Trigger',
				hook: await Hook.own(cluster, credential),
				acknowledged: [],
			};
			const others: Contender[] = [
				{
					name: 'Webhook with Header Auth',
					hook: await Hook.headerAuth(cluster, header),
					acknowledged: [],
				},
				{
					name: 'Webhook that takes whatever comes',
					hook: await Hook.builtIn(cluster),
					acknowledged: [],
				},
			];
			await loadAll(deliverer, [own, ...others]);
			say('Reading what was started');
			const ownCounts = await countsOf(own);
			const rows = [rowOf(own, ownCounts)];
			for (const other of others) rows.push(rowOf(other, await countsOf(other)));
			const claims = [
				exactlyOnce(own.name, ownCounts),
				...others.flatMap((other) => timesClaims(own, other)),
			];
			return { columns, rows, claims };
		} finally {
			deliverer.close();
			await cluster.stop();
		}
	},
};

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

const columns = [
	'Trigger',
	'Accepted',
	'Started once',
	'Lost',
	'Too many',
	'Failed',
	'Median, ms',
	'95 %, ms',
	'99 %, ms',
];

type Counts = Record<'accepted' | 'once' | 'lost' | 'more' | 'failed', number>;

function rowOf({ name, acknowledged }: Contender, counts: Counts): Measurement['rows'][number] {
	const { accepted, once, lost, more, failed } = counts;
	const times = [0.5, 0.95, 0.99].map((share) =>
		quantile(
			acknowledged.map(({ ms }) => ms),
			share,
		).toFixed(1),
	);
	return [name, accepted, once, lost, more, failed, ...times];
}

function exactlyOnce(name: string, { accepted, once, lost, more }: Counts): Claim {
	return {
		claim: `${name}: each of ${deliveries} is accepted and starts exactly one execution`,
		measured: `${accepted} accepted, ${once} started once, ${lost} lost, ${more} too many`,
		holds: accepted === deliveries && once === deliveries && lost === 0 && more === 0,
	};
}

function timesClaims(own: Contender, other: Contender): Claim[] {
	return (
		[
			[0.5, 'median'],
			[0.95, '95th percentile'],
		] as const
	).map(([share, words]) => {
		const [mine = Number.NaN, theirs = Number.NaN] = [own, other].map(({ acknowledged }) =>
			quantile(
				acknowledged.map(({ ms }) => ms),
				share,
			),
		);
		return {
			claim: `Time to acknowledge, ${words}: at most ${mostOfBuiltIn} of that of n8n’s ${other.name}`,
			measured: `${mine.toFixed(1)} ms to ${theirs.toFixed(1)} ms, ${(mine / theirs).toFixed(2)}`,
			holds: mine / theirs <= mostOfBuiltIn,
		};
	});
}

async function countsOf({ hook, acknowledged }: Contender): Promise<Counts> {
	const accepted = acknowledged.filter(({ status }) => status === 200).map(({ id }) => id);
	const executions = await hook.executions();
	const failed = executions.filter(({ status }) => status !== 'success').length;
	const started = executions.map((one) => hook.conversationOf(one)).filter((id) => id >= warmUp);
	const [once, lost, more] = compare(accepted, started);
	return { accepted: accepted.length, once, lost, more, failed };
}

/** @returns how many of the accepted started exactly one execution, how many none, and executions beyond that */
function compare(
	accepted: number[],
	started: number[],
): [once: number, lost: number, more: number] {
	const times = new Map<number, number>();
	for (const id of started) times.set(id, (times.get(id) ?? 0) + 1);
	const once = accepted.filter((id) => times.get(id) === 1).length;
	const lost = accepted.filter((id) => !times.has(id)).length;
	return [once, lost, started.length - (accepted.length - lost)];
}

export default bench;
