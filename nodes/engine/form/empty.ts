import { isRecord } from '../util/json';
import { isBlank } from '../util/invisible';

/** What was picked in a resource locator; one that is not shown comes as its bare default. */
export const pickedValue = (raw: unknown): unknown =>
	isRecord(raw) && (raw.__rl === true || ('mode' in raw && 'value' in raw)) ? raw.value : raw;

/** Whether a value says nothing: n8n hands out null and undefined where an expression found nothing. */
export const isNothing = (raw: unknown): boolean =>
	raw === undefined || raw === null || (typeof raw === 'string' && isBlank(raw));

/** The same of a list, and of a resource locator, that holds nothing. */
export function isEmpty(raw: unknown): boolean {
	const value = pickedValue(raw);
	return Array.isArray(value) ? value.every(isNothing) : isNothing(value);
}

/** What a model writes where it has nothing to say: no schema of n8n's lets it leave a field out. */
const wordsForNothing = /^\s*(?:null|none|nil|n\/a|undefined|\[\s*\]|\{\s*\}|""|'')\s*$/i;

/** A value as a model meant it. */
export function meant(raw: unknown): unknown {
	const value = pickedValue(raw);
	return typeof value === 'string' && wordsForNothing.test(value) ? '' : raw;
}

/** Whether a field was added to a set of optional ones and came out empty. */
export const wasLeftEmpty = (
	set: unknown,
	name: string,
	{ isTool }: { isTool?: boolean },
): boolean =>
	isRecord(set) && Object.hasOwn(set, name) && isEmpty(isTool ? meant(set[name]) : set[name]);
