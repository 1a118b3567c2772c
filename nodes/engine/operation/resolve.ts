import type { IDataObject } from 'n8n-workflow';
import { fieldError } from '../form/fields';
import type { Asked } from '../form/lookup';
import { ApiError } from '../http/apiError';
import type { Client } from '../http/client';
import type { Request } from '../http/request';
import { quote } from '../util/text';
import { Lookups, unmadeId } from './lookups';
import { ifThere, isThere, People } from './people';
import type { Rejected, Task } from './prepare';
import type { Tries } from './tries';

/** What an item gives: the vendor's records, or what says why nothing was asked. */
export type Answered = { records: IDataObject[] } | { skipped: IDataObject };

/** How things are looked up in a run. */
export interface ResolveOptions {
	/** Whether the first look-up that a vendor does not answer ends the run. */
	endsAtFirst: boolean;
	signal?: AbortSignal;
}

/** Puts IDs into the values of items that name a thing by something else. */
export class Resolver {
	private readonly lookups = new Map<Client, Lookups>();
	private readonly people = new Map<Client, People>();

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
		const asking = tasks.filter((task) => askedBy(task).length > 0);
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
	 * @returns what the item comes out as where it is passed over
	 * @throws ApiError where a thing cannot be made
	 */
	async complete(task: Task): Promise<IDataObject | undefined> {
		const lookups = this.lookupsOf(task.client);
		for (const [name, asked] of task.lookups) {
			const { entered, thing, ifNotFound } = asked.lookup;
			const known = lookups.of(asked);
			if (!known && (ifNotFound.do === 'skip' || ifNotFound.do === 'tell')) {
				const doubts = lookups.doubts(asked.lookup);
				const reason = [`No ${thing} has ${quote(entered)}.`, ...doubts].join(' ');
				return { ...(ifNotFound.do === 'tell' ? ifNotFound.record : { skipped: true }), reason };
			}
			const found = known ?? (await lookups.make(asked));
			task.values[name] = found.id;
			// Whom it is done to stands first in the form.
			task.found ??= found;
		}
		return undefined;
	}

	private rejectionOf(task: Task): Rejected[] {
		const lookups = this.lookupsOf(task.client);
		try {
			for (const asked of askedBy(task)) {
				if (lookups.has(asked)) lookups.of(asked);
			}
			if (task.ifExists) this.peopleOf(task.client).place(task.index, task.ifExists, lookups);
			return [];
		} catch (thrown) {
			return [{ index: task.index, thrown }];
		}
	}

	/**
	 * Asks what an item asks; where it would create a person who is there, what was chosen for that.
	 * @param ask sends a request: the item's own where none is given, otherwise the one that does `instead`
	 */
	async answer(
		{ client, ifExists }: Task,
		ask: (update?: Request, instead?: string) => Promise<IDataObject[]>,
	): Promise<Answered> {
		if (!ifExists) return { records: await ask() };
		const { contacts, warning, idIn, update, asRecord = (id) => ({ id }) } = ifExists;
		const lookups = this.lookupsOf(client);
		let created: IDataObject[] = [];
		const there = await lookups.makeUnlessThere(ifExists, async () => {
			created = await ask();
			return client.isReadOnly ? unmadeId : idIn(created[0] ?? {});
		});
		if (!there) return { records: created };
		const [main] = contacts as [Asked];
		const asked = contacts.find((one) => lookups.has(one) && lookups.of(one)) ?? main;
		const { entered, thing } = asked.lookup;
		if (ifExists.do === 'fail') throw fieldError(asked.property, isThere(asked, there.id), ifThere);
		const reason = `There is a ${thing} with ${quote(entered)}`;
		const skipped = (why: string, id?: string, left?: string): Answered => ({
			skipped: {
				...{ skipped: true, reason: why },
				...(id !== undefined && asRecord(id)),
				...(left !== undefined && { warning: left }),
			},
		});
		if (ifExists.do === 'skip') return skipped(`${reason}.`, there.id);
		const id = there.id ?? (await this.idOf(asked, lookups));
		const request = update(id);
		if (!request) return skipped(`${reason}, and nothing of it is to be changed.`, id, warning);
		const records = await ask(request, `update ${thing} ${entered}`);
		return {
			records: records.map((one) => ({ ...one, updated: true, ...(warning && { warning }) })),
		};
	}

	/** The ID of somebody of whom only the vendor's refusal told so far. */
	private async idOf(asked: Asked, lookups: Lookups): Promise<string> {
		const id = await lookups.find(asked);
		if (id !== undefined) return id;
		const { entered, thing } = asked.lookup;
		throw fieldError(
			asked.property,
			`is ${quote(entered)}, which a ${thing} has whose ID was not found`,
			[...lookups.doubts(asked.lookup), 'Update it by its ID.'].join(' '),
		);
	}

	private peopleOf(client: Client): People {
		const people = this.people.get(client) ?? new People();
		this.people.set(client, people);
		return people;
	}

	private lookupsOf(client: Client): Lookups {
		const { known } = this.tries;
		// What a dry run comes to is no knowledge for another try.
		const before = (client.isReadOnly ? undefined : known.get(client.credentialId)) ?? new Map();
		if (!client.isReadOnly) known.set(client.credentialId, before);
		const lookups = this.lookups.get(client) ?? new Lookups(client, before);
		this.lookups.set(client, lookups);
		return lookups;
	}
}

/** All that has to be looked up of an item before anything is sent. */
const askedBy = ({ lookups, ifExists }: Task): Asked[] => [
	...lookups.values(),
	...(ifExists && !ifExists.isTaken ? ifExists.contacts : []),
];
