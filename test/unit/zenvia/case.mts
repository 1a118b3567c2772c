import type { IDataObject } from 'n8n-workflow';

/** One way to fill in one operation, and the request that has to come of it. */
export interface Case {
	resource: string;
	operation: string;
	parameters: IDataObject;
	method: string;
	/** Path below the base address. */
	path: string;
	query?: IDataObject;
	body?: IDataObject;
	/** What the vendor answers; an object if nothing is said. */
	answer?: unknown;
}

/** What a resource locator holds. */
export const list = (mode: string, value: string): IDataObject => ({ __rl: true, mode, value });

/** A case that reads. */
export const get = (
	resource: string,
	operation: string,
	path: string,
	parameters: IDataObject = {},
): Case => ({
	resource,
	operation,
	method: 'GET',
	path,
	parameters,
});

/** A case that reads a list. */
export const getMany = (...rest: Parameters<typeof get>): Case => ({ ...get(...rest), answer: [] });
