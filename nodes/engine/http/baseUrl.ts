import type { IDataObject } from 'n8n-workflow';
import type { Vendor } from './vendor';
import { ApiError } from './apiError';
import { quote } from '../util/text';

/**
 * The base address that a key may be sent to.
 * @param data the credential's data
 * @throws ApiError where it is none, would show the key, or is not what the credential allows
 */
export function checkedAddress(
	{ name: vendor }: Vendor,
	address: string,
	data: IDataObject,
): string {
	const trimmed = address.trim().replace(/\/+$/, '');
	const problem = addressProblem(trimmed);
	if (problem !== undefined) {
		throw new ApiError(`The base URL of the ${vendor} credential ${problem}`, {
			hint: 'Open the credential and enter an address that begins with https://, without ? or #.',
		});
	}
	const { hostname } = new URL(trimmed);
	if (!isAllowed(hostname, data)) {
		throw new ApiError(`The ${vendor} credential does not allow ${hostname}`, {
			hint: 'Open the credential and correct its base URL, or add this host to Allowed Domains.',
		});
	}
	return trimmed;
}

/**
 * The domains that n8n lets a credential's owner restrict it to. n8n itself holds HTTP Request and
 * declarative nodes to them; a base URL that is typed in, or an expression's, is held to them here.
 */
function isAllowed(
	host: string,
	{ allowedHttpRequestDomains: mode, allowedDomains }: IDataObject,
): boolean {
	if (mode !== 'domains') return true;
	const patterns = String(allowedDomains ?? '')
		.toLowerCase()
		.split(',')
		.map((one) => one.trim());
	// n8n: *.example.com has what is below example.com, and not example.com.
	return patterns.some((one) =>
		one.startsWith('*.') ? host.endsWith(one.slice(1)) : host === one,
	);
}

function addressProblem(address: string): string | undefined {
	if (!URL.canParse(address)) return `is ${quote(address)}, which is not a valid address`;
	const url = new URL(address);
	if (url.protocol !== 'https:' && url.protocol !== 'http:') return 'does not begin with https://';
	if (url.protocol === 'http:' && !isLoopback(url))
		return 'begins with http://, which would show the key';
	// Looked for in the text, since a bare ? or # leaves no trace in the URL and swallows the path behind it.
	if (/[?#]/.test(address) || url.username || url.password) return 'holds more than an address';
	return undefined;
}

/** Whether an address is this very machine, where a key does not travel. */
export function isLoopback(url: URL): boolean {
	return /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/.test(url.hostname);
}
