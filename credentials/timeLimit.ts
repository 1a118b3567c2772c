import type { IHttpRequestOptions } from 'n8n-workflow';

/** How long the test of a credential may take: whoever pressed Test waits for it. Milliseconds. */
const testMs = 9_000;

const mark = 'x-credential-test';

/** Headers of a credential's test, by which it is known for one. They never go out. */
export const testHeaders = { [mark]: 'true' };

/**
 * Ends a credential's test in time. n8n gives it 300 seconds whatever its `timeout` says (RoutingNode of 1.123 and
 * 2.41); what authenticates a request sees it last, and can still change it. Others are left as they are.
 */
export function endTestInTime(request: IHttpRequestOptions): void {
	if (request.headers?.[mark] === undefined) return;
	request.headers = Object.fromEntries(
		Object.entries(request.headers).filter(([name]) => name !== mark),
	);
	request.timeout = testMs;
	// That one begins anew with each byte that comes, and a server may drip.
	request.abortSignal = AbortSignal.timeout(testMs);
}
