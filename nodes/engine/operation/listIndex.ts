import type { IDataObject } from 'n8n-workflow';
import type { SearchedList } from '../form/lookup';
import type { Client } from '../http/client';
import type { Request } from '../http/request';
import type { Matches } from './searches';

/** Whom a list tells of: read as far as somebody is looked for, and each page once in a run. */
export class ListIndex {
	private readonly byKey = new Map<string, IDataObject[]>();
	private readonly pages: AsyncGenerator<IDataObject[]>;
	/** Pages that were asked for. */
	private asked = 0;
	private isCut = false;
	private isEnded = false;
	/** The page that is being read. */
	private reading: Promise<void> | undefined;

	constructor(
		private readonly client: Client,
		private readonly list: SearchedList,
	) {
		// Without room to read ahead: who is looked for may be on the first.
		this.pages = list.pages(async (page) => await this.read(page));
	}

	/**
	 * Reads on until the list has somebody under one of the keys, or to its end where several may be.
	 * @throws ApiError where a page cannot be read; then for all who look for somebody
	 */
	async find(keys: readonly string[]): Promise<Matches> {
		const { isUnique } = this.list;
		while (!this.isEnded && !(isUnique && keys.some((key) => this.byKey.has(key)))) {
			await this.readOn();
		}
		const matchedBy = keys.find((key) => this.byKey.has(key));
		if (matchedBy !== undefined) {
			// Where several may be meant, somebody is one of them under whichever spelling.
			const under = isUnique ? [matchedBy] : keys;
			return { records: under.flatMap((key) => this.byKey.get(key) ?? []), matchedBy };
		}
		return { records: [], ...(this.isCut && { ifCut: this.whatWasRead() }) };
	}

	private async readOn(): Promise<void> {
		this.reading ??= this.next();
		const { reading } = this;
		await reading;
		// One that failed stays: a generator that threw has ended, and would say that nobody is there.
		if (this.reading === reading) this.reading = undefined;
	}

	private async next(): Promise<void> {
		const { done, value } = await this.pages.next();
		this.isEnded = done === true;
		for (const { keys, thing } of done ? [] : value.flatMap(this.list.thingsIn)) {
			for (const key of keys) {
				const known = this.byKey.get(key);
				if (known) known.push(thing);
				else this.byKey.set(key, [thing]);
			}
		}
	}

	/** A page beyond the last that may be read shows that there are more, and is answered as empty. */
	private async read(page: Request): Promise<{ records: IDataObject[]; body: unknown }> {
		const { client, list } = this;
		if (++this.asked > (list.mostPages ?? Infinity)) {
			this.isCut = true;
			return { records: [], body: undefined };
		}
		return await client.send(page, (body) => ({ records: list.records(body), body }));
	}

	private whatWasRead(): string {
		const { mostPages } = this.list;
		const pages = mostPages === 1 ? 'The first page was' : `The first ${mostPages} pages were`;
		return `${pages} read, and there are more: raise 'Most Pages'.`;
	}
}
