import { createHash } from 'node:crypto';
import type { IDataObject } from 'n8n-workflow';
import { isRecord } from '../util/json';

/** How the records of a vendor's list are told apart, and from what they were. */
export interface PolledRecord {
	/** What tells one record from another. */
	identity(record: IDataObject): string;
	/** What of it counts: a record in which nothing else changes is as it was. */
	state(record: IDataObject): IDataObject;
	/** When it came into being, and when it was changed last: ISO 8601, or anything else for not known. */
	createdAt(record: IDataObject): unknown;
	updatedAt(record: IDataObject): unknown;
	/** The other times by which the vendor might sort. */
	otherTimes: ReadonlyArray<(record: IDataObject) => unknown>;
}

/** Characters of the hash that says which record it is; six bits each. */
export const idLength = 6;
/** Characters of the hash that says in what state it is; six bits each. */
export const versionLength = 4;

/** A record in a certain state, as two short hashes. */
export interface RecordHash {
	/** Which record it is: idLength characters. */
	id: string;
	/** In what state it is: versionLength characters; others, another state. */
	version: string;
}

/** Two hashes of one record have the same version if they differ in nothing that counts. */
export const hashOf = (record: IDataObject, { identity, state }: PolledRecord): RecordHash => ({
	id: digest(identity(record)).slice(0, idLength),
	version: digest(canonical(state(record))).slice(0, versionLength),
});

/**
 * A name for one change of a record, by which a workflow tells a repeat. The time of the change counts, since a
 * record may come back to a state that it had before.
 */
export function eventId(event: string, record: IDataObject, polled: PolledRecord): string {
	const { id, version } = hashOf(record, polled);
	return digest(JSON.stringify([event, id, version, polled.updatedAt(record)])).slice(0, 22);
}

const digest = (text: string): string => createHash('sha256').update(text).digest('base64url');

/** JSON in which the order of an object's keys does not matter. */
function canonical(value: unknown): string {
	if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
	if (!isRecord(value)) return JSON.stringify(value) ?? 'null';
	const names = Object.keys(value).sort();
	return `{${names.map((name) => `${JSON.stringify(name)}:${canonical(value[name])}`).join(',')}}`;
}

/** Milliseconds since 1970, or NaN where the value is no time. */
export const timeOf = (value: unknown): number =>
	typeof value === 'string' ? Date.parse(value) : Number.NaN;
