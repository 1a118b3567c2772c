import pWaitFor from 'p-wait-for';

/**
 * Under load n8n takes its database for lost, and answers every call with 503, also to a webhook, until its next look
 * at it, two seconds later. Nothing was done then, so the call is made again. How long that goes on, in milliseconds.
 */
const patienceMs = 60_000;
const pauseMs = 250;

/**
 * Calls n8n, and again while it is busy.
 * @returns the first answer that is not 503, or the last one
 * @throws what the call throws
 */
export async function whileBusy<T extends { status: number }>(call: () => Promise<T>): Promise<T> {
	let answer = await call();
	const isDone = async () => answer.status !== 503 || (answer = await call()).status !== 503;
	const timeout = { milliseconds: patienceMs, fallback: () => undefined };
	await pWaitFor(isDone, { interval: pauseMs, timeout });
	return answer;
}
