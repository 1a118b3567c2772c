import {
	type IDataObject,
	type IHttpRequestOptions,
	type IWebhookFunctions,
	UserError,
} from 'n8n-workflow';
import { isInside, isOfDomain } from './hosts';
import { networkFault } from '../http/networkFault';
import { proxyOf, proxySentences } from '../http/proxyAnswer';
import { isWebPage } from '../http/response';
import { isRecord } from '../util/json';

/** What may be fetched, and how much of it. */
export interface DownloadLimits {
	/** Only from these domains and what is below them. */
	domains: readonly string[];
	maxBytes: number;
	/** For the whole download. Milliseconds. */
	timeoutMs: number;
}

/** A file that was fetched. */
export interface Download {
	bytes: Buffer;
	/** As the server says; undefined where it says nothing that is a type. */
	mimeType: string | undefined;
}

/**
 * Fetches a file that somebody outside named. Only https, only from the domains that the workflow's owner
 * trusts, never from an IP address or a name of the inside, without following redirects, within limits.
 *
 * What keeps it out of the network: no address of an attacker's choice can be reached, since the name must
 * be of a trusted domain. Where such a domain's own records lead is looked at with n8n's
 * getSecureEgressFilter, before the request (2.41 has it, 2.20.12 and 1.x do not, and shipped code may not resolve
 * names). Between that look and the connection a name could change (DNS rebinding): only n8n's own
 * N8N_SSRF_PROTECTION_ENABLED=true looks again when it connects.
 * @throws UserError with the reason when nothing was fetched
 */
export async function download(
	context: IWebhookFunctions,
	address: string,
	{ domains, maxBytes, timeoutMs }: DownloadLimits,
): Promise<Download> {
	const url = checked(address, domains);
	await checkWhereItLeads(context, url);
	const signal = AbortSignal.timeout(timeoutMs);
	const request: IHttpRequestOptions = {
		url: url.href,
		method: 'GET',
		encoding: 'stream',
		returnFullResponse: true,
		ignoreHttpStatusErrors: true,
		disableFollowRedirect: true,
		timeout: timeoutMs,
		abortSignal: signal,
	};
	const answer: unknown = await context.helpers.httpRequest(request).catch((thrown: unknown) => {
		throw signal.aborted ? tookTooLong() : unreachedError(thrown, url);
	});
	if (!isRecord(answer) || !isStream(answer.body))
		throw new UserError(`${url.hostname} gave no file.`);
	const { statusCode, headers, body } = answer;
	try {
		const told = isRecord(headers) ? (headers as IDataObject) : {};
		if (statusCode !== 200) throw refusalError(Number(statusCode), told, url);
		const bytes = await read(body, Number(told['content-length'] ?? 0), maxBytes, signal);
		const mimeType = typeIn(told['content-type']);
		if (mimeType?.toLowerCase() === 'text/html') refusePage(bytes, url);
		return { bytes, mimeType };
	} finally {
		body.destroy();
	}
}

const tookTooLong = (): UserError => new UserError('It took too long.');

/** Why no answer came, with what to do where that is known. */
function unreachedError(thrown: unknown, url: URL): UserError {
	const { code, message, hint } = networkFault(thrown, url, 'the address of the file');
	const what = message ?? `${url.hostname} could not be reached (${code})`;
	return new UserError(hint === undefined ? `${what}.` : `${what}. ${hint}`);
}

/** An answer that is no file, of the server or of a proxy in its place. */
function refusalError(status: number, headers: IDataObject, { hostname }: URL): UserError {
	const proxy = proxyOf({ kind: 'answered', status, headers, body: '' });
	if (proxy === undefined) return new UserError(`${hostname} answered ${status}.`);
	const { message, hint } = proxySentences(status, proxy, hostname, hostname);
	return new UserError(`${message}. ${hint}`);
}

/** @throws UserError about a page for people in place of a file, unless the file is called one */
function refusePage(bytes: Buffer, { hostname, pathname }: URL): void {
	if (!isWebPage(bytes.toString('latin1', 0, 1000)) || /\.x?html?$/i.test(pathname)) return;
	throw new UserError(
		`A web page came from ${hostname} in its place. A filter, or a network that wants somebody to sign in, may stand in between.`,
	);
}

/** The type in a Content-Type (RFC 9110, 8.3.1 and RFC 6838, 4.2), without its parameters. */
const typeIn = (header: unknown): string | undefined =>
	/^\s*([a-z\d][\w.+-]*\/[a-z\d][\w.+-]*)/i.exec(String(header ?? ''))?.[1];

function checked(address: string, domains: readonly string[]): URL {
	if (!URL.canParse(address)) throw new UserError('Its address is not valid.');
	const url = new URL(address);
	if (url.protocol !== 'https:') throw new UserError('Its address does not begin with https://.');
	if (url.username !== '' || url.password !== '')
		throw new UserError('Its address holds a password.');
	if (isInside(url.hostname)) throw new UserError(`${url.hostname} is not a public name.`);
	if (!isOfDomain(url.hostname, domains)) {
		throw new UserError(`${url.hostname} is not among the hosts that are allowed.`);
	}
	return url;
}

/** Later n8n 2.x: the one way in which a node may learn whether a name leads inside. */
async function checkWhereItLeads(context: IWebhookFunctions, url: URL): Promise<void> {
	const { helpers } = context;
	if (!('getSecureEgressFilter' in helpers)) return;
	// Where the name cannot be looked up, n8n 2.41 throws that in place of a verdict.
	const verdict = await helpers
		.getSecureEgressFilter('enforced')
		.validateUrl(url)
		.catch((error: unknown) => ({ ok: false as const, error }));
	if (verdict.ok) return;
	// n8n looks the name up itself, also where only the proxy can.
	const isUnknown = /^(ENOTFOUND|EAI_[A-Z]+)$/.test(networkFault(verdict.error, url).code);
	throw new UserError(
		isUnknown
			? `DNS on n8n's machine does not know ${url.hostname}, and n8n asks it even if a proxy (HTTPS_PROXY) would fetch the file.`
			: `${url.hostname} leads to an address inside the network.`,
	);
}

interface Stream extends AsyncIterable<Uint8Array> {
	destroy(): void;
}

const isStream = (body: unknown): body is Stream =>
	typeof body === 'object' && body !== null && Symbol.asyncIterator in body && 'destroy' in body;

async function read(
	body: Stream,
	told: number,
	maxBytes: number,
	signal: AbortSignal,
): Promise<Buffer> {
	const tooLarge = () => new UserError(`It is larger than ${Math.floor(maxBytes / 2 ** 20)} MB.`);
	if (told > maxBytes) throw tooLarge();
	// A server that falls silent in the middle never gives the loop below a turn to look at the clock.
	signal.addEventListener('abort', () => body.destroy(), { once: true });
	const chunks: Uint8Array[] = [];
	let size = 0;
	let isWhole = true;
	// So that what is no number is no limit either.
	const fits = () => size <= maxBytes;
	try {
		for await (const chunk of body) {
			size += chunk.length;
			if (!fits()) break;
			chunks.push(chunk);
		}
	} catch {
		isWhole = false;
	}
	if (!fits()) throw tooLarge();
	if (signal.aborted) throw tookTooLong();
	if (!isWhole) throw new UserError('It broke off before its end.');
	return Buffer.concat(chunks);
}
