import type { IDataObject, INodeProperties } from 'n8n-workflow';
import type { ApiError } from '../http/apiError';
import type { Request } from '../http/request';

/** One way to ask for a thing. */
export interface Spelling {
	request: Request;
	/** What it asks by, such as "+5511987654321". */
	matchedBy: string;
}

/** A vendor who finds a thing: asked by one spelling after the other, until one finds something. */
export interface FoundByRequest {
	spellings: readonly Spelling[];
	/** The things in an answer. */
	records(body: unknown): IDataObject[];
}

/** A list that a vendor cannot search, and that says of whom it tells. */
export interface SearchedList {
	/** Tells it from the vendor's other lists; one of the same name is read once in a run. */
	name: string;
	/**
	 * Reads it page by page.
	 * @param read sends the request for a page; throws an ApiError
	 */
	pages(
		read: (request: Request) => Promise<{ records: IDataObject[]; body: unknown }>,
	): AsyncGenerator<IDataObject[]>;
	/** The records in the body of a page. */
	records(body: unknown): IDataObject[];
	/** The things that a record tells of, each with what it is found by. */
	thingsIn(record: IDataObject): Array<{ keys: readonly string[]; thing: IDataObject }>;
	/** Whether nobody else has the same key, so that nothing is read any more once it is found. */
	isUnique: boolean;
	/** Most pages that are read of it; left out, all. */
	mostPages?: number;
}

/** Somebody whom a list tells of, under the first of these keys that it has. */
export interface FoundInList {
	list: SearchedList;
	keys: readonly string[];
}

/** A vendor who finds several things with one request. */
export interface BatchSearch {
	/** Most of them in one request. */
	size: number;
	request(keys: readonly string[]): Request;
	/** The things in an answer. */
	records(body: unknown): IDataObject[];
	/** Whether a thing is what a key asks for. */
	isMeant(record: IDataObject, key: string): boolean;
}

/** A thing that is asked for together with others. */
export interface FoundInBatch {
	batch: BatchSearch;
	key: string;
}

/** What becomes of an item whose thing is not there. */
export type IfNotFound =
	/** @param hint a sentence; left out, the form has a field for what to do */
	| { do: 'fail'; hint?: string }
	/** It is passed over. */
	| { do: 'skip' }
	/** It comes out as this, with the reason. */
	| { do: 'tell'; record: IDataObject }
	/** It is made. @returns the ID in the answer */
	| { do: 'create'; request: Request; idIn(body: unknown): string };

/** A thing that a form names by something other than its ID: looked up before anything is sent. */
export interface Lookup {
	/** The same for all that name the same thing, however they write it. */
	key: string;
	/** What was entered, as a sentence quotes it. */
	entered: string;
	/** What it is, as in "prospect". */
	thing: string;
	search: FoundByRequest | FoundInList | FoundInBatch;
	/** The ID of one of them. */
	idOf(record: IDataObject): string;
	/** How a person tells it from others. */
	nameOf(record: IDataObject): string;
	/** Reads all of one of several that match, where the search does not say enough to tell them apart. */
	inFull?(id: string): Request;
	/** Whether it counts where there are others; left out, each does. */
	isOpen?(record: IDataObject): boolean;
	/** Whether each of several will do, since it matters only that there is one. */
	anyWillDo?: boolean;
	ifNotFound: IfNotFound;
	/** A sentence: what to do where several match. Left out, one is to be chosen by its ID. */
	ifSeveral?: string;
	/** A sentence: why it may be there although it was not found. */
	ifNone?: string;
}

/** A lookup, and the field of the form that asks for it. */
export interface Asked {
	property: INodeProperties;
	lookup: Lookup;
}

/** What a create does where the person whom it would make is there. */
export interface IfExists {
	do: 'fail' | 'skip' | 'update';
	/** All that the person may be known under. Nobody found is meant to be made. */
	contacts: readonly Asked[];
	/**
	 * Whether the vendor refused the create because the person is there. Left out, they are looked up before anything is
	 * sent; otherwise only if the ID is needed after such a refusal.
	 */
	isTaken?(error: ApiError): boolean;
	/** The ID in what the create answers. */
	idIn(record: IDataObject): string;
	/** The ID as the vendor's own records have it, for an item that is skipped; left out, as `id`. */
	asRecord?(id: string): IDataObject;
	/** What is asked in place of the create; nothing where the item has nothing to change. */
	update(id: string): Request | undefined;
	/** A sentence about what an update leaves as it is. */
	warning?: string;
}
