import type { IHttpRequestMethods, IHttpRequestOptions } from 'n8n-workflow';
import type { Request } from './request';

/** How long nothing may come or go in one try: what the HTTP client's `timeout` counts. Milliseconds. */
export const timeoutMs = 60_000;

/** How long one try may take in all, however little comes at a time: as long as n8n gives a request. Milliseconds. */
export const longestTryMs = 300_000;

/** The same where a file goes out, which may be large and its way slow. Milliseconds. */
export const longestUploadMs = 60 * 60_000;

/**
 * A request that any server answers at once, whatever it is: no key, no work, no body.
 * @param base the checked address
 */
export const probeOptions = (base: string): IHttpRequestOptions => ({
	method: 'HEAD',
	url: base,
	returnFullResponse: true,
	ignoreHttpStatusErrors: true,
	disableFollowRedirect: true,
	timeout: timeoutMs,
});

/**
 * A request as n8n's helper takes it, for a try that is not awaited.
 * @param base the checked address that the path is put behind
 */
export function httpOptions(base: string, request: Request): IHttpRequestOptions {
	const { method, path, query, body } = request;
	const options: IHttpRequestOptions = {
		method: method as IHttpRequestMethods,
		url: base + path,
		json: true,
		// The vendors' own form is status[]=a&status[]=b, not status[0]=a.
		arrayFormat: 'brackets',
		returnFullResponse: true,
		// n8n's own exception on a refusal says less than the answer, and differs between its lines.
		ignoreHttpStatusErrors: true,
		// A redirect would carry the key to wherever it points.
		disableFollowRedirect: true,
		timeout: timeoutMs,
	};
	if (query) options.qs = { ...query };
	if (body) options.body = body;
	return options;
}
