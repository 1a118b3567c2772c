import type { IDataObject } from 'n8n-workflow';
import { ApiError } from '../http/apiError';
import { withOwnFields } from '../util/ownFields';
import type { Found } from './lookups';
import type { Output, Smaller } from './operation';
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
export function pick(record: IDataObject, smaller: Smaller): IDataObject {
	const whole = typeof smaller === 'function';
	const kept = whole ? smaller(record) : {};
	for (const name of [...(whole ? [] : smaller), ...ownNames])
		if (Object.hasOwn(record, name)) kept[name] = record[name];
	return kept;
}

const ownNames = ['warning', 'skipped', 'reason', 'updated', 'found'];

/** What was thrown, without a secret: an ApiError has none. */
export const keepable = (thrown: unknown, redact: (text: string) => string): unknown =>
	thrown instanceof Error && !(thrown instanceof ApiError)
		? new Error(redact(thrown.message))
		: thrown;

/** What Simplify leaves of an operation's records, whoever has to ask for it. */
const smallerOf = ({ simplify, simplifyForAgent, simplifyIfAsked }: Output): Smaller | undefined =>
	simplify ?? simplifyForAgent ?? simplifyIfAsked;

/** How the records of an operation become what items hold. */
export function shapeOf(
	output: Output,
	{ values, found }: Pick<Task, 'values' | 'found'>,
): (record: IDataObject) => IDataObject {
	const smaller = values.simplify === true ? smallerOf(output) : undefined;
	return (record) => withFound(found, smaller ? pick(record, smaller) : record);
}
