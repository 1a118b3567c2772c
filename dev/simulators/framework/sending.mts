import type { ServerResponse } from 'node:http';
import type { Answer, RawAnswer } from './types.mts';

/** Puts an answer into bytes: text and bytes as they are, everything else as JSON. */
export function encode({ status, body, headers = {} }: Answer): RawAnswer {
	if (body === undefined) return { status, headers, body: '' };
	if (typeof body === 'string' || Buffer.isBuffer(body)) return { status, headers, body };
	const json = { 'content-type': 'application/json; charset=utf-8', ...headers };
	return { status, headers: json, body: JSON.stringify(body) };
}

/** Sends an answer whole, with its length. */
export function send(response: ServerResponse, { status, headers, body }: RawAnswer): void {
	// HTTP gives 204 no body and no length.
	const length = status === 204 ? {} : { 'content-length': Buffer.byteLength(body) };
	response.writeHead(status, { ...headers, ...length });
	response.end(status === 204 ? undefined : body);
}
