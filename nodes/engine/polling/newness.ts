import type { IDataObject } from 'n8n-workflow';
import type { Request } from '../http/request';

/**
 * How what is new is found in a vendor's list:
 * - filter: the vendor is asked for what is not older than a moment
 * - newestFirst: pages come newest first, and are read until one is too old
 * - whole: the order is not documented, or an old record may come into the list: all of it is read
 */
export type Reach = 'filter' | 'newestFirst' | 'whole';

/** What tells a new record of a vendor's list from one that was there before: a row for each list. */
export interface Newness {
	/** What a record is handed on for, once each: that it is there, or each state that it has been in. */
	of: 'new' | 'changed';
	reach: Reach | ((request: Request) => Reach);
	/** What tells the record, or its state, from all others. */
	key(record: IDataObject): string;
	/** When it came into being, or into its state. Milliseconds since 1970; NaN where it does not say. */
	time(record: IDataObject): number;
	/**
	 * Asks for what is not older than a moment; where the vendor has no filter, as the request is.
	 * @throws UserError where the request narrows the list down in a way that the mark cannot go with
	 */
	since(request: Request, from: Date): Request;
	/** Whether a record that leaves the list moves up those behind it, so that a reading of several pages may miss one. */
	mayShift?: boolean;
}

/** How the list that a request asks for is read. */
export const reachOf = ({ reach }: Newness, request: Request): Reach =>
	typeof reach === 'function' ? reach(request) : reach;
