import { sleep } from 'n8n-workflow';

/**
 * How long a trigger's registration outlives it. n8n publishes a change by delete and create, one after the other, and
 * tells delete nothing of the create to come: what follows within this time changes only what differs. In steps, so
 * that a process which stands still for a second has that second left, too, and not only a timer that is due. Milliseconds.
 */
const grace = { steps: 8, stepMs: 250 };

async function waitOut(): Promise<void> {
	for (let step = 0; step < grace.steps; step++) await sleep(grace.stepMs);
}

/** How long a trigger that registers waits for the others: whoever published it waits, too. Milliseconds. */
const longestMs = 3_000;

interface Removal {
	/** The vendor's account whose registration it is. */
	account: string;
	run(): Promise<void>;
}

/** Registrations that are taken away in a moment, unless their trigger comes back. */
export class Removals {
	private readonly waiting = new Map<string, Removal>();

	/** @param run takes the registration away; it may not throw, since nobody waits for it */
	schedule(trigger: string, account: string, run: () => Promise<void>): void {
		const removal = { account, run };
		this.waiting.set(trigger, removal);
		void waitOut().then(async () => {
			if (this.waiting.get(trigger) === removal) await this.run(trigger);
		});
	}

	/**
	 * Before a trigger registers: its own registration in this account stays, and all others that wait to be taken
	 * away are taken away now, since they may be in its way. What takes long goes on beside it.
	 * @param own left out before a test in the editor, of a trigger that is not published any more
	 */
	async settle(own?: { trigger: string; account: string }): Promise<void> {
		const others: Array<Promise<void>> = [];
		for (const [name, removal] of [...this.waiting]) {
			if (name === own?.trigger && removal.account === own.account) this.waiting.delete(name);
			else others.push(this.run(name));
		}
		if (others.length > 0) await Promise.race([Promise.all(others), sleep(longestMs)]);
	}

	private async run(trigger: string): Promise<void> {
		const removal = this.waiting.get(trigger);
		this.waiting.delete(trigger);
		await removal?.run();
	}
}
