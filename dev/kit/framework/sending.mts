import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import { setTimeout as wait } from 'node:timers/promises';
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

/** Sends a number of bytes of an answer's body, and resets the connection. */
export function cut(
	response: ServerResponse,
	{ status, headers, body }: RawAnswer,
	bytes: number,
): void {
	const whole = Buffer.from(body as string);
	response.writeHead(status, { ...headers, 'content-length': whole.length });
	response.write(whole.subarray(0, bytes), () => response.socket && reset(response.socket));
}

/** Resets a connection without an answer, after `ms` at the most: a client may give up before. */
export async function hangUp({ socket }: ServerResponse, ms: number): Promise<void> {
	if (!socket || socket.destroyed) return;
	const gone = new AbortController();
	socket.once('close', () => gone.abort());
	// It does not matter who ended it.
	if (ms > 0) await wait(ms, undefined, { ref: false, signal: gone.signal }).catch(() => undefined);
	reset(socket);
}

/** Resets a connection; over TLS that is the one beneath it, which Node.js names nowhere else. */
function reset(socket: Socket): void {
	const beneath =
		socket instanceof TLSSocket ? (socket as { _parent?: Socket })._parent : undefined;
	(beneath ?? socket).resetAndDestroy();
}
