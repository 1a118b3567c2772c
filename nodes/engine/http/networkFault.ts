import { isRecord } from '../util/json';
import { certificateFault, isCertificateCode, isHandshakeCode, tlsFault } from './tlsFault';

/** Why no answer came, as far as it can be known from what n8n threw. */
export interface NetworkFault {
	/** Of Node.js, OpenSSL or n8n, such as ECONNREFUSED or CERT_HAS_EXPIRED. */
	code: string;
	/** Whether the vendor cannot have got the request: no connection, no TLS, or stopped by n8n's own guard. */
	isNotSent: boolean;
	/** Whether it stays until a person puts it right, so that another try is in vain. */
	isLasting: boolean;
	/** What is the matter, as a sentence without its full stop; left out where the code says all that is known. */
	message?: string;
	/** What the person can do about it, where that is known. */
	hint?: string;
}

/** Codes of a connection that was never made (Node.js, "Common system errors" and dns errors; undici's of connecting). */
const neverConnected =
	/^(ECONNREFUSED|ENOTFOUND|EAI_[A-Z]+|EHOSTUNREACH|EHOSTDOWN|ENETUNREACH|ENETDOWN|EADDRNOTAVAIL|EAFNOSUPPORT|ERR_PROXY_TUNNEL|UND_ERR_CONNECT_TIMEOUT)$/;

/**
 * Words of Node.js for what came before the connection stood: whatever the system said of connecting or of looking a
 * name up, such as EACCES of a firewall and EMFILE; the TLS client's (lib/internal/tls/wrap.js), where the other side
 * hung up in the handshake.
 */
const beforeRequest =
	/\b(connect|getaddrinfo|queryA(?:aaa)?) E[A-Z_]+\b|before secure TLS connection was established/;

/** https-proxy-agent's words for a proxy that hung up before it connected anybody, or that speaks something else. */
const noTunnel = /from proxy CONNECT response|before receiving CONNECT response/;

/** Where the address that was asked is from, as hints call it. */
export type AddressName = 'the address in the credential' | 'the address of the file';

/**
 * Reads what n8n threw in place of an answer.
 * @param url that was asked
 * @param address where it is from
 */
export function networkFault(
	thrown: unknown,
	url: URL,
	address: AddressName = 'the address in the credential',
): NetworkFault {
	const chain = causesOf(thrown);
	const guard = chain.find(({ name, message }) => isGuard(String(name)) || message === guardWords);
	if (guard) return guardFault(guard);
	const code = codeOf(chain);
	const words = wordsOf(chain);
	if (isCertificateCode(code)) return certificateFault(code, words, url, address);
	if (isHandshakeCode(code)) return tlsFault(code, words, url, address);
	if (code === 'ERR_INVALID_URL' || words.includes('URI malformed')) return unusableProxy;
	const isNotSent = neverConnected.test(code) || beforeRequest.test(words) || noTunnel.test(words);
	return { code, isNotSent, isLasting: false, ...(isNotSent && unreached(words, url, address)) };
}

/** proxy-from-env, by which n8n finds its proxy: the name in small letters first, ALL_PROXY last. */
export const otherNames =
	'n8n also reads https_proxy, which goes before HTTPS_PROXY, and ALL_PROXY.';

/**
 * The vendor's address was read before anything was sent (checkedAddress), so what cannot be read is the proxy's: Node.js
 * says so of the whole, and https-proxy-agent of a user or password with a percent sign that begins no code.
 */
const unusableProxy: NetworkFault = {
	code: 'ERR_INVALID_URL',
	isNotSent: true,
	isLasting: true,
	message: 'n8n cannot read the address of the proxy that HTTPS_PROXY names',
	hint: `Set HTTPS_PROXY to http://user:password@host:port, with special characters of user and password percent-encoded and no quotes, and restart n8n. ${otherNames}`,
};

/** Whether it is an error of n8n's own guard (2.x, N8N_SSRF_PROTECTION_ENABLED): SsrfBlockedIpError and its kin. */
export const isGuard = (name: string): boolean => /^Ssrf\w*Error$/.test(name);

