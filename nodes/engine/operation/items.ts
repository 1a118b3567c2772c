import type { IDataObject } from 'n8n-workflow';
import { ApiError } from '../http/apiError';
import { withOwnFields } from '../util/ownFields';
import type { Found } from './lookups';
import type { Output } from './operation';
import type { Task } from './prepare';

/** A list in pieces of a size. */
export const chunks = <T>(list: readonly T[], size: number): T[][] =>
	Array.from({ length: Math.ceil(list.length / size) }, (_, n) =>
		list.slice(n * size, (n + 1) * size),
	);

/** Tells by what a thing was found, of those that were not named by their IDs. */
export const withFound = (found: Found | undefined, record: IDataObject): IDataObject =>
	found ? withOwnFields({ matchedBy: found.matchedBy, isNew: found.isNew }, record) : record;

/** Simplify drops fields of the vendor's; what the node itself says of a record, such as a warning, stays. */
export function pick(record: IDataObject, names: readonly string[]): IDataObject {
	return Object.fromEntries(
		[...names, 'warning', 'skipped', 'reason', 'updated', 'found']
			.filter((name) => Object.hasOwn(record, name))
			.map((name) => [name, record[name]]),
	);
}

/** What was thrown, without a secret: an ApiError has none. */
export const keepable = (thrown: unknown, redact: (text: string) => string): unknown =>
	thrown instanceof Error && !(thrown instanceof ApiError)
		? new Error(redact(thrown.message))
		: thrown;

/**
 * How the records of an operation become what items hold.
 * @param isTool whether an AI agent gets them
 */
export function shapeOf(
	{ simplify: all, simplifyForAgent }: Output,
	{ values, found }: Pick<Task, 'values' | 'found'>,
	isTool: boolean,
): (record: IDataObject) => IDataObject {
	const simplify = all ?? (isTool ? simplifyForAgent : undefined);
	const isSimple = simplify !== undefined && values.simplify === true;
	return (record) => withFound(found, isSimple ? pick(record, simplify) : record);
}
