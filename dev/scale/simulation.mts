import { RateLimiter } from '../../nodes/engine/rateLimit/rateLimiter.ts';
import type { Limit } from '../../nodes/engine/rateLimit/adaptiveRate.ts';
import { SimulatedClock } from './clock.mts';
import { kinds, type Kind } from './limits.mts';

/** A process that sends requests with one key. */
export interface Process {
	/** When it comes and goes. Milliseconds. */
	from?: number;
	until?: number;
	/** Requests a second that it has to send; left out, as many as it may. */
	demand?: number;
	/** How many it has to send in all; left out, as many as it may. */
	requests?: number;
}

export interface Scenario {
	kind: Kind;
	limit: Limit;
	processes: Process[];
	/** Milliseconds. */
	duration: number;
	/** Whether the processes know the limit, or find it. */
	known?: boolean;
	seed?: number;
	/** What queues on each way add, on average, in milliseconds. */
	jitterMs?: number;
}

/** What was taken and refused, for each process, at which moments. */
export interface Log {
	taken: number[][];
	refused: number[][];
}

/** One way to the vendor, but for what queues on the way add, which is exponential with a mean of so many milliseconds. */
const oneWayMs = 150;
const usualJitterMs = 5;
/** Lists that one process works on where it has only so much to send; else as many items as the limiter says. */
const lists = 10;

/** Mulberry32, public domain: a small generator with a seed, so that each run can be had again. */
export function generator(seed: number): () => number {
	let state = seed;
	return () => {
		state = (state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
	};
}

/** Runs the rate limiter's own code in as many processes as there are, against one limit. */
export async function simulate(scenario: Scenario): Promise<Log> {
	const { kind, limit, processes, duration, known = true, seed = 1 } = scenario;
	const { jitterMs = usualJitterMs } = scenario;
	const clock = new SimulatedClock();
	const random = generator(seed);
	const vendor = kinds[kind](limit);
	const log: Log = { taken: processes.map(() => []), refused: processes.map(() => []) };
	const travel = async () => await clock.wait(oneWayMs - jitterMs * Math.log(1 - random()));

	const work = async (
		{ from = 0, until = duration, demand, requests = Infinity }: Process,
		index: number,
	) => {
		let left = requests;
		// Nobody starts in the same millisecond as everybody else.
		await clock.wait(from + random() * 1000);
		const limiter = new RateLimiter(known ? limit : undefined, clock.now, clock.wait, random);
		const isLeft = () => clock.now() < until && left > 0;
		const send = async () => {
			left--;
			if (demand) await clock.wait((-Math.log(1 - random()) * 1000 * lists) / demand);
			for (let taken = false; !taken && clock.now() < until;) {
				const start = await limiter.acquire();
				await travel();
				taken = vendor.take(clock.now());
				(taken ? log.taken : log.refused)[index]?.push(clock.now());
				await travel();
				limiter.release(start);
				if (taken) limiter.accepted(start);
				else limiter.rateLimited(start);
			}
		};
		let active = 0;
		const goOn = () => {
			while (isLeft() && active < (demand ? lists : limiter.width)) {
				active++;
				void send().then(() => {
					active--;
					goOn();
				});
			}
		};
		goOn();
	};

	void Promise.all(processes.map(work));
	await clock.run(duration);
	return log;
}

/** Jain, Chiu and Hawe, 1984: 1 where all have the same, 1/n where one has everything. */
export function jain(shares: number[]): number {
	const sum = shares.reduce((all, one) => all + one, 0);
	const squares = shares.reduce((all, one) => all + one ** 2, 0);
	return squares === 0 ? 1 : sum ** 2 / (shares.length * squares);
}

/** How many of these moments lie in [from, to). */
export const countIn = (moments: number[], from: number, to: number): number =>
	moments.filter((at) => at >= from && at < to).length;
