import { createHash } from 'node:crypto';
import type { IDataObject } from 'n8n-workflow';
import type { Vendor } from './vendor';
import { forgetOldest } from '../util/oldest';
import { RateLimiter } from '../rateLimit/rateLimiter';
import { secretsOf } from './secrets';

/** A cache of the process: one rate limiter for a key, shared by all executions that use it. */
const limiters = new Map<string, RateLimiter>();
const mostLimiters = 1000;

/** The rate limiter of a credential's key, for this vendor at this address. */
export function limiterFor(vendor: Vendor, data: IDataObject): RateLimiter {
	const limit = vendor.limit?.(data);
	const identity = [vendor.address(data), limit, ...secretsOf(vendor, data)];
	const key = `${vendor.credential} ${createHash('sha256').update(JSON.stringify(identity)).digest('hex')}`;
	const limiter =
		limiters.get(key) ??
		new RateLimiter(limit, undefined, undefined, undefined, vendor.concurrency);
	// The one used last stands last, so the first is the one to let go.
	limiters.delete(key);
	limiters.set(key, limiter);
	forgetOldest(limiters, mostLimiters);
	return limiter;
}

/** How many requests a second go to a vendor where nobody chose a pace; undefined where no document names one. */
export const usualPerSecond = (vendor: Vendor): number | undefined =>
	new RateLimiter(vendor.limit?.({})).perSecond;
