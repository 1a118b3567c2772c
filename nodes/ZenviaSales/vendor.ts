import type { IDataObject } from 'n8n-workflow';
import type { Quota } from '../engine/rateLimit/quotaWindow';
import type { Vendor } from '../engine/http/vendor';
import { reads, type Request } from '../engine/http/request';
import { dig, isRecord, own } from '../engine/util/json';

/** Base addresses: SEED (sample of send-file) for the first, live calls of 2026 for the second. */
const addresses: Record<string, string> = {
	sales: 'https://sales.zenvia.com/api/v1',
	conversion: 'https://conversion.zenvia.com/v1',
};

/** What is particular to Zenvia Sales. SEED is the vendor's own document, shared with the contract. */
export const zenviaSales: Vendor = {
	name: 'Zenvia Sales',
	credential: 'zenviaSalesApi',
	secrets: ['apiKey'],
	address: ({ environment, baseUrl }) => own(addresses, String(environment)) ?? String(baseUrl),
	quota,
	errorMessage: words,
	status: ({ status, body }) => (status < 300 && isRefusal(body) ? 400 : status),
	label: subject,
	hint: advice,
};

/** All that a refusal holds: SEED, Transfer, and PHP21, Error; `summary` live. */
const fieldsOfRefusal = ['success', 'error', 'message', 'code', 'summary'];

const isText = (value: unknown): boolean => typeof value === 'string' && value !== '';

/**
 * Whether a body refuses what was asked, whatever its status. SEED, Transfer: {success, error} under HTTP 200. That the
 * error of other answers (PHP21: {message, code}) may come under it too is inferred.
 */
function isRefusal(body: unknown): boolean {
	if (!isRecord(body) || body.success === true) return false;
	if (body.success === false) return true;
	const holdsNoMore = Object.keys(body).every((name) => fieldsOfRefusal.includes(name));
	return holdsNoMore && (isText(body.error) || (isText(body.message) && isText(body.code)));
}

/** Live bodies: {message, code, summary}; the summary says what the message leaves open. SEED: {error}. */
function words(body: unknown): string | undefined {
	if (!isRecord(body)) return undefined;
	const said = [body.message, body.summary, body.error].filter(isText);
	return said.length > 0 ? [...new Set(said)].join(': ') : undefined;
}

/** SEED, Rate Limits: "The amount of permitted requests resets every 60 seconds". */
const windowMs = 60_000;

/** SEED, Rate Limits: the three headers. Their notation is not said, so all usual ones are read. */
function quota(headers: IDataObject): Quota | undefined {
	const [limit, remaining] = ['limit', 'remaining'].map((name) => headers[`x-ratelimit-${name}`]);
	const resetMs = untilReset(headers['x-ratelimit-reset'], clock(headers.date));
	// A header without a value says nothing, and is not 0.
	if (!isNumber(remaining) || resetMs === undefined) return undefined;
	const known = Number(limit) > 0 ? { limit: Number(limit) } : {};
	return { ...known, remaining: Number(remaining), resetMs, windowMs };
}

const isNumber = (value: unknown): boolean =>
	/\S/.test(String(value ?? '')) && Number.isFinite(Number(value));

/** Clocks that differ by more than this are out of step: the header Date has whole seconds. Milliseconds. */
const outOfStepMs = 2000;

/** The vendor's clock where this machine's is out of step with it, or a reset would be missed. */
function clock(date: unknown): number {
	const now = Date.now();
	const theirs = Date.parse(String(date));
	return Math.abs(theirs - now) > outOfStepMs ? theirs : now;
}

/** Milliseconds from now. The value: Unix time in seconds or milliseconds, seconds to go, or a date. */
export function untilReset(value: unknown, now: number): number | undefined {
	if ((typeof value !== 'string' && typeof value !== 'number') || value === '') return undefined;
	const number = Number(value);
	const at = Number.isFinite(number) ? moment(number, now) : Date.parse(String(value));
	return Number.isNaN(at) ? undefined : Math.min(windowMs, Math.max(0, at - now));
}

