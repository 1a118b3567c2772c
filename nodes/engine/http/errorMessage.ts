import type { Vendor } from './vendor';
import { ApiError } from './apiError';
import type { Request } from './request';
import { longestClosedMs } from '../rateLimit/rateLimiter';
import * as retry from './retry';

/**
 * The key's limit is used up for longer than is waited.
 * @param waitMs what the vendor asked for, where it asked for anything
 */
export function retryLaterError(
	{ name: vendor }: Vendor,
	waitMs: number = retry.patienceMs,
): ApiError {
	const isLong = waitMs > longestClosedMs;
	const asked = isLong ? `It asks for a wait of ${duration(waitMs)}. ` : '';
	const again = isLong
		? `${duration(longestClosedMs)}, when it is asked once more`
		: duration(waitMs);
	return new ApiError(`${vendor} takes no more requests for this key at the moment`, {
		code: '429',
		hint: `${asked}Run this again in ${again}, and see what else uses the key.`,
	});
}

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;

/** In minutes, and from two days on in days. */
const duration = (ms: number): string =>
	ms < 2 * dayMs
		? `${Math.ceil(ms / minuteMs)} minutes`
		: `${Math.ceil(ms / dayMs).toLocaleString('en-US')} days`;

/**
 * What became of a request that did not end well, in the vendor's own words where it has any.
 * @param clean takes the secrets out of a text
 */
export function toApiError(
	vendor: Vendor,
	request: Request,
	outcome: retry.Outcome,
	tries: number,
	clean: (text: string) => string,
): ApiError {
	const { name } = vendor;
	const times = tries > 1 ? ` after ${tries} tries` : '';
	const uncertain = retry.isUncertain(request, outcome)
		? clean(uncertainty(vendor, request))
		: undefined;
	if (outcome.kind !== 'answered') {
		const what =
			outcome.kind === 'notSent' ? 'could not be reached' : 'gave no answer that can be read';
		const advice = uncertain ?? `Check the address in the credential, and whether ${name} is up.`;
		return new ApiError(`${name} ${what}${times}`, {
			hint: `${advice} (${outcome.code})`,
			mayBeDone: uncertain !== undefined,
		});
	}
	const { status, body } = outcome;
	// Cleaned first: half a key, where the words are cut, is a key that is not recognised.
	const own = vendor.errorMessage(body);
	const words = own && clean(own).slice(0, 500);
	const about = status === 404 ? vendor.label?.(request) : undefined;
	const silent = about ? `${name} has no ${about}` : `${name} answered ${meaning(status)}${times}`;
	const said = words ? `${name} says: ${words}` : silent;
	const advice = uncertain ?? vendor.hint?.(status, request, words) ?? generalAdvice(name, status);
	return new ApiError(clean(said), {
		code: String(status),
		hint: clean(advice),
		mayBeDone: uncertain !== undefined,
	});
}

/** A good answer that does not hold what it should: a write has been done all the same. */
export function unreadableError(vendor: Vendor, request: Request, thrown: unknown): unknown {
	const isWrite = retry.isUncertain(request, { kind: 'unknownOutcome', code: 'UNREADABLE' });
	if (!(thrown instanceof Error) || !isWrite) return thrown;
	return new ApiError(thrown.message, { hint: uncertainty(vendor, request), mayBeDone: true });
}

/** Says by its name what a person has to look for, since only a person can. */
function uncertainty(vendor: Vendor, request: Request): string {
	const named = request.label ?? vendor.label?.(request);
	const where = named ? `for ${named} in ${vendor.name}` : `in ${vendor.name}`;
	return `It may have been done all the same. Look ${where} before you run this item again.`;
}

function meaning(status: number): string {
	const names: Record<number, string> = {
		401: 'that it does not accept the key',
		403: 'that the key may not do this',
		404: 'that there is no such thing',
		409: 'that this conflicts with what it has',
		422: 'that it does not accept these values',
	};
	return names[status] ?? `with status ${status}`;
}

function generalAdvice(vendor: string, status: number): string {
	if (status === 401) return 'Open the credential, enter the key again, and test it.';
	if (status === 403) return `Give the key the right to do this in ${vendor}.`;
	if (status === 404) return 'Check the ID, and that it belongs to the account of this credential.';
	if (status >= 500) return `Wait a while and run this again, or ask ${vendor}.`;
	if (status < 400) return 'Check the address in the credential: it leads to another one.';
	return 'Check the values of this item.';
}
