import type { Answer, Call, Handler, Json } from '../../../kit/simulator.mts';

/** A refusal in the vendor's shape: PHP21 has message and code, live answers add a summary (SOFIA). */
export function refusal(status: number, code: string, message: string): Answer {
	return { status, body: { code, message, summary: message } };
}

/** Thrown where a handler has to refuse; the vendor turns it into its answer. */
export class Refusal extends Error {
	readonly answer: Answer;

	constructor(status: number, code: string, message: string) {
		super(message);
		this.answer = refusal(status, code, message);
	}
}

/** 404 with an empty body, as live answers to writes about an unknown prospect are (SOFIA). */
export class EmptyNotFound extends Error {
	readonly answer: Answer = { status: 404 };
}

/** The record with this id; refuses with 404 where there is none. */
export function find<T>(kind: string, records: Map<string, T>, id: unknown): T {
	const record = records.get(String(id));
	if (record === undefined) throw new Refusal(404, 'NOT_FOUND', `${kind} not found`);
	return record;
}

export const ok = (body: unknown): Answer => ({ status: 200, body });
export const created = (body: unknown): Answer => ({ status: 201, body });

/** The body as an object; the contract has already said no to anything else. */
export const bodyOf = ({ body }: Call): Json => (body ?? {}) as Json;

/** A query parameter as text, undefined where it was not sent. */
export function text({ query }: Call, ...names: string[]): string | undefined {
	const value = names.map((name) => query[name]).find((one) => one !== undefined);
	return value === undefined ? undefined : String(value);
}

/** A query parameter's values, undefined where it was not sent. */
export function texts({ query }: Call, ...names: string[]): string[] | undefined {
	const value = names.map((name) => query[name]).find((one) => one !== undefined);
	if (value === undefined) return undefined;
	return (Array.isArray(value) ? value : [value]).flatMap((one) => String(one).split(','));
}

/** Lets a handler refuse by throwing. */
export function refusing(handler: (call: Call) => Answer): Handler {
	return (call) => {
		try {
			return handler(call);
		} catch (error) {
			if (error instanceof Refusal || error instanceof EmptyNotFound) return error.answer;
			throw error;
		}
	};
}
