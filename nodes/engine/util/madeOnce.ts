import { type Attempt, attempt } from './attempt';
import { KeyedMutex } from './mutex';
import { forgetOldest } from './oldest';

/** Most names that are remembered. */
const mostNames = 10_000;

/** What became of making something, and when that ended, in milliseconds since 1970. */
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
	 * @param lookedAt when the look began that found nothing, in milliseconds since 1970
	 * @returns what was made, by whomever
	 * @throws what `work` throws, or threw where nobody knows whether it was made
	 */
	async make<T>(name: string, lookedAt: number, work: () => Promise<T>): Promise<T> {
		return await this.mutex.serialize(name, async () => {
			const last = this.known.get(name);
			const made = last && last.endedAt >= lookedAt ? last.made : await this.remember(name, work);
			if ('thrown' in made) throw made.thrown;
			return made.made as T;
		});
	}

	private async remember(name: string, work: () => Promise<unknown>): Promise<Attempt<unknown>> {
		const made = await attempt(work);
		this.known.delete(name);
		if ('made' in made || this.mayBeMade(made.thrown)) {
			this.known.set(name, { made, endedAt: Date.now() });
			forgetOldest(this.known, mostNames);
		}
		return made;
	}
}
