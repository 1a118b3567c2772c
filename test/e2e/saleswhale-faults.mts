import type { Call, Fault } from '../../dev/kit/simulator.mts';
import { needlesOf, searchFor } from '../attack/secrets.mts';

/** Stays as it is in URLs, forms, HTML and JSON, so that it is found in whatever was made of the key. */
const core = 'Zq7kWuX2vNdR5t';
/** The end makes + and / in base64, and is what is cut off where the engine cuts words short. */
export const key = `k/+=&~ ^"${core}/???+>>>tail`;

/** In which forms a text holds the key. */
export const foundIn = searchFor(needlesOf(core, key));

const urlOf = ({ path, query }: Call) =>
	`http://127.0.0.1${path}?${new URLSearchParams(query as Record<string, string>)}`;
const says = (message: string) => ({ errors: [{ id: 'ff', message, status: 'refused' }] });
const answer = (
	status: number,
	body?: object | string,
	headers?: Record<string, string>,
): Fault => ({
	kind: 'answer',
	when: 'before',
	answer: { status, body, headers },
});

export const forms = [
	key,
	encodeURIComponent(key),
	String(new URLSearchParams({ key })),
	encodeURI(key),
];
/** Most characters of the vendor's words that the engine keeps; here the key's last four characters lie beyond. */
const cutInKey = `${'x'.repeat(500 - key.length + 4)}${key}`;

/** Answers that show the key, or go where it would be shown, by what they are. */
export const faults: Record<string, (call: Call) => Fault> = {
	'401 that echoes the key': () => answer(401, says(`The key ${key} is not valid.`)),
	'403 that echoes the key in all forms': () => answer(403, says(forms.join(' | '))),
	'404 that echoes the whole URL and the key': (call) =>
		answer(404, says(`No ${urlOf(call)} for ${key}`)),
	'422 that echoes the key as `detail`': () =>
		answer(422, { errors: [{ detail: `Bad token ${key}` }] }),
	'422 whose words are cut in the key': () => answer(422, says(cutInKey)),
	'400 that echoes the key in base64': () => answer(400, says(Buffer.from(key).toString('base64'))),
	'302 to a URL with the key': (call) => answer(302, undefined, { location: urlOf(call) }),
	'200 without what it should hold': () => answer(200, { token: key }),
};
/** What is tried again where it may be, so that each takes half a minute: only for writes, which are not. */
export const passingFaults: Record<string, (call: Call) => Fault> = {
	'200 with HTML': (call) =>
		answer(200, `<a href="${urlOf(call)}">${key}</a>`, { 'content-type': 'text/html' }),
	'500 with HTML': (call) =>
		answer(500, `<h1>${urlOf(call)} ${key}</h1>`, { 'content-type': 'text/html' }),
	'a dropped connection': () => ({ kind: 'drop', when: 'before' }),
	'a stalled connection': () => ({ kind: 'stall', when: 'before', ms: 300 }),
};
