import type {
	IAllExecuteFunctions,
	ICredentialsDecrypted,
	IHttpRequestMethods,
	IHttpRequestOptions,
} from 'n8n-workflow';
import { checkedAddress } from './baseUrl';
import { readCredential } from './credential';
import type { CredentialData } from './credentialCheck';
import { tryCatch, codeOf, emptyAnswer, goodAnswer, isBare, readAnswer } from './response';
import type { Vendor } from './vendor';
import { toApiError, retryLaterError, unreadableError } from './errorMessage';
import { longestWaitMs, RetryLater, type RateLimiter } from '../rateLimit/rateLimiter';
import { limiterFor } from './limiters';
import { pause } from '../util/abort';
import type { Request } from './request';
import * as retry from './retry';
import { type Redactors, redactorsOf, redactValue } from './secrets';

/** So long one try may take. Milliseconds. */
const timeoutMs = 60_000;

/** One vendor, one key: sends requests at the pace that the key allows, again where that is safe. */
export interface Client {
	/**
	 * @returns the body of the answer
	 * @throws ApiError when it did not end well
	 */
	send(request: Request): Promise<unknown>;
	/**
	 * @param read makes of a good answer's body what is wanted; throws where the body does not hold it
	 * @returns what it made
	 * @throws ApiError when it did not end well
	 */
	send<T>(request: Request, read: (body: unknown) => T): Promise<T>;
	/** Takes the credential's secrets out of a text. */
	redact(text: string): string;
}

/** What an open connection holds. */
interface ClientState extends Redactors {
	context: IAllExecuteFunctions;
	vendor: Vendor;
	data: CredentialData;
	limiter: RateLimiter;
	signal?: AbortSignal;
	/** The checked address of one of the vendor's hosts. @throws ApiError when it is none */
	address(host?: string): string;
}

/**
 * Opens a connection with the credential that the person chose in the node, where there are no items.
 * @param more further secrets that show nowhere, such as that of a trigger's own address
 * @throws ApiError when the credential's address is none
 * @throws UserError about a field of the credential that cannot be used
 */
export async function connect(
	context: IAllExecuteFunctions,
	vendor: Vendor,
	signal?: AbortSignal,
	more: readonly string[] = [],
): Promise<Client> {
	const data = await readCredential(context, vendor);
	return openClient(context, vendor, data, { signal, hidden: redactorsOf(vendor, [data], more) });
}

/** How a client is opened. */
export interface OpenOptions {
	/** Ends what is under way. */
	signal?: AbortSignal;
	/** Left out, the secrets of the credential are hidden. */
	hidden?: Redactors;
}

/**
 * Opens a connection with a credential that was read.
 * @throws ApiError when the credential's address is none
 */
export function openClient(
	context: IAllExecuteFunctions,
	vendor: Vendor,
	data: CredentialData,
	{ signal, hidden = redactorsOf(vendor, [data]) }: OpenOptions,
): Client {
	const client: ClientState = {
		...{ context, vendor, data, signal, ...hidden },
		limiter: limiterFor(vendor, data),
		address: checkedOnce(vendor, data),
	};
	client.address();
	return {
		send: async <T>(request: Request, read = (body: unknown) => body as T) =>
			await send(client, request, read),
		redact: client.redact,
	};
}

function checkedOnce(vendor: Vendor, data: CredentialData): ClientState['address'] {
	const checked = new Map<string | undefined, string>();
	return (host) => {
		const known = checked.get(host) ?? checkedAddress(vendor, vendor.address(data, host), data);
		checked.set(host, known);
		return known;
	};
}

