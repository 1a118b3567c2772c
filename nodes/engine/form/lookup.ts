import type { IDataObject, INodeProperties } from 'n8n-workflow';
import type { Request } from '../http/request';

/** One way to ask for a thing. */
export interface Spelling {
	request: Request;
	/** What it asks by, such as "+5511987654321". */
	matchedBy: string;
}

/** What becomes of an item whose thing is not there. */
export type IfNotFound =
	| { do: 'fail' }
	/** It is passed over. */
	| { do: 'skip' }
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
	/** Asked one after the other, until one finds something. */
	spellings: readonly Spelling[];
	/** The things in an answer. */
	records(body: unknown): IDataObject[];
	/** The ID of one of them. */
	idOf(record: IDataObject): string;
	/** How a person tells it from others. */
	nameOf(record: IDataObject): string;
	/** Reads all of one of several that match, where the search does not say enough to tell them apart. */
	inFull?(id: string): Request;
	/** Whether it counts where there are others. */
	isOpen(record: IDataObject): boolean;
	ifNotFound: IfNotFound;
	/** A sentence: what to do where several match. Left out, one is to be chosen by its ID. */
	ifSeveral?: string;
}

/** A lookup, and the field of the form that asks for it. */
export interface Asked {
	property: INodeProperties;
	lookup: Lookup;
}

/** What a create does where the person whom it would make is there. */
export interface IfExists {
	do: 'fail' | 'skip' | 'update';
	/** All that the person may be known under; looked up before anything is sent. Nobody found is meant to be made. */
	contacts: readonly Asked[];
	/** The ID in what the create answers. */
	idIn(record: IDataObject): string;
	/** What is asked in place of the create. */
	update(id: string): Request;
	/** A sentence about what an update leaves as it is. */
	warning?: string;
}
