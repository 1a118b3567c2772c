import type { IDataObject } from 'n8n-workflow';
import { ApiError } from '../http/apiError';
import { withOwnFields } from '../util/ownFields';
import type { Found } from './lookups';
import type { Flat } from './operation';

/** A list in pieces of a size. */
export const chunks = <T>(list: readonly T[], size: number): T[][] =>
	Array.from({ length: Math.ceil(list.length / size) }, (_, n) =>
		list.slice(n * size, (n + 1) * size),
	);

/** Tells by what a thing was found, of those that were not named by their IDs. */
export const withFound = (found: Found | undefined, record: IDataObject): IDataObject =>
	found ? withOwnFields({ matchedBy: found.matchedBy, isNew: found.isNew }, record) : record;

/** What the node itself says of a record, such as a warning. It stays whatever fields are wanted. */
export const ownNames = ['warning', 'skipped', 'reason', 'updated', 'found'];

/** The fields that are wanted of a record. @param flat those that are made of it */
export function pick(record: IDataObject, names: readonly string[], flat?: Flat): IDataObject {
	const above = flat?.of(record) ?? {};
	const kept: IDataObject = {};
	for (const name of [...names, ...ownNames]) {
		const from = flat?.names.includes(name) ? above : record;
		if (Object.hasOwn(from, name)) kept[name] = from[name];
	}
	return kept;
}

/** What was thrown, without a secret: an ApiError has none. */
export const keepable = (thrown: unknown, redact: (text: string) => string): unknown =>
	thrown instanceof Error && !(thrown instanceof ApiError)
		? new Error(redact(thrown.message))
		: thrown;
