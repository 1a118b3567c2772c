import type { Vendor } from './vendor';
import { ApiError } from './apiError';
import { isGuard } from './networkFault';
import { proxyOf, proxySentences } from './proxyAnswer';
import { isWrite, type Request } from './request';
import { type Answer, isWebPage, webPage } from './response';
import { longestClosedMs } from '../rateLimit/rateLimiter';
import { patienceMs, retryAfterMs } from './retry';
import type { Fault, Tried } from './verdict';

/**
 * The key's limit is used up for longer than is waited.
 * @param waitMs what the vendor asked for, where it asked for anything
 * @param tried the request, and whether an earlier try of it may have been done
 */
export function retryLaterError(
	vendor: Vendor,
	waitMs: number = patienceMs,
	tried?: Pick<Tried<unknown>, 'request' | 'mayBeDone'>,
): ApiError {
	const isLong = waitMs > longestClosedMs;
	const asked = isLong ? `It asks for a wait of ${duration(waitMs)}. ` : '';
	const again = isLong
		? `${duration(longestClosedMs)}, when the next request is sent`
		: duration(waitMs);
	const mayBeDone = tried !== undefined && tried.mayBeDone && isWrite(tried.request);
	const look = mayBeDone ? `${uncertainty(vendor, tried.request)} ` : '';
	return new ApiError(`${vendor.name} takes no more requests for this key at the moment`, {
		code: '429',
		hint: `${look}${asked}Run this again in ${again}, and see what else uses the key.`,
		mayBeDone,
	});
}

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;

/** In seconds, from two minutes on in minutes, and from two days on in days. */
function duration(ms: number): string {
	if (ms < 2 * minuteMs) return `${Math.ceil(ms / 1000)} seconds`;
	if (ms < 2 * dayMs) return `${Math.ceil(ms / minuteMs)} minutes`;
	return `${Math.ceil(ms / dayMs).toLocaleString('en-US')} days`;
}

/** A request that did not end well. */
export interface Failure extends Pick<Fault, 'outcome' | 'mayBeDone' | 'isUnreached'> {
	vendor: Vendor;
	request: Request;
	/** How often it was tried. */
	tries: number;
	/** That was asked. */
	host: string;
	/** Takes the secrets out of a text. */
	clean(text: string): string;
}

/** What became of a request that did not end well, in the vendor's own words where it has any. */
export function toApiError(failure: Failure): ApiError {
	const { vendor, request, outcome, isUnreached, clean } = failure;
	const { message, hint, code } = sentencesOf(failure);
	// Who does not know whether it was done has to look there before anything else.
	const mayBeDone = failure.mayBeDone && isWrite(request);
	const isElsewhere = isUnreached || (outcome.kind === 'answered' && outcome.leads !== undefined);
	const look = mayBeDone ? uncertainty(vendor, request) : '';
	// Where nobody of the vendor's seems to be there, that comes before the next item.
	const advice = mayBeDone && !isElsewhere ? look : `${look} ${hint}`.trim();
	return new ApiError(clean(message), {
		code,
		hint: clean(advice + askedBy(outcome) + signOf(outcome)),
		mayBeDone,
	});
}

/**
 * The same of a request that is not even sent, since those before it ended so.
 * @param isAwaited whether a person waits for one answer, and no list of items is worked through
 */
export function untriedError(failure: Failure, isAwaited: boolean): ApiError {
	const { message, hint, code } = sentencesOf(failure);
	const known = hint + askedBy(failure.outcome) + signOf(failure.outcome);
	const untried = isAwaited
		? known
		: `${known} It was not tried for this item, since those before it ended so.`;
	return new ApiError(failure.clean(message), { code, hint: failure.clean(untried) });
}

/** The sentence about the wait that an answer asks for. */
function askedBy(outcome: Fault['outcome']): string {
	const waitMs = (outcome.kind === 'answered' && retryAfterMs(outcome.headers)) || 0;
	return waitMs > 0 ? ` It asks for a wait of ${duration(waitMs)}.` : '';
}

/** Nobody can wait longer for an answer. */
export function lateError(vendor: Vendor, request: Request, ms: number): ApiError {
	const mayBeDone = isWrite(request);
	const hint = mayBeDone ? uncertainty(vendor, request) : wayAdvice(vendor);
	const seconds = Math.max(1, Math.round(ms / 1000));
	const time = seconds === 1 ? '1 second' : `${seconds} seconds`;
	return new ApiError(`${vendor.name} gave no answer within ${time}`, { hint, mayBeDone });
}

/** What to look at where nothing comes back. */
const wayAdvice = ({ name }: Vendor): string =>
	`Check the address in the credential, and whether ${name} is up. A firewall may stand in between, or n8n may need a proxy (HTTPS_PROXY).`;

/** What a search engine knows of it; n8n's own guard says all itself. */
const signOf = (outcome: Fault['outcome']): string =>
	outcome.kind === 'answered' || isGuard(outcome.code) ? '' : ` (${outcome.code})`;

