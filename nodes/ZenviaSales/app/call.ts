import type { IDataObject } from 'n8n-workflow';
import { isRecord } from '../../engine/util/json';

/** What Zenvia calls on an app: SEED, App Lifecycle and Extension Points. */
const appEvents = [
	'installed',
	'settingsForm',
	'settings',
	'settingsChanged',
	'enabledChanged',
	'keyRefreshed',
	'deleted',
	'report',
	'button',
] as const;

/** One of the events that Zenvia calls an app for. */
export type AppEvent = (typeof appEvents)[number];

/** A request, without what n8n adds. */
export interface AppRequest {
	method: string;
	query: IDataObject;
	/** The JSON object that came, empty if none. */
	body: IDataObject;
}

/** The query parameter by which the addresses given to Zenvia can name the call, where bodies cannot. */
const eventParameter = 'event';

/** What credentials are called: SEED shows them in a body, and `api-key` in the queries of the vendor's own API. */
const credentialNames = ['appId', 'appSecret', 'integration', 'apiKey', 'newApiKey', 'api-key'];

/** What the address of a report or a button holds for the workflow. */
export function valuesOf(query: IDataObject): IDataObject {
	const others = [...credentialNames, 'signature', eventParameter].map(spelt);
	return Object.fromEntries(
		Object.entries(query).filter(([name]) => !others.includes(spelt(name))),
	);
}

/** A name as it is, whether apiKey, api-key, api_key or API-Key. */
const spelt = (name: string): string => name.toLowerCase().replace(/[-_]/g, '');

/**
 * The settings in a body: those that the app's own form names, and no others. Whatever else comes along, such as a key
 * under a name that no document has, is neither kept nor handed on.
 */
export const settingsIn = (body: IDataObject, names: ReadonlySet<string>): IDataObject =>
	Object.fromEntries(
		Object.entries(body).filter(([name]) => names.has(name) && !credentialNames.includes(name)),
	);

/** The names of a form's inputs, in whatever sections they are. */
export function inputNames(form: unknown): string[] {
	if (Array.isArray(form)) return form.flatMap(inputNames);
	if (!isRecord(form)) return [];
	const { inputs, ...others } = form;
	const own = Array.isArray(inputs) ? inputs.filter(isRecord).map(({ name }) => name) : [];
	const named = own.filter((name) => typeof name === 'string');
	return [...named, ...Object.values(others).flatMap(inputNames)];
}

/** Extension points are told by their signature: no other call has one. */
export const isExtensionPoint = ({ method, query }: AppRequest): boolean =>
	method === 'GET' && typeof query.signature === 'string';

/**
 * Which call it is; undefined where it is none. The address may name it. Else body and method tell:
 * SEED has the bodies, and of the methods only the PUT of settings (the others are inferred).
 * @param settings the names of the app's own settings
 */
export function eventOf(request: AppRequest, settings: ReadonlySet<string>): AppEvent | undefined {
	const { method, query, body } = request;
	const named = appEvents.find((event) => event === query[eventParameter]);
	const isExtension = named === 'report' || named === 'button';
	if (isExtensionPoint(request)) {
		// A signed address is in a user's hands: it opens what it is for, and does nothing else.
		if (isExtension) return named;
		// SEED adds `range` to the address of each report, and to no button's.
		return 'range' in query ? 'report' : 'button';
	}
	if (isExtension) return undefined;
	// The form and the settings are asked for in the same way, so the form's address has to say so.
	if (method === 'GET') return named === 'settingsForm' ? named : 'settings';
	if (method === 'DELETE') return 'deleted';
	if (named) return named;
	if (typeof body.newApiKey === 'string') return 'keyRefreshed';
	const others = Object.keys(settingsIn(body, settings)).filter((name) => name !== 'enabled');
	if (others.length > 0) return 'settingsChanged';
	if (typeof body.enabled === 'boolean') return 'enabledChanged';
	return isRecord(body.integration) ? 'installed' : undefined;
}

/** The app's ID and secret as a caller shows them, and the API key of the instance that it is about. */
export interface Shown {
	appId: string;
	appSecret: string;
	apiKey: string;
}

/**
 * SEED: "All requests ... include the corresponding Client ID and Secret" and the API key; only the body of
 * the installation shows where. So the body, then the query, then HTTP Basic are looked at. That the query may
 * call the key `api-key` is inferred: it does in all calls of the vendor's own API.
 */
export function shownBy({ query, body }: AppRequest, authorization: unknown): Shown {
	const integration = isRecord(body.integration) ? body.integration : {};
	const [basicId = '', basicSecret = ''] = basic(authorization);
	const text = (...values: unknown[]) =>
		String(values.find((one) => typeof one === 'string' && one !== '') ?? '');
	return {
		appId: text(body.appId, query.appId, basicId),
		appSecret: text(body.appSecret, query.appSecret, basicSecret),
		apiKey: text(integration.apiKey, body.apiKey, query.apiKey, query['api-key']),
	};
}

function basic(authorization: unknown): string[] {
	const [scheme, encoded = ''] = typeof authorization === 'string' ? authorization.split(' ') : [];
	if (scheme?.toLowerCase() !== 'basic') return [];
	const text = Buffer.from(encoded, 'base64').toString();
	const colon = text.indexOf(':');
	return colon < 0 ? [] : [text.slice(0, colon), text.slice(colon + 1)];
}

/** An address without its parameter `signature`, every other byte as it was (SEED, Request Signature). */
export function withoutSignature(address: string): string {
	const [path = '', query = ''] = splitAt(address, '?');
	const rest = query
		.split('&')
		.filter((pair) => pair !== '' && splitAt(pair, '=')[0] !== 'signature');
	return rest.length > 0 ? `${path}?${rest.join('&')}` : path;
}

function splitAt(text: string, mark: string): [string, string] {
	const position = text.indexOf(mark);
	return position < 0 ? [text, ''] : [text.slice(0, position), text.slice(position + 1)];
}
