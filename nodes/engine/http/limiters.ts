import { createHash } from 'node:crypto';
import type { IDataObject } from 'n8n-workflow';
import type { Api } from './vendor';
import { Pacer } from '../rateLimit/rateLimiter';

/** A cache of the process: one pacer for a key, shared by all executions that use it. */
const pacers = new Map<string, Pacer>();
const mostPacers = 1000;

/** The pacer of a credential's key, for this vendor at this address. */
export function pacerFor(api: Api, data: IDataObject): Pacer {
	const limit = api.limit?.(data);
	const identity = [api.address(data), limit, ...api.secrets.map((name) => data[name])];
	const key = `${api.credential} ${createHash('sha256').update(JSON.stringify(identity)).digest('hex')}`;
	const pacer = pacers.get(key) ?? new Pacer(limit);
	// The one used last stands last, so the first is the one to let go.
	pacers.delete(key);
	pacers.set(key, pacer);
	const oldest = pacers.keys().next();
	if (pacers.size > mostPacers && !oldest.done) pacers.delete(oldest.value);
	return pacer;
}