/** Sends a request until it ended well, or may not be sent again. @throws ApiError when it did not end well */
async function send<T>(
	client: ClientState,
	request: Request,
	read: (body: unknown) => T,
): Promise<T> {
	const { vendor: vendor, signal } = client;
	let mayBeDone = false;
	for (let tries = 1; ;) {
		const answer = await tryOnce(client, request);
		if (retry.isRateLimited(answer)) continue;
		const good = goodAnswer(vendor, request, answer, mayBeDone);
		const reading = good && tryCatch(read, good.body);
		if (reading && 'made' in reading) return reading.made;
		if (reading && !isBare(good.body)) throw unreadableError(vendor, request, reading.thrown);
		const outcome = reading ? emptyAnswer : answer;
		mayBeDone ||= retry.mayHaveBeenDone(outcome);
		if (!retry.isRetryable(request, outcome) || tries >= retry.mostTries) {
			throw toApiError(vendor, request, outcome, tries, client.redact);
		}
		const asked = outcome.kind === 'answered' ? retry.retryAfterMs(outcome.headers) : undefined;
		if ((asked ?? 0) > longestWaitMs) throw retryLaterError(vendor, asked);
		await pause(Math.max(retry.backoffMs(tries), asked ?? 0), signal);
		tries++;
	}
}

/** One try in its turn, and what the rate limiter learns of it. @throws ApiError when that takes too long */
async function tryOnce(client: ClientState, request: Request): Promise<retry.Outcome> {
	const { vendor: vendor, limiter: limiter, signal } = client;
	const start = await limiter.acquire(signal).catch((thrown: unknown) => {
		throw thrown instanceof RetryLater ? retryLaterError(vendor, thrown.waitMs) : thrown;
	});
	const outcome = await sendOnce(client, request).finally(() => limiter.release());
	signal?.throwIfAborted();
	if (outcome.kind !== 'answered') return outcome;
	outcome.status = vendor.status?.(outcome) ?? outcome.status;
	if (!retry.isRateLimited(outcome)) {
		limiter.accepted(start, quotaOf(vendor, outcome));
		return outcome;
	}
	const waitMs = askedToWaitMs(vendor, outcome);
	limiter.rateLimited(start, waitMs, quotaOf(vendor, outcome));
	if ((waitMs ?? 0) > longestWaitMs || limiter.rateLimitedForMs > retry.patienceMs)
		throw retryLaterError(vendor, waitMs);
	return outcome;
}

async function sendOnce(
	{ context, vendor: vendor, data, address, redactAnswer }: ClientState,
	request: Request,
): Promise<retry.Outcome> {
	const options = httpOptions(
		address(request.host),
		vendor.withAccount?.(request, data) ?? request,
	);
	const form = await request.file?.open();
	if (form) Object.assign(options, { body: form.body, headers: form.headers });
	// Handed on with each request, or n8n would fetch and decrypt it again for every one of them.
	const credentialsDecrypted: ICredentialsDecrypted = {
		id: '',
		name: vendor.credential,
		type: vendor.credential,
		data,
	};
	try {
		// `call`, since n8n's helper looks at its caller for the cancel signal and the credential.
		const answer: unknown = await context.helpers.httpRequestWithAuthentication.call(
			context,
			vendor.credential,
			options,
			{ credentialsDecrypted },
		);
		const outcome = readAnswer(request, answer);
		if (outcome.kind === 'answered') outcome.body = redactValue(outcome.body, redactAnswer);
		return outcome;
	} catch (thrown) {
		const code = codeOf(thrown);
		return { kind: retry.isNeverConnected(code) ? 'notSent' : 'unknownOutcome', code };
	} finally {
		form?.close();
	}
}

function httpOptions(base: string, request: Request): IHttpRequestOptions {
	const { method, path, query, body } = request;
	const options: IHttpRequestOptions = {
		method: method as IHttpRequestMethods,
		url: base + path,
		json: true,
		// The vendors' own form is status[]=a&status[]=b, not status[0]=a.
		arrayFormat: 'brackets',
		returnFullResponse: true,
		// n8n's own exception on a refusal says less than the answer, and differs between its lines.
		ignoreHttpStatusErrors: true,
		// A redirect would carry the key to wherever it points.
		disableFollowRedirect: true,
		timeout: timeoutMs,
	};
	if (query) options.qs = { ...query };
	if (body) options.body = body;
	return options;
}

function askedToWaitMs(vendor: Vendor, outcome: retry.Outcome): number | undefined {
	if (outcome.kind !== 'answered') return undefined;
	return retry.retryAfterMs(outcome.headers) ?? quotaOf(vendor, outcome)?.resetMs;
}

const quotaOf = (vendor: Vendor, outcome: retry.Outcome) =>
	outcome.kind === 'answered' ? vendor.quota?.(outcome.headers) : undefined;
