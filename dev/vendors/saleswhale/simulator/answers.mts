import { randomBytes } from 'node:crypto';
import type { Answer, Call } from '../../../kit/simulator.mts';

const STATUS_NAMES: Record<number, string> = {
	400: 'bad_request',
	401: 'unauthorized',
	404: 'not_found',
	422: 'unprocessable_entity',
	429: 'too_many_requests',
};

/** No document names a default or an upper bound: both are inferred. */
const DEFAULT_PER_PAGE = 25;
const MAX_PER_PAGE = 100;

/** A refusal in the vendor's shape (SEED, Errors). */
export function refusal(status: number, ...messages: string[]): Answer {
	const errors = messages.map((message) => ({
		id: randomBytes(15).toString('hex'),
		message,
		status: STATUS_NAMES[status],
	}));
	return { status, body: { errors } };
}

/** Thrown where a handler has to refuse; the vendor turns it into its answer. */
export class Refusal extends Error {
	readonly answer: Answer;

	constructor(status: number, ...messages: string[]) {
		super(messages.join(' '));
		this.answer = refusal(status, ...messages);
	}
}

/** The record with this id; refuses with 422 where there is none (SEED, Errors, sample). */
export function find<T>(kind: string, records: Map<number, T>, id: unknown): T {
	const record = records.get(Number(id));
	if (record === undefined) throw new Refusal(422, `${kind} ${String(id)} does not exist.`);
	return record;
}

/** One page of `records` under `name`, with meta (SEED, Pagination). */
export function page(name: string, records: readonly unknown[], { query }: Call): Answer {
	const { start, size, meta } = pageOf(records.length, query);
	return { status: 200, body: { [name]: records.slice(start, start + size), meta } };
}

/** The same of records that stand oldest first, with the newest on the first page. */
export function newestPage(name: string, records: readonly unknown[], { query }: Call): Answer {
	const { start, size, meta } = pageOf(records.length, query);
	const end = Math.max(0, records.length - start);
	const newest = records.slice(Math.max(0, end - size), end).reverse();
	return { status: 200, body: { [name]: newest, meta } };
}

function pageOf(count: number, query: Call['query']) {
	const current = Number(query['page'] ?? 1);
	const size = Math.min(Number(query['per_page'] ?? DEFAULT_PER_PAGE), MAX_PER_PAGE);
	const pages = Math.ceil(count / size);
	const meta = {
		current_page: current,
		next_page: current < pages ? current + 1 : null,
		prev_page: current > 1 ? current - 1 : null,
		total_pages: pages,
		total_count: count,
	};
	return { start: (current - 1) * size, size, meta };
}

/** The values of a list parameter; undefined where it was not sent. */
export function list({ query }: Call, name: string): string[] | undefined {
	const value = query[name];
	if (value === undefined) return undefined;
	return (Array.isArray(value) ? value : [value]).map(String);
}
