import type { IDataObject } from 'n8n-workflow';
import { fieldError } from '../form/fields';
import type { Asked, IfExists, Lookup } from '../form/lookup';
import { ApiError } from '../http/apiError';
import type { Client } from '../http/client';
import { type Attempt, attempt } from '../util/attempt';
import { forEachBounded } from '../util/forEachBounded';
import { MadeOnce } from '../util/madeOnce';
import { quote } from '../util/text';
import { one } from './operation';
import { groupsOf, type Matches, Searches } from './searches';
import { steadyNow } from '../util/steadyClock';

/** What is known of a thing that was looked up. */
export interface Found {
	id: string;
	/** What it was found by, as the vendor has it. */
	matchedBy?: string;
	/** Whether it was not there, and was made. */
	isNew?: boolean;
}

/** What a look came to: the thing, when it began that found none, or how those are called that may be meant. */
type Looked = Found | { lookedAt: number; ifCut?: string } | { several: string };

/** Somebody who is there already; without the ID where only the vendor's refusal tells of it. */
export type There = Partial<Pick<Found, 'id'>>;

/** What was looked up with one key; outlives a try of the run. */
export type Known = Map<string, Found>;

/** The ID of what a dry run did not make: nothing is sent with it. */
export const unmadeId = '0';

/** Most that match and are read in full, to see which of them counts. */
const mostInFull = 10;

const made = new WeakMap<object, MadeOnce>();

/** What the runs of this process make with one key. */
function madeWith({ account }: Client): MadeOnce {
	const own =
		made.get(account) ?? new MadeOnce((thrown) => thrown instanceof ApiError && thrown.mayBeDone);
	made.set(account, own);
	return own;
}

/** The things that the items of one key name, each looked up once. */
export class Lookups {
	private readonly looked = new Map<string, Attempt<Looked>>();
	private readonly searches: Searches;
	/** Whom the vendor has refused to create once more. */
	private readonly taken = new Set<string>();

	/** @param known what earlier tries of the run have found */
	constructor(
		private readonly client: Client,
		private readonly known: Known,
	) {
		this.searches = new Searches(client);
	}

	/**
	 * Looks up what is named, side by side, and together what the vendor takes together.
	 * @param width how many requests may be under way now
	 * @param isEnough whether nothing more is to be looked up where the vendor does not answer
	 */
	async look(
		all: readonly Asked[],
		width: () => number,
		isEnough: boolean,
		signal?: AbortSignal,
	): Promise<void> {
		const distinct = new Map<string, Lookup>();
		for (const { lookup } of all) {
			const { key } = lookup;
			const known = this.known.get(key);
			if (known) this.looked.set(key, { made: known });
			else if (!distinct.has(key)) distinct.set(key, lookup);
		}
		const look = async (group: readonly Lookup[]) => {
			const lookedAt = steadyNow();
			const found = await attempt(async () => await this.searches.matches(group));
			for (const [n, lookup] of group.entries()) {
				const looked = await attempt(async () => {
					if ('thrown' in found) throw found.thrown;
					return await this.judged(lookup, found.made[n] ?? { records: [] }, lookedAt);
				});
				this.looked.set(lookup.key, looked);
				if (isEnough && 'thrown' in looked) throw looked.thrown;
			}
		};
		await forEachBounded(groupsOf([...distinct.values()]), width, look, signal);
	}

	/** The ID of somebody of whom the vendor said that it is there; nothing where it was not found. @throws ApiError */
	async find(asked: Asked): Promise<string | undefined> {
		if (!this.has(asked)) await this.look([asked], () => 1, false);
		return this.of(asked)?.id;
	}

	/** Whether it was looked up: not, where something before it ended the looking. */
	has({ lookup }: Asked): boolean {
		return this.looked.has(lookup.key);
	}

	/**
	 * @returns what was found; nothing where it is not there, and the item is to be passed over or it is to be made
	 * @throws FieldError where there are several, or none and one is needed; ApiError where the vendor did not tell
	 */
	of({ property, lookup }: Asked): Found | undefined {
		const { entered, thing, ifNotFound } = lookup;
		const looked = this.lookedUp(lookup);
		if ('id' in looked) return looked;
		if ('several' in looked) {
			const what = `is ${quote(entered)}, which several ${thing}s have: ${looked.several}`;
			throw fieldError(property, what, lookup.ifSeveral ?? 'Choose one By ID.');
		}
		if (ifNotFound.do !== 'fail') return undefined;
		const { hint: own = "Correct it, or choose in 'If Not Found' what to do." } = ifNotFound;
		const hint = [own, ...this.doubts(lookup)];
		throw fieldError(property, `is ${quote(entered)}, which no ${thing} has`, hint.join(' '));
	}

