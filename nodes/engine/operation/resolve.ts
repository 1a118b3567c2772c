import type { Asked } from '../form/lookup';
import { ApiError } from '../http/apiError';
import type { Client } from '../http/client';
import { quote } from '../util/text';
import { Lookups } from './lookups';
import type { Rejected, Task } from './prepare';
import type { Tries } from './tries';

/** How things are looked up in a run. */
export interface ResolveOptions {
	/** Whether the first look-up that a vendor does not answer ends the run. */
	endsAtFirst: boolean;
	signal?: AbortSignal;
}

/** Puts IDs into the values of items that name a thing by something else. */
export class Resolver {
	private readonly lookups = new Map<Client, Lookups>();

	constructor(
		private readonly tries: Tries,
		private readonly options: ResolveOptions,
	) {}

	/**
	 * Looks up what the items name, each thing once, before anything is sent.
	 * @returns the items that cannot be sent
	 */
	async look(tasks: readonly Task[]): Promise<Rejected[]> {
		const { endsAtFirst, signal } = this.options;
		const asking = tasks.filter(({ lookups }) => lookups.size > 0);
		const clients = [...new Set(asking.map(({ client }) => client))];
		await Promise.all(
			clients.map(async (client) => {
				const own = asking.filter((task) => task.client === client).flatMap(askedBy);
				await this.lookupsOf(client).look(own, () => client.width(), endsAtFirst, signal);
			}),
		);
		const rejected = asking.flatMap((task) => this.rejectionOf(task));
		// It stands for all others, which would be refused like it.
		const refused = rejected.find(({ thrown }) => thrown instanceof ApiError);
		return endsAtFirst && refused ? [refused] : rejected;
	}

	/**
	 * Puts the IDs into an item's values; makes first what is not there, if that is what was chosen.
	 * @returns why the item is to be passed over, if it is
	 * @throws ApiError where a thing cannot be made
	 */
	async complete(task: Task): Promise<string | undefined> {
		const lookups = this.lookupsOf(task.client);
		for (const [name, asked] of task.lookups) {
			const { entered, thing, ifNotFound } = asked.lookup;
			const known = lookups.of(asked);
			if (!known && ifNotFound.do === 'skip') return `No ${thing} has ${quote(entered)}.`;
			const found = known ?? (await lookups.make(asked));
			task.values[name] = found.id;
			task.found = found;
		}
		return undefined;
	}

	private rejectionOf(task: Task): Rejected[] {
		const lookups = this.lookupsOf(task.client);
		try {
			for (const asked of askedBy(task)) {
				if (lookups.has(asked)) lookups.of(asked);
			}
			return [];
		} catch (thrown) {
			return [{ index: task.index, thrown }];
		}
	}

	private lookupsOf(client: Client): Lookups {
		const { known } = this.tries;
		const before = known.get(client.account) ?? new Map();
		known.set(client.account, before);
		const lookups = this.lookups.get(client) ?? new Lookups(client, before);
		this.lookups.set(client, lookups);
		return lookups;
	}
}

const askedBy = ({ lookups }: Task): Asked[] => [...lookups.values()];
