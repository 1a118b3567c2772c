import type { IDataObject } from 'n8n-workflow';
import type { BatchSearch, FoundByRequest, Lookup } from '../form/lookup';
import type { Client } from '../http/client';
import { chunks } from './items';
import { ListIndex } from './listIndex';

/** What a search came to. */
export interface Matches {
	records: IDataObject[];
	/** What they were found by, as the vendor has it. */
	matchedBy?: string;
	/** A sentence: how much was looked at, where that is not all. */
	ifCut?: string;
}

/** Asks a vendor for what look-ups name, with as few requests as the vendor allows. */
export class Searches {
	private readonly lists = new Map<string, ListIndex>();

	constructor(private readonly client: Client) {}

	/** Asks for one or, where the vendor takes several at once, for all of them. @throws ApiError */
	async matches(group: readonly Lookup[]): Promise<Matches[]> {
		const [first] = group as [Lookup];
		const { search } = first;
		if ('batch' in search) return await this.inBatch(search.batch, keysIn(group));
		if ('spellings' in search) return [await this.byRequest(search)];
		const { list, keys } = search;
		const index = this.lists.get(list.name) ?? new ListIndex(this.client, list);
		this.lists.set(list.name, index);
		return [await index.find(keys)];
	}

	private async byRequest({ spellings, records }: FoundByRequest): Promise<Matches> {
		for (const { request, matchedBy } of spellings) {
			const found = await this.client.send(request, records);
			if (found.length > 0) return { records: found, matchedBy };
		}
		return { records: [] };
	}

	private async inBatch(batch: BatchSearch, keys: readonly string[]): Promise<Matches[]> {
		const found = await this.client.send(batch.request(keys), batch.records);
		return keys.map((key) => ({
			records: found.filter((record) => batch.isMeant(record, key)),
			matchedBy: key,
		}));
	}
}

/** Look-ups in groups: those that go into one request, and each of the others alone. */
export function groupsOf(lookups: readonly Lookup[]): Lookup[][] {
	const batches = new Map<BatchSearch, Lookup[]>();
	const single: Lookup[][] = [];
	for (const lookup of lookups) {
		const { search } = lookup;
		if (!('batch' in search)) {
			single.push([lookup]);
			continue;
		}
		const own = batches.get(search.batch) ?? [];
		own.push(lookup);
		batches.set(search.batch, own);
	}
	return [...single, ...[...batches].flatMap(([{ size }, own]) => chunks(own, size))];
}

const keysIn = (group: readonly Lookup[]): string[] =>
	group.flatMap(({ search }) => ('batch' in search ? [search.key] : []));
