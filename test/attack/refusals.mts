import type { Call, Fault, RawAnswer } from '../../dev/kit/simulator.mts';

const urlOf = ({ path, query }: Call) =>
	`http://127.0.0.1${path}?${new URLSearchParams(query as Record<string, string>)}`;

/** An answer that shows the key in its words: in the URL, in headers, as it is, and in base64. */
export const refusal =
	(status: number, key: string) =>
	(call: Call): Fault => {
		const inBase64 = Buffer.from(key).toString('base64');
		const echo = [urlOf(call), JSON.stringify(call.headers), key, inBase64].join(' ');
		// Each vendor has its own place for words.
		const body = { message: echo, Message: echo, data: [echo], errors: [{ message: echo }] };
		return { kind: 'answer', when: 'before', answer: { status, body } };
	};

/** A good answer that shows the key: each object of it has the key in a value and in a name. */
export function repeating(key: string): () => Fault {
	const withKey = (value: unknown): unknown => {
		if (Array.isArray(value)) return value.map(withKey);
		if (typeof value !== 'object' || value === null) return value;
		const inner = Object.entries(value).map(([name, one]) => [name, withKey(one)]);
		return { ...Object.fromEntries(inner), echo: { url: `https://a.io/?k=${key}` }, [key]: key };
	};
	const alter = (answer: RawAnswer): RawAnswer =>
		answer.body === ''
			? answer
			: { ...answer, body: JSON.stringify(withKey(JSON.parse(String(answer.body)))) };
	return () => ({ kind: 'alter', alter });
}
