import type { IDataObject } from 'n8n-workflow';
import type { NetworkFault } from './networkFault';
import type { Request } from './request';
import { isRecord } from '../util/json';

/** What became of one try. */
export type Outcome =
	/** An answer came, whole. */
	| { kind: 'answered'; status: number; headers: IDataObject; body: unknown; leads?: Redirect }
	/** It never went out, for want of a connection, of TLS, or of leave: the vendor cannot have done anything. */
	| ({ kind: 'notSent' } & Omit<NetworkFault, 'isNotSent'>)
	/** The connection broke or timed out, or what came back is no JSON: it may have been done. */
	| { kind: 'unknownOutcome'; code: string; silence?: Silence };

/** Where an answer leads in place of giving what was asked for. Nobody follows. */
export interface Redirect {
	/** The address, without a query, in which a key may stand. */
	to: string;
	/** Whether that is another host, such as one on which a network wants somebody to sign in. */
	isElsewhere: boolean;
}

/** No answer came in time, and none is to be hoped for: nobody seems to be there, or nobody who ends an answer. */
export interface Silence {
	seconds: number;
	/** Whether it is not tried again: a person waits, or it took as long as all tries together. */
	isGivenUp: boolean;
	/** Whether something came, and never all of it. */
	isPartial?: boolean;
}

/** An answer that came whole, whatever its status. */
export type Answer = Extract<Outcome, { kind: 'answered' }>;

/**
 * An answer, or a lost one where the body is not what a vendor's server would send.
 * @param base the address that was asked
 */
export function readAnswer(request: Request, answer: unknown, base: string): Outcome {
	if (!isRecord(answer) || typeof answer.statusCode !== 'number') return emptyAnswer;
	const { statusCode: status, headers, body } = answer;
	const isText =
		typeof body === 'string' && body.trim() !== '' && !(request.allowText && isPlain(body));
	const isMissing =
		request.method === 'GET' && status === 200 && isBare(body) && !request.allowEmptyBody;
	if (status < 300 && (isText || isMissing))
		return { kind: 'unknownOutcome', code: isWebPage(body) ? webPage : 'NOT_JSON' };
	const told = isRecord(headers) ? (headers as IDataObject) : {};
	const leads = status >= 300 && status < 400 ? redirectIn(told, base) : undefined;
	return { kind: 'answered', status, headers: told, body, ...(leads && { leads }) };
}

const longestShown = 100;

function redirectIn({ location }: IDataObject, base: string): Redirect | undefined {
	if (typeof location !== 'string' || location === '' || !URL.canParse(location, base))
		return undefined;
	const { origin, pathname, hostname } = new URL(location, base);
	const to = `${origin}${pathname === '/' ? '' : pathname}`.slice(0, longestShown);
	return { to, isElsewhere: hostname !== new URL(base).hostname };
}

/** The code of a good answer that is none of the vendor's: a page for people in place of JSON. */
export const webPage = 'WEB_PAGE';

/** Whether a body is a page for people, as a sign-in to a network, a filter, or a server that is another one answers. */
export const isWebPage = (body: unknown): boolean =>
	typeof body === 'string' && /^\s*<(?:!doctype\s+html|html)\b/i.test(body.slice(0, 1000));

/** Neither a page, such as a proxy's own, nor JSON that was cut off. */
const isPlain = (text: string): boolean => !/^\s*[<{[]/.test(text);

/** A good answer without the body that it should have: what was asked may be done, and nobody can tell. */
export const emptyAnswer: Outcome = { kind: 'unknownOutcome', code: 'EMPTY' };

/** Whether an answer came without a body. */
export const isBare = (body: unknown): boolean => body === '' || body === undefined;
