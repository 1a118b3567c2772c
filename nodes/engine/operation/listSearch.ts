import type {
	IDataObject,
	ILoadOptionsFunctions,
	INodeListSearchItems,
	INodeListSearchResult,
	INodePropertyOptions,
	ResourceMapperField,
	ResourceMapperFields,
} from 'n8n-workflow';
import type { Vendor } from '../http/vendor';
import { connect } from '../http/client';
import { hookError } from '../http/apiError';
import type { Request } from '../http/request';
import { attempt } from '../util/attempt';

/** Where a dropdown of the editor gets its entries. */
export interface ListSource {
	/**
	 * @param token where the next page begins, as `next` told; nothing for the first
	 * @param context the editor, for a list that depends on what else is filled in
	 * @param filter what the person searches for, where the vendor searches by itself
	 */
	request(token: string | undefined, context: ILoadOptionsFunctions, filter: string): Request;
	/** Whether the vendor searches by itself, so that all that it answers fits. */
	searches?: boolean;
	records(body: unknown, context: ILoadOptionsFunctions): IDataObject[];
	/**
	 * Where the page after this one begins; nothing ends the list.
	 * @param token where this one began
	 */
	next?(body: unknown, token: string | undefined): string | undefined;
	entry(record: IDataObject): INodeListSearchItems;
}

/** Enough matches to show before the person scrolls on. */
const enoughMatches = 50;
/** Pages that one search reads before it shows what it has; scrolling on reads further. */
const mostPagesAtOnce = 20;
/** How long they may take together; the first alone ends by itself a little before. Milliseconds. */
const longestSearchMs = 9_500;

const matches = ({ name, value }: INodeListSearchItems, filter: string): boolean =>
	`${name} ${String(value)}`.toLowerCase().includes(filter.toLowerCase());

/**
 * A searchable dropdown (n8n's listSearch) out of a vendor's list. Where the vendor does not search it by name, a search
 * reads on, page by page, until it has enough to show, or the person has waited long enough: what it has by then is
 * shown, and scrolling on goes on with the page that did not come.
 */
export const listSearch = (vendor: Vendor, source: ListSource) =>
	async function (
		this: ILoadOptionsFunctions,
		filter = '',
		paginationToken?: string,
	): Promise<INodeListSearchResult> {
		try {
			const signal = AbortSignal.timeout(longestSearchMs);
			const { send } = await connect(this, vendor, { signal, isAwaited: true });
			const results: INodeListSearchItems[] = [];
			let token = paginationToken;
			for (let read = 0; read < mostPagesAtOnce; read++) {
				const request = source.request(token, this, filter);
				const page = await attempt(async () => await send(request));
				if ('thrown' in page && read > 0) break;
				if ('thrown' in page) throw page.thrown;
				const entries = source.records(page.made, this).map(source.entry);
				results.push(...entries.filter((entry) => source.searches || matches(entry, filter)));
				token = source.next?.(page.made, token);
				if (token === undefined || filter === '' || results.length >= enoughMatches) break;
			}
			return { results, paginationToken: token };
		} catch (thrown) {
			throw hookError(this.getNode(), thrown);
		}
	};

/** A plain dropdown (n8n's loadOptions): all entries at once. */
export const loadOptions = (vendor: Vendor, source: ListSource) =>
	async function (this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
		const all: INodePropertyOptions[] = [];
		const read = listSearch(vendor, source);
		for (let page = 0, token: string | undefined; page < mostPagesAtOnce; page++) {
			const { results, paginationToken } = await read.call(this, '', token);
			all.push(...results.map(({ name, value }) => ({ name, value })));
			token = paginationToken as string | undefined;
			if (token === undefined) break;
		}
		return all;
	};

/** The columns of a resource mapper out of a vendor's list; one that is empty says why, which is not a fault. */
export const mapperFields = (
	vendor: Vendor,
	source: Pick<ListSource, 'request' | 'records'> & {
		column(record: IDataObject): ResourceMapperField;
		/** What n8n shows in place of columns. */
		ifEmpty(context: ILoadOptionsFunctions): string;
	},
) =>
	async function (this: ILoadOptionsFunctions): Promise<ResourceMapperFields> {
		try {
			const { send } = await connect(this, vendor, { isAwaited: true });
			const body = await send(source.request(undefined, this, ''));
			const fields = source.records(body, this).map(source.column);
			return fields.length > 0 ? { fields } : { fields, emptyFieldsNotice: source.ifEmpty(this) };
		} catch (thrown) {
			throw hookError(this.getNode(), thrown);
		}
	};
