import { type Attempt, attempt } from './attempt';
import { KeyedMutex } from './mutex';
import { forgetOldest } from './oldest';
import { steadyNow } from './steadyClock';

/** Most names that are remembered. */
const mostNames = 10_000;

/** What became of making something, and when that ended, by steadyNow(). */
interface Made {
	made: Attempt<unknown>;
	endedAt: number;
}

/**
 * Keeps those who found nothing under a name from making it one after the other: runs that looked at the same time
 * find out only when they are about to make it.
 */
export class MadeOnce {
	private readonly mutex = new KeyedMutex();
	private readonly known = new Map<string, Made>();

	/** @param mayBeMade whether something may be there although what was thrown came of making it */
	constructor(private readonly mayBeMade: (thrown: unknown) => boolean) {}

	/**
	 * Makes what is not there, unless another one has made it, or may have, since it was looked for.
	 * @param names all that it is known under
	 * @param lookedAt when the look began that found nothing, by steadyNow()
	 * @returns what was made, by whomever
	 * @throws what `work` throws, or threw where nobody knows whether it was made
	 */
	async make<T>(names: readonly string[], lookedAt: number, work: () => Promise<T>): Promise<T> {
		return await this.mutex.serialize(names, async () => {
			const last = names
				.map((name) => this.known.get(name))
				.find((one) => one !== undefined && one.endedAt >= lookedAt);
			const made = last ?? { made: await attempt(work), endedAt: steadyNow() };
			this.remember(names, made);
			if ('thrown' in made.made) throw made.made.thrown;
			return made.made.made as T;
		});
	}

	/** Under all names: who comes later may know only one of them. */
	private remember(names: readonly string[], made: Made): void {
		for (const name of names) {
			this.known.delete(name);
			if ('thrown' in made.made && !this.mayBeMade(made.made.thrown)) continue;
			this.known.set(name, made);
			forgetOldest(this.known, mostNames);
		}
	}
}
