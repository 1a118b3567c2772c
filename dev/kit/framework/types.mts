import type { IncomingHttpHeaders } from 'node:http';
import type { Decision, LimitSettings } from './limiter.mts';
import type { Journal } from './recorder.mts';

/** A JSON object of unknown content. */
export type Json = Record<string, unknown>;

/** One breach of the contract by a request. `where` says which part of the request it is in. */
export interface Violation {
	where: 'route' | 'path' | 'query' | 'header' | 'body';
	/** JSON pointer within that part, '' for the part itself. */
	pointer: string;
	/** The JSON Schema keyword that failed, or `route`, `media-type`, `undocumented`. */
	keyword: string;
	message: string;
}

/** A file of a multipart body. */
export interface UploadedFile {
	name: string;
	type: string;
	bytes: Buffer;
}

/** A request as a vendor's handlers see it: routed, parsed and held against the contract. */
export interface Call {
	/** Number of the request since the start, from 1; the same as in its record. */
	id: number;
	method: string;
	/** The path as it was sent, still percent-encoded, without the query. */
	path: string;
	/** Path parameters, decoded; numbers where the contract says so and the text allows it. */
	params: Json;
	/** Query parameters by their names as sent (`status[]` keeps its brackets). */
	query: Json;
	headers: IncomingHttpHeaders;
	/** Parsed JSON, form fields (files as {@link UploadedFile}), or text; undefined if none came. */
	body: unknown;
	/** The body byte for byte. */
	rawBody: Buffer;
	/** Undefined where the contract has no such method and path. */
	operationId: string | undefined;
	violations: Violation[];
}

/** What a handler answers. An object as `body` is sent as JSON; none, as an empty body. */
export interface Answer {
	status: number;
	body?: unknown;
	headers?: Record<string, string>;
}

/** Answers one operation; the contract's `operationId` is its key in {@link Vendor.handlers}. */
export type Handler = (call: Call) => Answer | Promise<Answer>;

/** An answer as it goes out: its body in bytes. */
export interface RawAnswer {
	status: number;
	headers: Record<string, string>;
	body: Buffer | string;
}

/** What the record calls a fault that has several forms; its kind, if none. */
interface Named {
	name?: string;
}

/**
 * What goes wrong with one request. Where `when` is `before`, the handler never runs; `after`, the
 * write is done and its answer is lost or spoilt.
 * - `answer`: this in place of the handler's answer (an HTML 502, a 429 with a date, …).
 * - `alter`: the handler runs, and its answer is changed (empty body, wrong content type, JSON cut
 *   short but complete as HTTP, …).
 * - `drop`: the connection is reset without an answer.
 * - `stall`: nothing is sent for `ms` milliseconds, then the connection is reset.
 * - `cut`: the handler runs, `bytes` of its body are sent, and the connection is reset.
 * - `refuse`: the request is answered; then no connection is taken for `ms` milliseconds.
 */
export type Fault = Named &
	(
		| { kind: 'answer'; when: 'before' | 'after'; answer: Answer }
		| { kind: 'alter'; alter: (answer: RawAnswer) => RawAnswer }
		| { kind: 'drop'; when: 'before' | 'after' }
		| { kind: 'stall'; when: 'before' | 'after'; ms: number }
		| { kind: 'cut'; bytes: number }
		| { kind: 'refuse'; ms: number }
	);

/** Called for each request before all else; what it gives is done to that request. */
export type FaultHook = (call: Call) => Fault | undefined;

/** A vendor's behaviour with its state: made anew at the start and at each reset. */
export interface Vendor {
	/** One for each operationId of the contract; a missing one is refused at the start. */
	handlers: Record<string, Handler>;
	/** Refuses a request without a right key; undefined lets it through. Runs before the handler. */
	authenticate?(call: Call): Answer | undefined;
	/** Answers a request that breaks the contract; undefined lets the handler have it. */
	invalid?(call: Call): Answer | undefined;
	/** Answers a path or method that the contract does not have. Default: 404 without a body. */
	notFound?(call: Call): Answer;
	/** Whose allowance a request uses up. Default: all requests share one. */
	limitKey?(call: Call): string;
	/** Answers a request beyond the limit. Default: 429 without a body. */
	limited?(decision: Decision): Answer;
	/** What `POST /_sim/actions/<name>` can do: "end conversations" and the like. */
	actions?: Record<string, (input: Json) => unknown>;
	/** Counts for `GET /_sim/state`. */
	summary?(): Json;
	/** Ends what the vendor has under way (timers, deliveries) at reset and close. */
	close?(): void;
}

/** What the framework gives a vendor's module to work with. */
export interface SimulatorContext {
	/** The log of what was really done: the judge for "done twice". */
	journal: Journal;
	/** Throws unless `payload` is what the contract's `webhooks` section says of `event`. */
	checkWebhook(event: string, payload: unknown): void;
	/** Tells of a fault of the simulator itself: `close()` will throw it. */
	defect(message: string): void;
}

/** A vendor as a simulator can be started for it. */
export interface VendorDefinition<V extends Vendor> {
	name: string;
	/** The OpenAPI document. */
	contract: URL;
	/** The limit that the vendor documents, used where a start asks for `limit: 'documented'`. */
	documentedLimit?: LimitSettings;
	/** The body of a refusal under HTTP 200 that its document shows, where one fits the call: one that passes. */
	refusalIn200?(call: Call): Json | undefined;
	create(context: SimulatorContext): V;
}
