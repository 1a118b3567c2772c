/**
 * How many requests are let through.
 * - `fixed`: `requests` in each window of `windowMs`, which begins with its first request.
 * - `sliding`: `requests` in any span of `windowMs`.
 * - `bucket`: a bucket of `requests` tokens that fills evenly, once in `windowMs`.
 */
export interface LimitSettings {
	kind: 'fixed' | 'sliding' | 'bucket';
	requests: number;
	windowMs: number;
	/** Whether a refusal carries Retry-After, and in which of its two forms. Default: none. */
	retryAfter?: 'seconds' | 'date' | 'none';
	/**
	 * Whether answers carry X-RateLimit-Limit, -Remaining and -Reset. The reset is in Unix seconds, or in
	 * milliseconds, for a limit whose window a test has scaled down to seconds.
	 */
	rateLimitHeaders?: boolean | 'milliseconds';
}

/** What became of one request, and what is left for its key. */
export interface Decision {
	allowed: boolean;
	remaining: number;
	/** Milliseconds until a request is let through again, or until the window is new. */
	resetMs: number;
	/** The headers that the settings ask for. */
	headers: Record<string, string>;
}

interface Usage {
	/** Start of the window (fixed), or when `level` was last reckoned (bucket). */
	since: number;
	/** Requests in the window (fixed), or tokens left (bucket). */
	level: number;
	/** Times of the last `requests` admitted requests, oldest at `next` (sliding). */
	times: number[];
	next: number;
}

type Verdict = Pick<Decision, 'allowed' | 'remaining' | 'resetMs'>;

const rules: Record<
	LimitSettings['kind'],
	(usage: Usage, settings: LimitSettings, now: number) => Verdict
> = {
	fixed(usage, { requests, windowMs }, now) {
		if (now - usage.since >= windowMs) {
			usage.since = now;
			usage.level = 0;
		}
		const allowed = usage.level < requests;
		if (allowed) usage.level++;
		return { allowed, remaining: requests - usage.level, resetMs: usage.since + windowMs - now };
	},
	sliding(usage, { requests, windowMs }, now) {
		const oldest = usage.times[usage.next] ?? -Infinity;
		const allowed = now - oldest >= windowMs;
		if (allowed) {
			usage.times[usage.next] = now;
			usage.next = (usage.next + 1) % requests;
		}
		const inWindow = usage.times.filter((time) => now - time < windowMs).length;
		const resetMs = (usage.times[usage.next] ?? now - windowMs) + windowMs - now;
		return { allowed, remaining: requests - inWindow, resetMs: Math.max(0, resetMs) };
	},
	bucket(usage, { requests, windowMs }, now) {
		const perMs = requests / windowMs;
		usage.level = Math.min(requests, usage.level + (now - usage.since) * perMs);
		usage.since = now;
		const allowed = usage.level >= 1;
		if (allowed) usage.level--;
		return {
			allowed,
			remaining: Math.floor(usage.level),
			resetMs: usage.level >= 1 ? 0 : (1 - usage.level) / perMs,
		};
	},
};

/** Keeps one limit for each key. */
export class Limiter {
	private readonly usages = new Map<string, Usage>();

	constructor(private readonly settings: LimitSettings) {
		if (!(settings.kind in rules)) throw new Error(`Unknown kind of limit: ${settings.kind}`);
		if (!(settings.requests >= 1) || !(settings.windowMs > 0)) {
			throw new Error('A limit needs requests of at least 1 and windowMs above 0');
		}
	}

	/** Takes one request of `key` at `now` (milliseconds, steadily growing) into account. */
	decide(key: string, now = performance.now()): Decision {
		let usage = this.usages.get(key);
		if (!usage) {
			const level = this.settings.kind === 'bucket' ? this.settings.requests : 0;
			usage = { since: now, level, times: [], next: 0 };
			this.usages.set(key, usage);
		}
		const verdict = rules[this.settings.kind](usage, this.settings, now);
		return { ...verdict, headers: this.headers(verdict) };
	}

	private headers({ allowed, remaining, resetMs }: Verdict): Record<string, string> {
		const headers: Record<string, string> = {};
		const { retryAfter, rateLimitHeaders, requests } = this.settings;
		if (rateLimitHeaders) {
			headers['X-RateLimit-Limit'] = String(requests);
			headers['X-RateLimit-Remaining'] = String(remaining);
			const unitMs = rateLimitHeaders === 'milliseconds' ? 1 : 1000;
			headers['X-RateLimit-Reset'] = String(Math.ceil((Date.now() + resetMs) / unitMs));
		}
		if (!allowed && retryAfter === 'seconds') {
			headers['Retry-After'] = String(Math.ceil(resetMs / 1000));
		}
		if (!allowed && retryAfter === 'date') {
			const nextSecond = Math.ceil((Date.now() + resetMs) / 1000) * 1000;
			headers['Retry-After'] = new Date(nextSecond).toUTCString();
		}
		return headers;
	}
}
