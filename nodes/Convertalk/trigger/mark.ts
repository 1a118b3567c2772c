import { createHash } from 'node:crypto';
import type { IDataObject } from 'n8n-workflow';
import { identity } from '../vendor';
import { isRecord } from '../../engine/util/json';

/** So many bits of each hash are taken, before a ledger shortens them. */
export const fullBits = 40;

/** A lead in a certain state, as two hashes. */
export interface Mark {
	/** Which lead it is. */
	id: number;
	/** In what state it is: another number, another state. */
	version: number;
}

/**
 * A visit alone is no change of the lead: these say that the visitor is there. Where the server takes
 * it for a change, it moves updatedAt, and that counts.
 */
const presence = new Set(['isOnline', 'lastSeenAt', 'websiteVisits']);

/** Two records of one lead have the same version if they differ in nothing but presence. */
export function markOf(record: IDataObject): Mark {
	const lasting = Object.entries(record).filter(([name]) => !presence.has(name));
	return { id: hash(identity(record)), version: hash(canonical(Object.fromEntries(lasting))) };
}

/** A name for a lead in a certain state, by which a workflow tells a repeat. */
export function eventId(event: string, record: IDataObject): string {
	const { id, version } = markOf(record);
	return digest(`${event} ${id} ${version}`).toString('base64url').slice(0, 22);
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

const hash = (text: string): number => digest(text).readUIntBE(0, fullBits / 8);

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
