import { pause } from '../util/abort';

/** Counted in steps, since a busy machine lets time pass in which nothing that came could be read. Milliseconds. */
const stepMs = 500;
/** How long an address may say nothing until somebody knocks; in steps. */
const quietSteps = 8;
/** How often, and for how many steps each knock is waited for: a single one may get lost. */
const knocks = 4;
const knockSteps = 2;
/** For how long it is remembered that somebody was there: who is slow after that is only slow. Milliseconds. */
const rememberMs = 60 * 60_000;

/** How long an address says nothing until a person is told that nobody is there, in seconds. */
export const silentSeconds = ((quietSteps + knocks * knockSteps) * stepMs) / 1000;

/** Nothing came from an address, and a person waits for it. */
export class Silence extends Error {}

/**
 * Sends what needs no key and no work, so that any server answers it at once.
 * @returns whether anything came of it, were it only an error; false where its time was over
 */
export type Knock = () => Promise<boolean>;

/**
 * Whether anybody is there, at an address where a key is used. A firewall that drops what n8n sends looks like a vendor
 * that is slow, and n8n tells nobody whether a connection stands. So at an address that has said nothing yet somebody
 * knocks while a request is under way: where that is left without an answer, too, a longer wait is in vain.
 */
export class Presence {
	private heardAt = -Infinity;
	private knocking: Promise<void> | undefined;
	private isKnockedInVain = false;

	/** Whether somebody knocked at an address that had said nothing, and nobody has answered since. */
	get isSilent(): boolean {
		return this.isKnockedInVain;
	}

	/** Somebody was there, whatever the answer. */
	heard(): void {
		this.heardAt = Date.now();
		this.isKnockedInVain = false;
	}

	/**
	 * Waits for what a request came to.
	 * @param isWatched whether a person waits for the run
	 * @throws Silence where a person waits, and nothing came for 8 seconds, from an address that is not known to answer;
	 * what is under way goes on
	 */
	async during<T>(sending: Promise<T>, knock: Knock, isWatched: boolean): Promise<T> {
		if (Date.now() - this.heardAt < rememberMs) return await sending;
		const ended = new AbortController();
		try {
			return await Promise.race([sending, this.silence(knock, isWatched, ended.signal)]);
		} finally {
			ended.abort();
		}
	}

	/** Returns never: who is there may take its time. */
	private async silence(knock: Knock, isWatched: boolean, signal: AbortSignal): Promise<never> {
		await steps(quietSteps, signal);
		// Once for all that wait.
		this.knocking ??= this.knockAll(knock).finally(() => (this.knocking = undefined));
		await this.knocking;
		if (this.isSilent && isWatched) throw new Silence();
		return await new Promise(() => {});
	}

	private async knockAll(knock: Knock): Promise<void> {
		this.isKnockedInVain = true;
		for (let count = 0; count < knocks && this.isSilent; count++) {
			void knock().then((isThere) => {
				if (isThere) this.isKnockedInVain = false;
			});
			await steps(knockSteps);
		}
	}
}

async function steps(count: number, signal?: AbortSignal): Promise<void> {
	for (let step = 0; step < count; step++) await pause(stepMs, signal);
}
