import type { Answer, Call, Fault, RawAnswer, Simulator } from '../simulator.mts';

/** How the faults are measured out, in milliseconds. */
export interface FaultTimes {
	/** Longest stall of an answer; then the connection is reset. */
	stallMs: number;
	/** How long connections are refused. */
	refuseMs: number;
	/** Shortest wait that a refusal asks for; headers that count in seconds round it up. */
	waitMs: number;
}

/** One thing that may go wrong. */
export interface FaultKind {
	name: string;
	/** How often it is chosen, beside others with 1. */
	weight: number;
	/** @returns undefined where it cannot happen to this call */
	of(call: Call, times: FaultTimes, simulator: Simulator): Fault | undefined;
}

const html = (status: number, title: string): Answer => ({
	status,
	headers: { 'content-type': 'text/html; charset=utf-8' },
	body: `<html><head><title>${status} ${title}</title></head><body><h1>${title}</h1></body></html>`,
});

const inPlace = (answer: Answer): Fault => ({ kind: 'answer', when: 'before', answer });
const instead = (answer: Answer): Fault => ({ kind: 'answer', when: 'after', answer });
const altered = (alter: (answer: RawAnswer) => RawAnswer): Fault => ({ kind: 'alter', alter });

/** The whole second in which a wait is over, as HTTP dates and X-RateLimit-Reset have it. Milliseconds. */
const endOf = (waitMs: number): number => Math.ceil((Date.now() + waitMs) / 1000) * 1000;

const tooSoon = (headers: Record<string, string> = {}): Fault =>
	inPlace({ status: 429, headers, body: { message: 'Too many requests' } });

/** Some of the body, and never all of it. */
const half = (body: RawAnswer['body']): Buffer => {
	const whole = Buffer.from(body as string);
	return whole.subarray(0, Math.floor(whole.length / 2));
};

const kind = (name: string, of: FaultKind['of'], weight = 1): FaultKind => ({ name, weight, of });

/** What an injected X-RateLimit-Limit says, so that it agrees with a simulator's own. */
export const REQUESTS_A_MINUTE = 1200;

/** A stall holds its request up for a minute: few show all that there is to see. */
const SELDOM = 0.2;

/** All faults. Where the name says no "after the write", the vendor has done nothing. */
export const faultKinds: readonly FaultKind[] = [
	kind('429, Retry-After in seconds', (_, { waitMs }) =>
		tooSoon({ 'Retry-After': String(Math.ceil(waitMs / 1000)) }),
	),
	kind('429, Retry-After as a date', (_, { waitMs }) =>
		tooSoon({ 'Retry-After': new Date(endOf(waitMs)).toUTCString() }),
	),
	kind('429, no header', () => tooSoon()),
	kind('429, X-RateLimit-Reset', (_, { waitMs }) =>
		tooSoon({
			'X-RateLimit-Limit': String(REQUESTS_A_MINUTE),
			'X-RateLimit-Remaining': '0',
			'X-RateLimit-Reset': String(endOf(waitMs) / 1000),
		}),
	),
	kind('500, HTML', () => inPlace(html(500, 'Internal Server Error'))),
	kind('502, HTML', () => inPlace(html(502, 'Bad Gateway'))),
	kind('503, HTML', () => inPlace(html(503, 'Service Unavailable'))),
	kind('502, HTML, after the write', () => instead(html(502, 'Bad Gateway'))),
	kind('connection refused', (_, { refuseMs }) => ({ kind: 'refuse', ms: refuseMs })),
	kind('reset before the answer', () => ({ kind: 'drop', when: 'before' })),
	kind('reset in the answer, after the write', () => ({ kind: 'cut', bytes: 1 })),
	kind('stall', (_, { stallMs }) => ({ kind: 'stall', when: 'before', ms: stallMs }), SELDOM),
	kind(
		'stall, after the write',
		(_, { stallMs }) => ({ kind: 'stall', when: 'after', ms: stallMs }),
		SELDOM,
	),
	kind('JSON cut short, after the write', () =>
		altered((answer) => ({ ...answer, body: half(answer.body) })),
	),
	kind('empty body, after the write', () => altered((answer) => ({ ...answer, body: '' }))),
	kind('JSON as text/plain, after the write', () =>
		altered((answer) => ({
			...answer,
			headers: { ...answer.headers, 'content-type': 'text/plain' },
		})),
	),
	kind('HTML under 200, after the write', () => instead(html(200, 'Welcome'))),
	kind('refusal under 200', (call, _, simulator) => {
		const body = simulator.refusalIn200(call);
		return body && inPlace({ status: 200, body });
	}),
	kind('answer lost, after the write', () => ({ kind: 'drop', when: 'after' })),
];
