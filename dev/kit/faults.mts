import { createHash } from 'node:crypto';
import { faultKinds, type FaultKind, type FaultTimes } from './faults/kinds.mts';
import type { Call, Fault, Simulator } from './simulator.mts';

export { faultKinds, REQUESTS_A_MINUTE, type FaultTimes } from './faults/kinds.mts';

/** How many faults there are, and which. */
export interface FaultOptions extends Partial<FaultTimes> {
	seed: number | string;
	/** Share of the requests that a fault is done to, from 0 to 1. Default 0.1. */
	rate?: number;
	/** Names of the faults. Default: all. */
	only?: readonly string[];
}

/** A fault that was done. */
export interface Injected {
	/** Number of the request, as in the simulator's record. */
	request: number;
	operationId: string | undefined;
	/** Name of the fault. */
	fault: string;
}

/** Longer than a client of this package waits for an answer. */
const DEFAULTS: FaultTimes = { stallMs: 65_000, refuseMs: 200, waitMs: 1_000 };

/**
 * Does faults to a simulator's requests, chosen by a seed: the same sequence of one operation's requests
 * meets the same faults, whatever other operations come between, and at whatever time.
 */
export class FaultLayer {
	/** What was done to which request, oldest first. */
	readonly injected: Injected[] = [];
	private readonly seen = new Map<string, number>();
	private readonly kinds: readonly FaultKind[];

	private constructor(
		private readonly simulator: Simulator,
		private readonly options: FaultOptions,
	) {
		const { only } = options;
		this.kinds = faultKinds.filter(({ name }) => only === undefined || only.includes(name));
		const unknown = only?.filter((name) => !faultKinds.some((one) => one.name === name)) ?? [];
		if (unknown.length > 0) throw new Error(`There is no fault "${unknown.join('", "')}"`);
	}

	/** Puts a layer in front of a simulator, in place of the one before. */
	static before(simulator: Simulator, options: FaultOptions): FaultLayer {
		const layer = new FaultLayer(simulator, options);
		simulator.setFault((call) => layer.choose(call));
		return layer;
	}

	/** How often each fault was done, by its name; also those that never were. */
	counts(): Map<string, number> {
		const counts = new Map(this.kinds.map(({ name }) => [name, 0]));
		for (const { fault } of this.injected) counts.set(fault, (counts.get(fault) ?? 0) + 1);
		return counts;
	}

	private choose(call: Call): Fault | undefined {
		const [whether, which] = this.chances(call);
		if (whether >= (this.options.rate ?? 0.1)) return undefined;
		const times = { ...DEFAULTS, ...this.options };
		const possible = this.kinds
			.map(({ name, weight, of }) => ({ name, weight, fault: of(call, times, this.simulator) }))
			.filter(({ fault }) => fault !== undefined);
		const chosen = pick(possible, which);
		if (!chosen?.fault) return undefined;
		this.injected.push({ request: call.id, operationId: call.operationId, fault: chosen.name });
		return { ...chosen.fault, name: chosen.name };
	}

	/** Two numbers from 0 to 1 that belong to the seed and to the place of this request in its sequence. */
	private chances({ method, operationId = method }: Call): [number, number] {
		const nth = (this.seen.get(operationId) ?? 0) + 1;
		this.seen.set(operationId, nth);
		const own = [this.options.seed, this.simulator.name, operationId, nth].join(' ');
		const digest = createHash('sha256').update(own).digest();
		return [digest.readUInt32BE(0) / 2 ** 32, digest.readUInt32BE(4) / 2 ** 32];
	}
}

/** The one that `chance`, from 0 to 1, falls on where each takes room by its weight. */
function pick<T extends { weight: number }>(list: readonly T[], chance: number): T | undefined {
	let rest = chance * list.reduce((sum, { weight }) => sum + weight, 0);
	return list.find(({ weight }) => (rest -= weight) < 0);
}
