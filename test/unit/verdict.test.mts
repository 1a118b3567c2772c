import { describe, expect, it } from '@jest/globals';
import { del, get, patch, post, put, type Request } from '../../nodes/engine/http/request.ts';
import type { Outcome } from '../../nodes/engine/http/response.ts';
import { classify } from '../../nodes/engine/http/verdict.ts';
import { tinyApi } from './tiny.mts';

const answered = (status: number, body: unknown = {}): Outcome => ({
	kind: 'answered',
	status,
	headers: {},
	body,
});
const notSent = (isLasting = false): Outcome => ({
	kind: 'notSent',
	code: 'ECONNREFUSED',
	isLasting,
});
const unknownOutcome: Outcome = { kind: 'unknownOutcome', code: 'ECONNRESET' };

const create = post`/things`;
const repeatableCreate = { ...create, repeatable: true };

/** The kind of the verdict, and whether it may have been done. */
function verdictOf(request: Request, outcome: Outcome, mayBeDone = false) {
	const read = (body: unknown) => {
		if (typeof body !== 'object') throw new Error('It holds no thing');
		return body;
	};
	const verdict = classify({ vendor: tinyApi, request, read, mayBeDone }, outcome);
	return [verdict.kind, 'mayBeDone' in verdict && verdict.mayBeDone];
}

describe('the verdict on one try', () => {
	it.each<[string, Request, Outcome, string, boolean]>([
		['a good answer', create, answered(201), 'success', false],
		['a refusal for coming too soon, of a create', create, answered(429), 'rateLimited', false],
		['values that the vendor does not take', create, answered(422), 'failed', false],
		['what was never sent', create, notSent(), 'tryAgain', false],
		['what can never be sent', get`/things`, notSent(true), 'failed', false],
		['a read whose connection broke', get`/things`, unknownOutcome, 'tryAgain', true],
		['a create whose connection broke', create, unknownOutcome, 'failed', true],
		['a create that can be repeated', repeatableCreate, unknownOutcome, 'tryAgain', true],
		[
			'an update while the vendor is out of order',
			put`/things/${1}`,
			answered(503),
			'tryAgain',
			true,
		],
		['a partial update then', patch`/things/${1}`, answered(503), 'failed', true],
		['a slow server behind Cloudflare', create, answered(524), 'failed', true],
		['what nobody looked at', create, answered(501), 'failed', false],
		['a server that Cloudflare did not reach', create, answered(521), 'failed', false],
		['one whose certificate it did not take', create, answered(526), 'failed', false],
		['one that it reached and lost', create, answered(520), 'failed', true],
		['a network that wants a sign-in', create, answered(511), 'failed', false],
		[
			'a good answer without its body, to a read',
			get`/things`,
			answered(200, ''),
			'tryAgain',
			true,
		],
		['a good answer without its body, to a create', create, answered(200, ''), 'failed', true],
		['a good answer that holds something else', get`/things`, answered(200, 7), 'failed', true],
	])('is right about %s', (_, request, outcome, kind, mayBeDone) => {
		expect(verdictOf(request, outcome)).toEqual([kind, mayBeDone]);
	});

	it('takes 404 for a success where an earlier try may have deleted it, and only there', () => {
		const tried = { vendor: tinyApi, request: del`/things/${1}`, read: () => 'gone' };
		expect(classify({ ...tried, mayBeDone: true }, answered(404)).kind).toBe('success');
		expect(classify({ ...tried, mayBeDone: false }, answered(404)).kind).toBe('failed');
	});
});
