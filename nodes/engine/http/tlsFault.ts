import type { AddressName, NetworkFault } from './networkFault';

/** What Node.js calls all that is wrong with a certificate and has no code of its own (crypto_common.cc). */
const unspecified = 'UNSPECIFIED';

/** Codes of a certificate that do not show it by how they begin. */
const otherCodes = [
	...['HOSTNAME_MISMATCH', 'INVALID_CA', 'INVALID_PURPOSE', 'OUT_OF_MEM', 'PATH_LENGTH_EXCEEDED'],
	unspecified,
];

/**
 * Codes of a certificate that Node.js did not take (tls, "X509 certificate error codes", and "ERR_TLS_…"). It looks
 * at it in the handshake, before a byte of the request goes out.
 */
export const isCertificateCode = (code: string): boolean =>
	/^(CERT_|CRL_|ERROR_IN_C|UNABLE_TO_|SELF_SIGNED_|DEPTH_ZERO_|ERR_TLS_CERT_)/.test(code) ||
	otherCodes.includes(code);

/**
 * Codes of a TLS connection that did not come about. EPROTO is a write that could not be encrypted, so the
 * request never went out whole. Of OpenSSL's own only those that nothing but a handshake brings forth: others, such
 * as ERR_SSL_WRONG_VERSION_NUMBER and …_BAD_RECORD_MAC, also come of an answer that was spoilt on its way (seen with
 * Node.js 20 and 24), and the vendor has done then what was asked.
 */
export const isHandshakeCode = (code: string): boolean =>
	code === 'EPROTO' ||
	// Node.js's own: protocols that exclude each other, a handshake that took too long.
	code.startsWith('ERR_TLS_') ||
	/^ERR_SSL_.*(CERTIFICATE|HANDSHAKE|PROTOCOL_VERSION|UNSUPPORTED_PROTOCOL|NO_PROTOCOLS|UNKNOWN_CA|NO_CIPHERS|KEY_TOO_SMALL|MD_TOO_WEAK|INSUFFICIENT_SECURITY|UNRECOGNIZED_NAME|ACCESS_DENIED|LEGACY_RENEGOTIATION|NO_APPLICATION_PROTOCOL|INAPPROPRIATE_FALLBACK|MISSING_EXTENSION|UNSUPPORTED_EXTENSION|NO_SUITABLE|NO_SHARED|WRONG_CURVE|WRONG_SIGNATURE_TYPE)/.test(
		code,
	);

const lasting = { isNotSent: true, isLasting: true } as const;

/** A certificate that n8n does not trust. @param words Node.js's own */
export function certificateFault(
	code: string,
	words: string,
	{ hostname }: URL,
	address: AddressName,
): NetworkFault {
	const [why, hint] = reasonOf(code, words, askServer(address));
	return {
		...lasting,
		code,
		message: `n8n does not trust the certificate of ${hostname}: ${why}`,
		hint,
	};
}

const askServer = (address: AddressName): string =>
	`Check ${address}. If it is right, ask whoever runs that server`;
const clock = "Check the clock of n8n's machine.";
const ownAuthority =
	"For a private authority, such as your company's own, set NODE_EXTRA_CA_CERTS to the file of its certificate and restart n8n.";

/** Why, and what to do. The date until which it held is not known: Node.js lets go of the certificate. */
function reasonOf(code: string, words: string, otherSide: string): [why: string, hint: string] {
	switch (code) {
		case 'CERT_HAS_EXPIRED':
			return [
				'it has expired',
				`${clock} If it is right, whoever runs that server has to renew it.`,
			];
		case 'CERT_NOT_YET_VALID':
			return ['it is not valid yet', clock];
		case 'CERT_REVOKED':
			return ['it has been revoked', `${otherSide} for a new one.`];
		case 'ERR_TLS_CERT_ALTNAME_INVALID':
		case 'HOSTNAME_MISMATCH':
			return [`it is made out to ${namesIn(words)}`, `${otherSide} for one of its name.`];
		case 'DEPTH_ZERO_SELF_SIGNED_CERT':
			return [
				'it is signed by nobody but itself',
				ownAuthority.replace('its certificate', 'that certificate'),
			];
		case 'SELF_SIGNED_CERT_IN_CHAIN':
		case 'UNABLE_TO_GET_ISSUER_CERT':
		case 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY':
		case 'UNABLE_TO_VERIFY_LEAF_SIGNATURE':
			return ['n8n does not know the authority that signed it', ownAuthority];
		case 'INVALID_PURPOSE':
			return ['it is not made out for a server', `${otherSide} for one that is.`];
		default:
			return [`it does not hold (${saidOf(code, words)})`, `${otherSide} for one that does.`];
	}
}

/** A code that says something, or OpenSSL's own words, which come last. */
const saidOf = (code: string, words: string): string =>
	(code === unspecified ? words.split('\n').at(-1)?.slice(0, 100) : undefined) || code;

/** Names that a certificate holds, of which Node.js tells in its sentence. */
function namesIn(words: string): string {
	const names = [...words.matchAll(/\b(?:DNS|IP Address):([\w.*:-]{1,100})/g)].map(
		([, name]) => name,
	);
	return [...new Set(names)].slice(0, 3).join(', ') || 'another name';
}

/** A TLS connection that did not come about. @param words OpenSSL's own */
export function tlsFault(
	code: string,
	words: string,
	{ hostname }: URL,
	address: AddressName,
): NetworkFault {
	const said = `${code} ${words}`.toLowerCase().replaceAll('_', ' ');
	const found = handshakes.find(({ pattern }) => pattern.test(said));
	const what = found?.what ?? 'refuses the TLS connection';
	const hint = (found?.hint ?? ((server) => `${server}.`))(askServer(address), address);
	return { ...lasting, code, message: `${hostname} ${what}`, hint };
}

interface Handshake {
	/** In OpenSSL's words, with blanks for underscores. */
	pattern: RegExp;
	what: string;
	/** @param otherSide begins a sentence that ends with what to ask for */
	hint(otherSide: string, address: AddressName): string;
}

const handshakes: readonly Handshake[] = [
	{
		pattern: /wrong version number|packet length too long|http request/,
		what: 'does not speak https at this port',
		// Node.js says the same of both.
		hint: (_, address) =>
			`Check the port of ${address}: it may be that of http. If HTTPS_PROXY is set, check that it begins with http://, unless the proxy itself speaks https.`,
	},
	{
		pattern: /protocol version|unsupported protocol|no protocols/,
		what: 'and n8n have no version of TLS in common',
		hint: (otherSide) => `${otherSide} for TLS 1.2 or 1.3.`,
	},
	{
		pattern: /certificate required|bad certificate|certificate unknown/,
		what: 'wants a client certificate, which n8n does not show',
		hint: (otherSide) => `${otherSide} for an address that takes the key alone.`,
	},
	{
		pattern: /no application protocol/,
		what: 'does not speak HTTP/1.1, the one version that n8n speaks',
		hint: (otherSide) => `${otherSide} to allow it.`,
	},
	{
		pattern: /handshake failure/,
		what: 'refuses the TLS connection',
		hint: (otherSide) =>
			`It may want a client certificate, or ciphers that n8n does not have. ${otherSide}.`,
	},
];
