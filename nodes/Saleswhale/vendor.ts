import { type IDataObject } from 'n8n-workflow';
import { isEmpty } from '../engine/form/empty';
import type { Answer } from '../engine/http/response';
import type { Vendor } from '../engine/http/vendor';
import { byPageNumber } from '../engine/pagination/pages';
import type { Request } from '../engine/http/request';
import { isRecord, dig, own } from '../engine/util/json';
import { withoutTrailing } from '../engine/util/text';

const isMissing = /does not exist/i;
const isLeadMissing = /\blead (\d+ )?does not exist/i;

/** What is particular to Saleswhale. SEED is the vendor's own document, shared with the contract. */
export const saleswhale: Vendor = {
	name: 'Saleswhale',
	credential: 'saleswhaleApi',
	secrets: ['apiKey'],
	address: ({ baseUrl }) => `${withoutApi(String(baseUrl))}/api/v2`,
	// SEED, Errors: "Limit is 5 requests per second."
	limit: ({ requestsPerSecond = 5 }) =>
		Number(requestsPerSecond) > 0
			? { requests: Number(requestsPerSecond), perMs: 1000 }
			: undefined,
	errorMessage: words,
	status: statusOf,
	label: ({ path }) => {
		const [, thing, id] = /^\/(lead|enrolment|conversation)s\/(\w+)/.exec(path) ?? [];
		return thing && `${thing} ${id}`;
	},
	// SEED, Errors, sample: 422, and "does not exist".
	isAbsent,
	hint: advice,
};

function isAbsent({ status, body }: Answer): boolean | undefined {
	if (status !== unprocessable) return false;
	const said = words(body);
	return said === undefined ? undefined : isMissing.test(said);
}

/** SEED prints its addresses with /api/v2, so people paste them so. */
function withoutApi(address: string): string {
	const bare = withoutTrailing(address, '/');
	return bare.endsWith('/api/v2') ? withoutTrailing(bare.slice(0, -'/api/v2'.length), '/') : bare;
}

/** SEED, Errors: 422 says what is not there, what is not allowed, and what does not fit. */
function advice(status: number, request: Request, said = ''): string | undefined {
	const { method, path, body, label } = request;
	if (status === 404 && path === '/enrolments') {
		return 'Saleswhale does not list the enrolments of this account. Get them one by one, by their IDs.';
	}
	if (status !== 422) return undefined;
	if (method === 'POST' && path === '/enrolments') {
		return 'Check that the lead and the campaign exist, and that the campaign is scheduled or running.';
	}
	const isLeadWrite = path.startsWith('/leads') && (method === 'POST' || method === 'PUT');
	// A lead's owner and its custom attributes may be what does not exist.
	if ((isLeadWrite ? isLeadMissing : isMissing).test(said)) {
		return 'Check the ID, and that it belongs to the team of this credential.';
	}
	// A call of one's own has no such switch, and no label.
	if (method === 'DELETE' && dig(body, 'force') === false) {
		return 'Switch on Force to cancel a conversation that is going on, and delete the lead.';
	}
	if (!isLeadWrite) return undefined;
	const ofCreate =
		label === undefined
			? 'Another lead may have the same e-mail address.'
			: "For a lead whose e-mail is already there, set 'If It Exists' to Skip or Update.";
	const ofUpdate = 'Two leads cannot have one e-mail address.';
	return `Check the values of this item. ${method === 'POST' ? ofCreate : ofUpdate}`;
}

/**
 * SEED, Errors: {errors: [{id, message, status}]}; older servers say `detail` in place of `message`. Texts alone, and
 * lists of them by the field's name, are what servers of this kind answer besides (inferred).
 */
function words(body: unknown): string | undefined {
	const said = [dig(body, 'errors') ?? dig(body, 'error')].flat().flatMap((one) => wordsIn(one));
	return said.length > 0 ? said.join(' ') : undefined;
}

function wordsIn(error: unknown): string[] {
	if (!isRecord(error)) return textsIn(error);
	const whole = error.message ?? error.detail;
	if (whole !== undefined) return textsIn(whole);
	return Object.entries(error)
		.filter(([, texts]) => Array.isArray(texts))
		.flatMap(([name, texts]) => textsIn(texts).map((text) => `${name} ${text}`));
}

const textsIn = (one: unknown): string[] =>
	[one].flat().filter((text) => typeof text === 'string' && text !== '') as string[];

const unprocessable = 422;

/** SEED, Errors: what `status` calls the codes. */
const codes: Record<string, number> = {
	bad_request: 400,
	unauthorized: 401,
	not_found: 404,
	unprocessable_entity: unprocessable,
	too_many_requests: 429,
	internal_server_error: 500,
};

/**
 * SEED, Delete a Lead: an error is "returned as an object", and nothing says under which code: a body of errors alone
 * refuses under 200, too. 409 is "Time Out: Your session timed out" (SUP 115003646334; an older copy of SEED): as with a
 * gateway that timed out, what was asked may be done.
 */
function statusOf({ status, body }: Answer): number {
	if (status === 409) return 504;
	const errors = dig(body, 'errors');
	const isRefusal = isRecord(body) && Object.keys(body).length === 1 && !isEmpty(errors);
	if (status >= 300 || !isRefusal) return status;
	const [first] = [errors].flat();
	return own(codes, String(dig(first, 'status'))) ?? unprocessable;
}

/** Records on a page. The document names no largest page; its own example asks for 5, lists of this size are common. */
export const pageSize = 100;

/** SEED, Pagination: the numbers of `meta` are integers; a text of digits is none the less. */
function metaNumber(body: unknown, name: 'current_page' | 'next_page' | 'total_pages') {
	const number = dig(body, 'meta', name);
	const isText = typeof number === 'string' && /^\d{1,9}$/.test(number);
	return typeof number === 'number' || isText ? Number(number) : undefined;
}

/**
 * SEED, Pagination: the number of the page after an answer's. No meta, no further page; where it names none, and is not
 * the last, it is the one after it.
 */
export function nextPage(body: unknown): number | undefined {
	if (dig(body, 'meta', 'next_page') !== undefined) return metaNumber(body, 'next_page');
	const current = metaNumber(body, 'current_page');
	return current !== undefined && current < (totalPages(body) ?? 0) ? current + 1 : undefined;
}

const totalPages = (body: unknown): number | undefined => metaNumber(body, 'total_pages');

/** Whether there is no page behind one: one without records is the last, unless its total says that there are more. */
export function isLastPage(body: unknown, records: readonly unknown[]): boolean {
	const next = nextPage(body);
	return next === undefined || (records.length === 0 && next > (totalPages(body) ?? 0));
}

/** SEED, Pagination: page and per_page go in, meta comes back. */
export const pages = byPageNumber({
	page: 'page',
	size: { parameter: 'per_page', most: pageSize },
	next: nextPage,
	total: totalPages,
	identity: ({ id }) => id,
});

/** firstName becomes first_name, as the vendor writes it. */
export function snakeCase(values: IDataObject): IDataObject {
	return Object.fromEntries(
		Object.entries(values).map(([name, value]) => [
			name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
			value,
		]),
	);
}
