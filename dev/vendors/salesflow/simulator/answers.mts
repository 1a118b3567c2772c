import type { Answer } from '../../../kit/simulator.mts';

/** Whether a refusal's status is HTTP's too, or stands in the body of a 200. No document says. */
export type RefusalStyle = 'http' | 'body';

/** Thrown where a handler has to refuse; the vendor turns it into its answer. */
export class Refusal extends Error {
	constructor(
		readonly status: number,
		message: string,
	) {
		super(message);
	}

	/** {Status, Message} (SEED, Start campaign). */
	answer(style: RefusalStyle): Answer {
		const body = { Status: this.status, Message: this.message };
		return { status: style === 'http' ? this.status : 200, body };
	}
}

export const ok = (body: unknown): Answer => ({ status: 200, body });

/** SEED, DeleteContact and others: Status 204 in a body, which HTTP can only carry under 200. */
export const gone = (): Answer => ok({ Status: 204, Message: null });

/** The record with this id; refuses with 404 where there is none (beyond campaigns: inferred). */
export function find<T>(kind: string, records: Map<number, T>, id: unknown): T {
	const record = records.get(Number(id));
	if (record === undefined) throw new Refusal(404, `${kind} not found`);
	return record;
}
