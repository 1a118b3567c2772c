import type { IDataObject } from 'n8n-workflow';
import { fieldError } from '../form/fields';
import type { Asked, Lookup } from '../form/lookup';
import { ApiError } from '../http/apiError';
import type { Client } from '../http/client';
import { type Attempt, attempt } from '../util/attempt';
import { forEachBounded } from '../util/forEachBounded';
import { MadeOnce } from '../util/madeOnce';
import { quote } from '../util/text';
import { one } from './operation';

/** What is known of a thing that was looked up. */
export interface Found {
	id: string;
	/** What it was found by, as the vendor has it. */
	matchedBy?: string;
	/** Whether it was not there, and was made. */
	isNew?: boolean;
}

/** What a look came to: the thing, when it began that found none, or how those are called that may be meant. */
type Looked = Found | { lookedAt: number } | { several: string };

/** What was looked up with one key; outlives a try of the run. */
export type Known = Map<string, Found>;

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

	/** @param known what earlier tries of the run have found */
	constructor(
		private readonly client: Client,
		private readonly known: Known,
	) {}

	/**
	 * Looks up what is named, side by side.
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
			if (!distinct.has(lookup.key)) distinct.set(lookup.key, lookup);
		}
		const look = async (lookup: Lookup) => {
			const looked = await attempt(async () => await this.one(lookup));
			this.looked.set(lookup.key, looked);
			if (isEnough && 'thrown' in looked) throw looked.thrown;
		};
		await forEachBounded([...distinct.values()], width, look, signal);
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
			throw fieldError(property, what, 'Choose one By ID.');
		}
		if (ifNotFound.do !== 'fail') return undefined;
		const hint = "Correct it, or choose in 'If Not Found' what to do.";
		throw fieldError(property, `is ${quote(entered)}, which no ${thing} has`, hint);
	}

	/** Makes what is not there, once for all that name it, in this run and in others. */
	async make({ lookup }: Asked): Promise<Found> {
		const { key, ifNotFound } = lookup;
		const known = this.known.get(key);
		if (known) return known;
		const looked = this.lookedUp(lookup);
		if (ifNotFound.do !== 'create' || !('lookedAt' in looked)) throw new Error(`${key} is there`);
		return await madeWith(this.client).make(key, looked.lookedAt, async () => {
			const id = await this.client.send(ifNotFound.request, ifNotFound.idIn);
			return this.keep(key, { id, isNew: true });
		});
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

	private async one(lookup: Lookup): Promise<Looked> {
		const known = this.known.get(lookup.key);
		if (known) return known;
		const lookedAt = Date.now();
		for (const { request, matchedBy } of lookup.spellings) {
			const records = await this.client.send(request, lookup.records);
			const [only, ...others] = distinct(records, lookup);
			if (only === undefined) continue;
			if (others.length === 0) return this.keep(lookup.key, { id: lookup.idOf(only), matchedBy });
			const all = await this.inFull([only, ...others], lookup);
			const open = all.filter(lookup.isOpen);
			const [first, ...more] = open;
			if (first === undefined || more.length > 0)
				return { several: namesOf(open.length > 0 ? open : all, lookup) };
			return this.keep(lookup.key, { id: lookup.idOf(first), matchedBy });
		}
		return { lookedAt };
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
	const named = several.slice(0, mostNamed).map((one) => `${idOf(one)} (${nameOf(one)})`);
	const more = several.length - named.length;
	return [...named, ...(more > 0 ? [`${more} more`] : [])].join(', ');
}
