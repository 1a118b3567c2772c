import type { IDataObject } from 'n8n-workflow';
import type { Vendor } from './vendor';
import type { Request } from './request';
import type { Outcome } from './retry';
import { isRecord } from '../util/json';

/** An answer, or a lost one where the body is not what a vendor's server would send. */
export function readAnswer(request: Request, answer: unknown): Outcome {
	if (!isRecord(answer) || typeof answer.statusCode !== 'number') return emptyAnswer;
	const { statusCode: status, headers, body } = answer;
	const isText =
		typeof body === 'string' && body.trim() !== '' && !(request.allowText && isPlain(body));
	const isMissing =
		request.method === 'GET' && status === 200 && isBare(body) && !request.allowEmptyBody;
	if (status < 300 && (isText || isMissing)) return { kind: 'unknownOutcome', code: 'NOT_JSON' };
	return {
		kind: 'answered',
		status,
		headers: isRecord(headers) ? (headers as IDataObject) : {},
		body,
	};
}

/** Neither a page, such as a proxy's own, nor JSON that was cut off. */
const isPlain = (text: string): boolean => !/^\s*[<{[]/.test(text);

/** What `read` makes of a good answer's body, or what it says against it. */
export function tryCatch<T>(
	read: (body: unknown) => T,
	body: unknown,
): { made: T } | { thrown: unknown } {
	try {
		return { made: read(body) };
	} catch (thrown) {
		return { thrown };
	}
}

/** A good answer without the body that it should have: what was asked may be done, and nobody can tell. */
export const emptyAnswer: Outcome = { kind: 'unknownOutcome', code: 'EMPTY' };

/** What an answer holds that ends a request well; nothing where it does not. */
export function goodAnswer(
	vendor: Vendor,
	request: Request,
	outcome: Outcome,
	mayBeDone: boolean,
): { body: unknown } | undefined {
	if (outcome.kind !== 'answered') return undefined;
	if (outcome.status < 300) return { body: outcome.body };
	const isAbsent = outcome.status === 404 || vendor.isAbsent?.(outcome) === true;
	const isExpected = outcome.status === 404 && request.allow404;
	// Deleted by an earlier try, or never there: gone in either case.
	const isGone = isAbsent && mayBeDone && request.method === 'DELETE';
	return isExpected || isGone ? { body: undefined } : undefined;
}

/** Whether an answer came without a body. */
export const isBare = (body: unknown): boolean => body === '' || body === undefined;
