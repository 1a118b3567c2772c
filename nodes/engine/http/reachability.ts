import { pause } from '../util/abort';
import { steadyNow } from '../util/steadyClock';

/** Counted in steps, since a busy machine lets time pass in which nothing that came could be read. Milliseconds. */
const stepMs = 500;
/** How long a host may say nothing until it is probed; in steps. */
const quietSteps = 8;
/** How often, and for how many steps each probe is waited for: a single one may get lost. */
const mostProbes = 4;
const probeSteps = 2;
/** For how long it is remembered that somebody was there: who is slow after that is only slow. Milliseconds. */
const rememberMs = 60 * 60_000;

/** How long a host says nothing until a person is told that nobody is there, in seconds. */
export const silentSeconds = ((quietSteps + mostProbes * probeSteps) * stepMs) / 1000;

/** Nothing came from a host, and a person waits for it. */
export class NobodyThere extends Error {}

/**
 * Sends what needs no key and no work, so that any server answers it at once.
 * @returns whether anything came of it, were it only an error; false where its time was over
 */
export type Probe = () => Promise<boolean>;

/**
 * Whether a host can be reached, as far as one key knows. A firewall that drops what n8n sends looks like a vendor that
 * is slow, and n8n tells nobody whether a connection stands. So a host that has said nothing yet is probed while a
 * request is under way: where that is left without an answer, too, a longer wait is in vain.
 */
export class Reachability {
	private heardAt = -Infinity;
	private probing: Promise<void> | undefined;
	/** How many requests are under way that are waited for. */
	private waiting = 0;
	/** Whether it was probed, and has said nothing since. */
	isSilent = false;

	/** It answered, whatever the answer. */
	heard(): void {
		this.heardAt = steadyNow();
		this.isSilent = false;
	}

	/**
	 * Waits for what a request came to.
	 * @param isWatched whether a person waits for the run
	 * @throws NobodyThere where a person waits, and nothing came for 8 seconds, from a host that is not known to answer; what
	 * is under way goes on
	 */
	async during<T>(sending: Promise<T>, probe: Probe, isWatched: boolean): Promise<T> {
		if (steadyNow() - this.heardAt < rememberMs) return await sending;
		const ended = new AbortController();
		this.waiting++;
		try {
			return await Promise.race([sending, this.silence(probe, isWatched, ended.signal)]);
		} finally {
			this.waiting--;
			ended.abort();
		}
	}

	/** Returns never: who is there may take its time. */
	private async silence(probe: Probe, isWatched: boolean, signal: AbortSignal): Promise<never> {
		await steps(quietSteps, signal);
		// Once for all that wait.
		this.probing ??= this.probeAll(probe).finally(() => (this.probing = undefined));
		await this.probing;
		if (this.isSilent && isWatched) throw new NobodyThere();
		return await new Promise(() => {});
	}

	/** Ends where somebody is there, or nobody waits any more, as after a cancel: nothing is known then. */
	private async probeAll(probe: Probe): Promise<void> {
		this.isSilent = true;
		for (let count = 0; count < mostProbes && this.isSilent; count++) {
			if (this.waiting === 0) {
				this.isSilent = false;
				return;
			}
			void probe().then((isThere) => {
				if (isThere) this.isSilent = false;
			});
			await steps(probeSteps);
		}
	}
}

async function steps(count: number, signal?: AbortSignal): Promise<void> {
	for (let step = 0; step < count; step++) await pause(stepMs, signal);
}
