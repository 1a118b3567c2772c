/** A vendor's limit: says whether a request that arrives at a moment is taken. What it refuses costs nothing. */
export interface VendorLimit {
	take(at: number): boolean;
}

/** How many requests in how many milliseconds. */
export interface Amount {
	requests: number;
	perMs: number;
}

/** Fills evenly, up to one second's worth. */
function tokenBucket({ requests, perMs }: Amount): VendorLimit {
	const most = Math.max(1, requests);
	let [tokens, filledAt] = [most, 0];
	return {
		take: (at) => {
			tokens = Math.min(most, tokens + ((at - filledAt) * requests) / perMs);
			filledAt = at;
			if (tokens < 1) return false;
			tokens--;
			return true;
		},
	};
}

/** A number of requests from the full second to the next. */
function fixedWindow({ requests, perMs }: Amount): VendorLimit {
	let [window, used] = [0, 0];
	return {
		take: (at) => {
			const current = Math.floor(at / perMs);
			if (current !== window) [window, used] = [current, 0];
			if (used >= requests) return false;
			used++;
			return true;
		},
	};
}

/** A number of requests from the first one on, and again from the first one after it is over. */
function windowFromFirst({ requests, perMs }: Amount): VendorLimit {
	let [since, used] = [-Infinity, 0];
	return {
		take: (at) => {
			if (at - since >= perMs) [since, used] = [at, 0];
			if (used >= requests) return false;
			used++;
			return true;
		},
	};
}

/** A number of requests in any second, looking back from each request. */
function slidingWindow({ requests, perMs }: Amount): VendorLimit {
	const taken: number[] = [];
	return {
		take: (at) => {
			while (taken[0] !== undefined && taken[0] <= at - perMs) taken.shift();
			if (taken.length >= requests) return false;
			taken.push(at);
			return true;
		},
	};
}

export const kinds = {
	'token bucket': tokenBucket,
	'fixed window': fixedWindow,
	'window from first': windowFromFirst,
	'sliding window': slidingWindow,
};
export type Kind = keyof typeof kinds;