function moment(number: number, now: number): number {
	if (number > 1e12) return number;
	return number > 1e9 ? number * 1000 : now + number * 1000;
}

function advice(status: number, request: Request, said: string | undefined): string | undefined {
	if (status === 403)
		return `Give the key the scope ${scopeOf(request, said)} in Zenvia. ${scopeDelay}`;
	// Live, of calls in the name of a user; the topic agents needs one too (SEED, Notifications).
	if (status === 409 && /\/as-user\/|^\/notifications\//.test(request.path)) {
		return 'The key has no acting user. In Zenvia, open the integration of this key and choose the user that it acts for.';
	}
	if (status === 404) return notFound(request);
	if (status === 400 && isFreeMessage(request) && !anotherReason.test(said ?? '')) {
		return 'If the last message of the prospect is older than 24 hours, Zenvia takes no free message. Send a template instead.';
	}
	if (status === 400 && request.path.endsWith('/notification')) {
		return 'Check that the channel has this template, and fill in all of its variables.';
	}
	return undefined;
}

/** A message or file, which a channel takes in its free window only (Prospect.whatsAppDueAt and its kin). */
const isFreeMessage = ({ method, path }: Request): boolean =>
	method === 'POST' && /\/messaging\/(?!channels$)\w+(\/send-file)?$/.test(path);

/**
 * Words of a 400 that is about something else. Live: "Invalid prospectId", "must have required property 'key'",
 * "ValidationError". How Zenvia words the end of the free window is not known.
 */
const anotherReason = /invalid|schema|validation|required property/i;

/** A live account saw the messaging endpoints refuse a new scope for 15 to 20 minutes. */
const scopeDelay = 'A scope that was just added needs up to 20 minutes before it works.';

/** SEED, Scopes: all of them. */
const scope =
	/\b(leads:write|prospects:(?:readAdditionalData|read|write)|notifications|messages:\w+|integration:act-as-user)\b/;

/** The scope that Zenvia names, or, where it names none, the one that SEED's table gives. */
function scopeOf(request: Request, said = ''): string {
	const { path, body } = request;
	const named = scope.exec(said)?.[0];
	if (named) return named;
	if (path.startsWith('/lead/')) return 'leads:write';
	if (path.startsWith('/notifications')) {
		const topics = dig(body, 'topics');
		// SEED, Notifications: "Events related to agents (requires act-as-user scope)".
		const isOfAgents = Array.isArray(topics) && topics.includes('agents');
		return isOfAgents ? 'notifications and, for agents, integration:act-as-user' : 'notifications';
	}
	if (path.includes('/as-user/')) return 'integration:act-as-user';
	if (path.endsWith('/messaging/channels')) return 'messages:channels';
	if (path.endsWith('/notification')) return 'messages:transactional';
	if (path.includes('/messaging/')) return 'messages:conversational';
	if (path.endsWith('/prospectAdditionalFields')) return 'prospects:readAdditionalData';
	// A transfer writes, but live it asks for prospects:read.
	return reads(request) || path.endsWith('/transfer') ? 'prospects:read' : 'prospects:write';
}

/** What a path names: /prospect/42/quote/7 is about quote 7. */
function subject({ path }: Pick<Request, 'path'>): string | undefined {
	const named = [
		...path.matchAll(/\/(prospect|quote|interaction|group|agent|subscription)s?\/([a-z0-9]{24})/g),
	];
	const [, thing, id] = named.at(-1) ?? [];
	return thing && `${thing} ${id}`;
}

function notFound(request: Request): string {
	const what = subject(request);
	const unserved = 'this operation may not be available for your account';
	return what
		? `Check that ${what} is in the account of this credential. If it is, ${unserved}.`
		: `Check the values of this item. If they are right, ${unserved}.`;
}
