import type { Answer } from '../../../kit/simulator.mts';

/** WL: {success, message, code}, with data where there is some. */
export function ok(data?: unknown): Answer {
	const envelope = { success: true, message: 'ok', code: 200 };
	return { status: 200, body: data === undefined ? envelope : { ...envelope, data } };
}

/** The same, where it is refused, with a sentence for each thing that is wrong. */
export function refusal(status: number, message: string, ...data: string[]): Answer {
	return { status, body: { success: false, message, code: status, data } };
}