/** What its SsrfBlockedIpError says; n8n 2.20 hands on its words alone, in an error of another name. */
const guardWords = 'The request was blocked because it resolves to a restricted IP address';

/** They say themselves what they stopped and what to do, and are thrown before a connection is made. */
const guardFault = ({ name, message, description }: Record<string, unknown>): NetworkFault => ({
	code: isGuard(String(name)) ? String(name) : 'SsrfBlockedIpError',
	isNotSent: true,
	isLasting: true,
	...(typeof message === 'string' && { message }),
	...(typeof description === 'string' && { hint: description }),
});

/** What DNS says of a name that is not there (Node.js, dns errors; getaddrinfo(3)); all else is that it says nothing of it. */
const saysUnknown = /^(ENOTFOUND|ENODATA|EAI_NODATA|EAI_NONAME)$/;

/** A name or an address that is not the vendor's own is the proxy's: n8n asks nobody else. */
function unreached(
	words: string,
	url: URL,
	address: AddressName,
): Pick<NetworkFault, 'message' | 'hint'> {
	if (noTunnel.test(words)) {
		return {
			hint: `What HTTPS_PROXY names did not answer as an HTTP proxy does. Check that it runs and that HTTPS_PROXY is right: SOCKS proxies do not work. ${otherNames}`,
		};
	}
	const [, said, name] = /\b(?:getaddrinfo|queryA(?:aaa)?) (\w+) (\S+)/.exec(words) ?? [];
	if (name !== undefined && name !== url.hostname) return { hint: proxyHint(name, address) };
	if (name !== undefined) {
		const ownDns = "the DNS of n8n's machine";
		const isUnknown = saysUnknown.test(String(said));
		const check = isUnknown ? `${address}, and ${ownDns}` : `${ownDns}, and its network`;
		return {
			message: isUnknown ? `DNS does not know ${name}` : `DNS gave no answer about ${name}`,
			// The guard looks a name up before it asks the proxy (2.41.1), allowed hosts included.
			hint: `Check ${check}. If only a proxy can look up names, set HTTPS_PROXY; n8n's guard (N8N_SSRF_PROTECTION_ENABLED) looks them up itself before it asks one.`,
		};
	}
	const [, host, port] = /\bconnect \w+ (\S+):(\d+)/.exec(words) ?? [];
	const isVendor = port === undefined || port === portOf(url);
	return isVendor ? {} : { hint: proxyHint(`${host}:${port}`, address) };
}

const portOf = ({ port, protocol }: URL): string =>
	port !== '' ? port : protocol === 'http:' ? '80' : '443';

const proxyHint = (where: string, address: AddressName): string =>
	`n8n asked ${where}, which is not ${address} but the proxy that HTTPS_PROXY names. Check that it runs and that HTTPS_PROXY is right. ${otherNames}`;

/** What was thrown, and what that was thrown for: the two lines of n8n wrap it differently. Deepest last. */
function causesOf(thrown: unknown): Array<Record<string, unknown>> {
	const chain: Array<Record<string, unknown>> = [];
	// A cause may lead back to itself.
	for (
		let one = thrown;
		isRecord(one) && !chain.includes(one);
		one = one.cause ?? one.errorResponse
	)
		chain.push(one);
	return chain;
}

/** The code of a broken connection. n8n 1.x keeps it as `httpCode` only, where a status may stand, too. */
function codeOf(chain: ReadonlyArray<Record<string, unknown>>): string {
	const codes = [...chain].reverse().flatMap(({ code, httpCode }) => [code, httpCode]);
	const code = codes.find((one) => typeof one === 'string' && /^[A-Z][A-Z\d_]*$/.test(one));
	return String(code ?? 'UNKNOWN');
}

/**
 * All that was said. n8n puts a sentence of its own over Node.js's and keeps that in `messages`; a name with several
 * addresses brings an error for each of them.
 */
const wordsOf = (chain: ReadonlyArray<Record<string, unknown>>): string =>
	chain
		.flatMap(({ message, messages, errors }) => [message, messages, errors])
		.flat()
		.map((one) => (one instanceof Error ? one.message : one))
		.filter((one) => typeof one === 'string')
		.join('\n');
