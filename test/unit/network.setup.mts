import type { TlsOptions } from 'node:tls';
import { afterAll, afterEach, beforeAll } from '@jest/globals';
import { Authority } from '../../dev/kit/network/authority.mts';
import { startTls, type TlsFront } from '../../dev/kit/network/tls.mts';
import { run } from './engine.mts';
import { closeServers, type TestServer } from './server.mts';

const dayMs = 86_400_000;
const fromNow = (days: number) => new Date(Date.now() + days * dayMs);

/** Makes the certificates that n8n trusts. */
export let authority: Authority;
/** Another authority, which nobody trusts. */
let other: Authority;
const fronts: TlsFront[] = [];

/** Is called where a file's tests are described: makes the authorities before them, and ends what they started. */
export function withAuthorities(): void {
	beforeAll(async () => {
		authority = await Authority.make();
		other = await Authority.make('Another authority');
	});
	afterEach(async () => {
		await closeServers();
		for (const front of fronts.splice(0)) await front.close();
	});
	afterAll(async () => {
		await authority.close();
		await other.close();
	});
}

/** A server of TLS in front of a vendor. */
export const behind = async (vendor: TestServer, options: TlsOptions): Promise<TlsFront> => {
	const front = await startTls(Number(new URL(vendor.url).port), options);
	fronts.push(front);
	return front;
};

/** What is wrong with a server of TLS, and what is said of it. */
interface Cause {
	name: string;
	options(): Promise<TlsOptions>;
	/** Node.js tells the names of a certificate only where a name was asked for. */
	host?: string;
	code: RegExp;
	message: RegExp;
	hint: RegExp;
}

/** A certificate of the authority, and its key. */
export const issued = async (options = {}) => await authority.issue(options);

/** Each way in which a connection by TLS does not come about. */
export const causes: Cause[] = [
	{
		name: 'an expired certificate',
		options: async () => await issued({ from: fromNow(-9), until: fromNow(-2) }),
		code: /^CERT_HAS_EXPIRED$/,
		message: /^n8n does not trust the certificate of 127\.0\.0\.1: it has expired$/,
		hint: /clock/,
	},
	{
		name: 'one that is not valid yet',
		options: async () => await issued({ from: fromNow(2), until: fromNow(9) }),
		code: /^CERT_NOT_YET_VALID$/,
		message: /: it is not valid yet$/,
		hint: /clock/,
	},
	{
		name: 'one of another name',
		options: async () => await issued({ names: 'DNS:other.example,DNS:*.example.org' }),
		code: /^ERR_TLS_CERT_ALTNAME_INVALID$/,
		host: 'localhost',
		message: /certificate of localhost: it is made out to other\.example, \*\.example\.org$/,
		hint: /address in the credential/,
	},
	{
		name: 'one that is signed by itself',
		options: async () => await authority.issueSelfSigned(),
		code: /^DEPTH_ZERO_SELF_SIGNED_CERT$/,
		message: /: it is signed by nobody but itself$/,
		hint: /NODE_EXTRA_CA_CERTS/,
	},
	{
		name: 'one of an unknown authority',
		options: async () => await other.issue(),
		code: /^UNABLE_TO_(VERIFY_LEAF_SIGNATURE|GET_ISSUER_CERT_LOCALLY)$/,
		message: /: n8n does not know the authority that signed it$/,
		hint: /private authority.*NODE_EXTRA_CA_CERTS/,
	},
	{
		name: 'one of an unknown authority that is shown with it',
		options: async () => await other.issue({ isChainShown: true }),
		code: /^SELF_SIGNED_CERT_IN_CHAIN$/,
		message: /: n8n does not know the authority that signed it$/,
		hint: /private authority.*NODE_EXTRA_CA_CERTS/,
	},
	{
		name: 'one with a fault that Node.js has no code for',
		options: async () => await issued({ extension: '1.2.3.4 = critical,ASN1:UTF8String:x' }),
		code: /^UNSPECIFIED$/,
		message: /: it does not hold \(unhandled critical extension\)$/,
		hint: /ask whoever runs that server/,
	},
	{
		name: 'one for another purpose',
		options: async () => await issued({ extension: 'extendedKeyUsage = clientAuth' }),
		code: /^INVALID_PURPOSE$/,
		message: /: it is not made out for a server$/,
		hint: /ask whoever runs that server/,
	},
	...(['TLSv1.2', 'TLSv1.3'] as const).map((version) => ({
		name: `a wanted client certificate, ${version}`,
		options: async () => ({
			...(await issued()),
			requestCert: true,
			ca: await authority.certificate(),
			maxVersion: version,
		}),
		code: /^(EPROTO|ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED)$/,
		message: version === 'TLSv1.3' ? /wants a client certificate/ : /refuses the TLS connection/,
		hint: /client certificate|takes the key alone/,
	})),
	{
		name: 'versions of TLS that do not meet',
		options: async () => ({
			...(await issued()),
			minVersion: 'TLSv1',
			maxVersion: 'TLSv1.1',
			ciphers: 'DEFAULT@SECLEVEL=0',
		}),
		code: /^EPROTO$/,
		message: /and n8n have no version of TLS in common$/,
		hint: /TLS 1\.2/,
	},
];

/** What Tiny is asked to do. */
export const parameters = {
	create: { resource: 'thing', operation: 'create', name: 'a' },
	get: { resource: 'thing', operation: 'get', thingId: '7' },
};
/** As many items as asked for, each with a name of its own. */
export const names = (count: number) =>
	Array.from({ length: count }, (_, n) => ({ name: `n${n}` }));
/** What each item says went wrong. */
export const errorsOf = ({ items }: Awaited<ReturnType<typeof run>>) =>
	items.map(({ json }) => String(json.error));
