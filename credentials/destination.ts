import { type IDataObject, type IHttpRequestOptions, UserError } from 'n8n-workflow';
import { trimAround } from './key';

/** Why a key may not be sent to an address, and what the person can do about it. */
export interface Objection {
	message: string;
	hint: string;
}

/**
 * Where a request goes, looked at before a key is put into it: all that sends with a credential passes here, its test
 * and n8n's own HTTP Request included.
 * @param vendor the vendor's name as people know it
 * @param data the credential's data
 * @returns the request's address
 * @throws UserError where it would show the key, or is not what the credential allows
 */
export function destination(vendor: string, data: IDataObject, request: IHttpRequestOptions): URL {
	const { url, baseURL } = request;
	// HTTP Request hands over `uri` (2.41.1 and 1.123.81, requestWithAuthentication).
	const path = url ?? (request as { uri?: string }).uri ?? '';
	const isBase = baseURL !== undefined && !URL.canParse(path);
	const whole = isBase && URL.canParse(path, baseURL) ? new URL(path, baseURL).href : path;
	// A path such as //host leads away from the base.
	const objection =
		(isBase
			? (objectionToTyped(vendor, baseURL, data) ?? objectionToBaseUrl(vendor, baseURL, data))
			: undefined) ?? objectionToAddress(vendor, whole, data);
	if (objection) throw new UserError(`${objection.message}. ${objection.hint}`);
	return new URL(whole);
}

/** What a test's expression takes out of the address that was typed in is refused inside it, as the nodes do. */
function objectionToTyped(
	vendor: string,
	address: string,
	{ baseUrl }: IDataObject,
): Objection | undefined {
	const typed = trimAround(String(baseUrl ?? ''));
	const isUsed = typed.replace(/\p{Cf}/gu, '').startsWith(address);
	if (!isUsed || !/[\p{Cc}\p{Cf}]/u.test(typed)) return undefined;
	return {
		message: `The base URL of the ${vendor} credential has a line break or an invisible character in it`,
		hint: 'Open the credential and enter the address again.',
	};
}

/** What speaks against the base address of a credential; nothing where a key may be sent there. */
export function objectionToBaseUrl(
	vendor: string,
	address: string,
	data: IDataObject,
): Objection | undefined {
	const what = problemOf(address) ?? excessOf(address);
	if (what === undefined) return objectionToHost(vendor, address, data);
	return {
		message: `The base URL of the ${vendor} credential ${what}`,
		hint: 'Open the credential and enter an address that begins with https://, without a user, ? or #.',
	};
}

/** The same for the whole address of a request. */
function objectionToAddress(
	vendor: string,
	address: string,
	data: IDataObject,
): Objection | undefined {
	const what = problemOf(address);
	if (what === undefined) return objectionToHost(vendor, address, data);
	return {
		message: `The key of the ${vendor} credential was not sent, since the address ${what}`,
		hint: 'Enter an address that begins with https://.',
	};
}

function problemOf(address: string): string | undefined {
	const invalid = `is "${shown(address)}", which is not a valid address`;
	if (!URL.canParse(address)) return invalid;
	const url = new URL(address);
	if (url.protocol !== 'https:' && url.protocol !== 'http:') return 'does not begin with https://';
	// https:/host and https:\\host are read all the same (WHATWG URL, 4.4), but the HTTP client does not take them.
	if (!/^\s{0,9}https?:\/\//i.test(address)) return invalid;
	if (url.protocol === 'http:' && !isLoopback(url))
		return 'begins with http://, which would show the key';
	return undefined;
}

/** As much of what was entered as tells it: no query, in which a key may stand, and neither user nor password. */
const shown = (address: string): string =>
	(address.split(/[?#]/, 1)[0] ?? '').replace(/^([^/]{0,9}\/\/)?.*@/s, '$1[hidden]@').slice(0, 60);

function excessOf(address: string): string | undefined {
	const { username, password } = new URL(address);
	// Looked for in the text, since a bare ? or # leaves no trace in the URL and swallows the path behind it.
	const isMore = /[?#]/.test(address) || username !== '' || password !== '';
	return isMore ? 'holds more than an address' : undefined;
}

/** Whether an address is this very machine, where a key does not travel. */
export function isLoopback(url: URL): boolean {
	return /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/.test(url.hostname);
}

/**
 * The domains that n8n lets a credential's owner restrict it to. n8n itself holds HTTP Request and
 * declarative nodes to them; a base URL that is typed in, or an expression's, is held to them here.
 */
function objectionToHost(
	vendor: string,
	address: string,
	{ allowedHttpRequestDomains: mode, allowedDomains }: IDataObject,
): Objection | undefined {
	const { hostname } = new URL(address);
	const patterns = String(allowedDomains ?? '')
		.toLowerCase()
		.split(',')
		.map((one) => one.trim());
	// n8n: *.example.com has what is below example.com, and not example.com.
	const isListed = patterns.some((one) =>
		one.startsWith('*.') ? hostname.endsWith(one.slice(1)) : hostname === one,
	);
	if (mode !== 'domains' || isListed) return undefined;
	return {
		message: `The ${vendor} credential does not allow ${hostname}`,
		hint: 'Open the credential and correct its base URL, or add this host to Allowed Domains.',
	};
}
