import type { Call, Json } from '../simulator.mts';

/**
 * What a vendor's document shows of a refusal under HTTP 200: one that passes, so that a client may
 * come again, where the body can say so.
 */
const bodies: Record<string, (call: Call) => Json | undefined> = {
	// SEED, Start campaign and others: {Status, Message}.
	salesflow: () => ({ Status: 503, Message: 'Service unavailable' }),
	// WL: {success, message, code}.
	convertalk: () => ({ success: false, message: 'Service unavailable', code: 503 }),
	// SEED, Transfer and Rating: {success, error}. The body knows no passing refusal.
	zenviaSales: ({ path, method }) =>
		method === 'POST' && /\/(transfer|csat)$/.test(path)
			? { success: false, error: 'Not possible at the moment' }
			: undefined,
	// SEED, Errors, has an HTTP status for each of Saleswhale's refusals.
};

/** The body of a refusal under HTTP 200, or undefined where no document has one for this call. */
export const refusalIn200 = (vendor: string, call: Call): Json | undefined =>
	bodies[vendor]?.(call);
