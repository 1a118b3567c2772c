import type { ICredentialType, IDataObject, IHttpRequestOptions } from 'n8n-workflow';
import { checkedAddress } from '../../nodes/engine/http/baseUrl.ts';
import { RateLimiter } from '../../nodes/engine/rateLimit/rateLimiter.ts';
import type { Request } from '../../nodes/engine/http/request.ts';
import { retryAfterMs } from '../../nodes/engine/http/retry.ts';
import type { LiveVendor } from './liveVendor.mts';

const timeoutMs = 60_000;
/** Refusals for coming too soon in a row, after which the answer is left out. */
const mostRefusals = 5;
const longestWaitMs = 70_000;

/** An answer; `text` where its body is no JSON. */
export interface LiveAnswer {
	status: number;
	/** By their names in small letters. */
	headers: Record<string, string>;
	mediaType: string;
	body?: unknown;
	text?: string;
}

/** @param without names of headers that the credential adds and that are left out this once */
export type Send = (request: Request, without?: readonly string[]) => Promise<LiveAnswer>;

/**
 * Sends as the node does: its addresses, its authentication, its pace. Follows no redirect.
 * @param rateLimited told of the headers of each refusal for coming too soon
 * @throws ApiError where the node would send no key there
 */
export function sender(
	{ api, credential }: LiveVendor,
	credentials: IDataObject,
	rateLimited: (headers: Record<string, string>) => void = () => {},
): Send {
	checkedAddress(api, api.address(credentials), credentials);
	const limiter = new RateLimiter(api.limit?.(credentials));
	return async (request, without = []) => {
		for (let refusals = 0; ; refusals++) {
			const start = await limiter.acquire();
			const response = await once(request, without).finally(() => limiter.release(start));
			const headers = Object.fromEntries(response.headers);
			const quota = api.quota?.(headers);
			const wait = retryAfterMs(headers) ?? quota?.resetMs;
			if (response.status !== 429 || refusals >= mostRefusals || (wait ?? 0) > longestWaitMs) {
				limiter.accepted(start, quota);
				return await answerOf(response);
			}
			rateLimited(headers);
			limiter.rateLimited(start, retryAfterMs(headers), quota);
			await response.arrayBuffer();
		}
	};

	async function once(request: Request, without: readonly string[]): Promise<Response> {
		const complete = api.withAccount?.(request, credentials) ?? request;
		const { method, path, query = {}, body, host } = complete;
		const url = api.address(credentials, host) + path;
		const options = await authenticated(credential, credentials, { method, url, qs: query });
		const target = new URL(url);
		for (const [name, value] of Object.entries(options.qs ?? {}))
			target.searchParams.set(name, String(value));
		const added = Object.entries((options.headers ?? {}) as Record<string, string>);
		return await fetch(target, {
			method,
			headers: {
				accept: 'application/json',
				...(body && { 'content-type': 'application/json' }),
				...Object.fromEntries(added.filter(([name]) => !without.includes(name.toLowerCase()))),
			},
			...(body && { body: JSON.stringify(body) }),
			redirect: 'manual',
			signal: AbortSignal.timeout(timeoutMs),
		});
	}
}

async function authenticated(
	{ authenticate }: ICredentialType,
	credentials: IDataObject,
	options: IHttpRequestOptions,
): Promise<IHttpRequestOptions> {
	if (typeof authenticate !== 'function')
		throw new TypeError('The credential has no function that authenticates.');
	return await authenticate(credentials as Parameters<typeof authenticate>[0], options);
}

async function answerOf(response: Response): Promise<LiveAnswer> {
	const [mediaType = ''] = (response.headers.get('content-type') ?? '').toLowerCase().split(/\s*;/);
	const text = await response.text();
	const answer = {
		status: response.status,
		headers: Object.fromEntries(response.headers),
		mediaType,
	};
	if (text === '') return answer;
	try {
		return { ...answer, body: JSON.parse(text) as unknown };
	} catch (error) {
		if (error instanceof SyntaxError) return { ...answer, text };
		throw error;
	}
}