	/** Sentences: why something may be there although it was not found. */
	doubts(lookup: Lookup): string[] {
		const looked = this.lookedUp(lookup);
		const ifCut = 'ifCut' in looked ? looked.ifCut : undefined;
		return [lookup.ifNone, ifCut].filter((one) => one !== undefined);
	}

	/** Makes what is not there, once for all that name it, in this run and in others. */
	async make({ lookup }: Asked): Promise<Found> {
		const { key, ifNotFound } = lookup;
		const known = this.known.get(key);
		if (known) return known;
		const looked = this.lookedUp(lookup);
		if (ifNotFound.do !== 'create' || !('lookedAt' in looked)) throw new Error(`${key} is there`);
		if (this.client.isReadOnly) {
			this.keep(key, { id: unmadeId });
			return { id: unmadeId, isNew: true };
		}
		return await madeWith(this.client).make([key], looked.lookedAt, async () => {
			const id = await this.client.send(ifNotFound.request, ifNotFound.idIn);
			return this.keep(key, { id, isNew: true });
		});
	}

	/**
	 * Makes somebody who is known under several names, once for all that know the same one.
	 * @returns who is there, or nothing where it was made here
	 */
	async makeUnlessThere(
		{ contacts, isTaken }: Pick<IfExists, 'contacts' | 'isTaken'>,
		create: () => Promise<string>,
	): Promise<There | undefined> {
		const keys = contacts.map(({ lookup }) => lookup.key);
		const there = keys.map((key) => this.known.get(key)).find((one) => one !== undefined);
		if (there) {
			// Who comes later may know only another of the names.
			for (const key of keys) this.keep(key, this.known.get(key) ?? there);
			return there;
		}
		if (keys.some((key) => this.taken.has(key))) return {};
		// Where the vendor itself refuses to make somebody twice, nobody was looked up.
		const looks = isTaken ? [] : contacts.map(({ lookup }) => this.lookedUp(lookup));
		const lookedAt = Math.min(...looks.flatMap((one) => ('lookedAt' in one ? one.lookedAt : [])));
		let isOwn = false;
		const making = madeWith(this.client).make(keys, lookedAt, async () => {
			isOwn = true;
			return { id: await create(), isNew: true };
		});
		const made = await making.catch((thrown: unknown) => {
			if (!(thrown instanceof ApiError) || !isTaken?.(thrown)) throw thrown;
			for (const key of keys) this.taken.add(key);
			return undefined;
		});
		if (!made) return {};
		for (const key of keys) this.keep(key, made);
		return isOwn ? undefined : made;
	}

	private lookedUp({ key }: Lookup): Looked {
		const looked = this.looked.get(key);
		if (looked && 'made' in looked) return looked.made;
		throw looked?.thrown;
	}

	private keep(key: string, found: Found): Found {
		this.known.set(key, found);
		return found;
	}

	private async judged(
		lookup: Lookup,
		{ records, matchedBy, ifCut }: Matches,
		lookedAt: number,
	): Promise<Looked> {
		const { key, idOf, anyWillDo, isOpen = () => true } = lookup;
		const [only, ...others] = distinct(records, lookup);
		if (only === undefined) return { lookedAt, ...(ifCut !== undefined && { ifCut }) };
		if (others.length === 0 || anyWillDo) return this.keep(key, { id: idOf(only), matchedBy });
		const all = await this.inFull([only, ...others], lookup);
		const open = all.filter(isOpen);
		const [first, ...more] = open;
		if (first === undefined || more.length > 0)
			return { several: namesOf(open.length > 0 ? open : all, lookup) };
		return this.keep(key, { id: idOf(first), matchedBy });
	}

	/** Several with all that is known of them, where the search does not say enough. */
	private async inFull(all: IDataObject[], { inFull, idOf }: Lookup): Promise<IDataObject[]> {
		if (!inFull || all.length > mostInFull) return all;
		const whole: IDataObject[] = [];
		for (const record of all) {
			whole.push(...(await this.client.send(inFull(idOf(record)), wholeRecord)));
		}
		return whole;
	}
}

const wholeRecord = one().records;

const distinct = (records: IDataObject[], { idOf }: Lookup): IDataObject[] => [
	...new Map(records.map((record) => [idOf(record), record])).values(),
];

/** Most of several that are named. */
const mostNamed = 5;

function namesOf(several: IDataObject[], { idOf, nameOf }: Lookup): string {
	const named = several.slice(0, mostNamed).map((one) => {
		const name = nameOf(one);
		return `${idOf(one)}${name && ` (${name})`}`;
	});
	const more = several.length - named.length;
	return [...named, ...(more > 0 ? [`${more} more`] : [])].join(', ');
}
