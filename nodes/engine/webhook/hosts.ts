/** Names that lead inside, whatever a resolver says: this machine, and what RFC 6761, 6762 and 8375 set apart. */
const insideNames =
	/(^|\.)(localhost|localdomain|local|internal|private|intranet|lan|corp|home|home\.arpa|test|invalid|onion)$/;

const ipV4 = /^\d{1,3}(\.\d{1,3}){3}$/;

/**
 * Whether a host is not a public name: an IP address of any kind and notation, this machine, a name without
 * a dot, or one of a domain that exists inside networks only. Addresses are refused whole, public ones
 * too, since a service that serves files does so under a name.
 * @param host as URL.hostname gives it: in lower case, and 0x7f.1 already as 127.0.0.1 (WHATWG URL, 3.5)
 */
export function isInside(host: string): boolean {
	const name = host.replace(/\.$/, '');
	return name.startsWith('[') || ipV4.test(name) || !name.includes('.') || insideNames.test(name);
}

/** IPv4 addresses of this machine and of networks inside, of documents, tests and groups (RFC 6890, 1112), and IPv6 ones
 * (RFC 4291, 3879, 4193, 3849), as URL writes them. */
const insideV4 =
	/^(0|10|127|169\.254|192\.168|172\.(1[6-9]|2\d|3[01])|100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7])|192\.0\.[02]|198\.1[89]|198\.51\.100|203\.0\.113|22[4-9]|2[3-5]\d)\./;
const insideV6 = /^\[(::|f[cdf]|fe[89a-f]|2001:db8:)/;

/**
 * Whether nobody outside can reach a host: this machine, an address of a network inside, a name without a dot, or one
 * of a domain that exists inside networks only.
 * @param host as URL.hostname gives it
 */
export function isPrivate(host: string): boolean {
	const name = host.replace(/\.$/, '');
	if (name.startsWith('[')) return insideV6.test(name);
	if (ipV4.test(name)) return insideV4.test(name);
	return !name.includes('.') || insideNames.test(name);
}

/** Whether a host is one of `domains`, or below one: example.com has files.example.com, not notexample.com. */
export function isOfDomain(host: string, domains: readonly string[]): boolean {
	const name = host.replace(/\.$/, '');
	return domains.some((domain) => name === domain || name.endsWith(`.${domain}`));
}

/** Domains as a person lists them: by commas, blanks or lines; https:// and *. in front, port and path are left out. */
export const domainsOf = (text: string): string[] =>
	text
		.toLowerCase()
		.split(/[\s,;]+/)
		.map((one) => one.replace(/^https?:\/\//, '').replace(/^\*?\./, ''))
		.map((one) => (one.split(/[/:]/, 1)[0] ?? '').replace(/\.$/, ''))
		.filter((one) => one !== '');