interface Sentences {
	message: string;
	/** What to do, where it is known not to have been done. */
	hint: string;
	/** HTTP status. */
	code?: string;
}

function sentencesOf({ vendor, request, outcome, tries, host, clean }: Failure): Sentences {
	const { name } = vendor;
	const times = tries > 1 ? ` after ${tries} tries` : '';
	if (outcome.kind === 'unknownOutcome' && outcome.silence) {
		const { seconds, isPartial } = outcome.silence;
		const late = `within ${seconds} seconds${times}`;
		const message = isPartial
			? `${name} gave no whole answer ${late}, while parts of it came`
			: `${name} gave no answer ${late}, and nothing else comes from ${host}`;
		return { message, hint: wayAdvice(vendor) };
	}
	if (outcome.kind === 'unknownOutcome' && outcome.code === webPage)
		return {
			message: `A web page came in place of the answer of ${name}${times}`,
			hint: pageAdvice(host),
		};
	if (outcome.kind !== 'answered') {
		const { message, hint } = outcome.kind === 'notSent' ? outcome : {};
		const what =
			outcome.kind === 'notSent' ? 'could not be reached' : 'gave no answer that can be read';
		return {
			message: message ?? `${name} ${what}${times}`,
			hint: hint ?? `Check the address in the credential, and whether ${name} is up.`,
		};
	}
	const code = String(outcome.status);
	const proxy = proxyOf(outcome);
	if (proxy !== undefined) return { ...proxySentences(outcome.status, proxy, name, host), code };
	if (outcome.leads) {
		const { to, isElsewhere } = outcome.leads;
		const message = `${name} answered with status ${outcome.status}, which leads to ${to}`;
		return { message, hint: isElsewhere ? `${leadsAway} ${inBetween(host)}` : leadsAway, code };
	}
	// A key that is wrong some servers refuse by a page, and one that is out of order says so by one.
	if (isWebPage(outcome.body) && outcome.status < 500 && outcome.status !== 401) {
		const message = `${name} answered with a web page and status ${outcome.status}${times}`;
		return { message, hint: pageAdvice(host), code };
	}
	return { ...answerSentences(vendor, request, outcome, times, clean), code };
}

const leadsAway = 'Check the address in the credential: it leads to another one.';

/** What to look at where a page for people comes. */
const pageAdvice = (host: string): string =>
	`Check the address in the credential. ${inBetween(host)}`;

const inBetween = (host: string): string =>
	`If it is right, a filter, or a network that wants somebody to sign in, may stand in between: open https://${host} in a browser on the network of n8n.`;

function answerSentences(
	vendor: Vendor,
	request: Request,
	{ status, body }: Answer,
	times: string,
	clean: (text: string) => string,
): Sentences {
	const { name } = vendor;
	// Cleaned first: half a key, where the words are cut, is a key that is not recognised.
	const own = vendor.errorMessage(body);
	const words = own && clean(own).slice(0, 500);
	const label = status === 404 ? vendor.label?.(request) : undefined;
	const silent = label ? `${name} has no ${label}` : `${name} answered ${meaning(status)}${times}`;
	return {
		message: words ? `${name} says: ${words}` : silent,
		hint: vendor.hint?.(status, request, words) ?? generalAdvice(name, status),
	};
}

/** A good answer that does not hold what it should: a write has been done all the same. */
export function unreadableError(
	{ vendor, request, clean }: Pick<Failure, 'vendor' | 'request' | 'clean'>,
	thrown: unknown,
): unknown {
	if (!(thrown instanceof Error) || !isWrite(request)) return thrown;
	return new ApiError(clean(thrown.message), {
		hint: uncertainty(vendor, request),
		mayBeDone: true,
	});
}

/** Says by its name what a person has to look for, since only a person can. */
function uncertainty(vendor: Vendor, request: Request): string {
	const named = request.label ?? vendor.label?.(request);
	const where = named ? `for ${named} in ${vendor.name}` : `in ${vendor.name}`;
	return `This may have worked. Look ${where} before you run this item again.`;
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
	if (status === 401)
		return 'Open the credential, enter the key again, and test it. A key that comes with the item has to be corrected there.';
	if (status === 403) return `Give the key the right to do this in ${vendor}.`;
	if (status === 404) return 'Check the ID, and that it belongs to the account of this credential.';
	// An address, headers or a body that are too long.
	if ([413, 414, 431].includes(status))
		return `Send less at once: ${vendor}, or a server before it, takes no request of this size.`;
	if (status === 402) return `Look in ${vendor} whether the plan and the balance allow this.`;
	if (status === 451) return `Ask ${vendor}: it says that the law does not allow this.`;
	// About what was asked in general, and never about an item's values.
	if ([405, 406, 410, 415, 421, 426, 501, 505].includes(status))
		return `Check the address in the credential. If it is right, ${vendor} may offer this no longer: please report it.`;
	if (status >= 500 || [408, 423, 425].includes(status))
		return `Wait a while and run this again, or ask ${vendor}.`;
	if (status < 400) return leadsAway;
	return 'Check the values of this item.';
}
