import type {
	IAllExecuteFunctions,
	ICredentialDataDecryptedObject,
	ICredentialsDecrypted,
	IHttpRequestMethods,
	IHttpRequestOptions,
} from 'n8n-workflow';
import { checkedAddress } from './baseUrl';
import { attempt, codeOf, emptyAnswer, goodAnswer, isBare, readAnswer } from './response';
import type { Api } from './vendor';
import { explain, tooLong, unreadable } from './errorMessage';
import { Closed, type Pacer } from '../rateLimit/rateLimiter';
import { pacerFor } from './limiters';
import { pause } from '../util/abort';
import type { Request } from './request';
import * as retry from './retry';
import { trimmed } from '../util/text';
import { redact } from './secrets';

/** So long one try may take. Milliseconds. */
const timeoutMs = 60_000;

/** One vendor, one key: sends requests at the pace that the key allows, again where that is safe. */
export interface Connection {
	/**
	 * @returns the body of the answer
	 * @throws Refusal when it did not end well
	 */
	send(request: Request): Promise<unknown>;
	/**
	 * @param read makes of a good answer's body what is wanted; throws where the body does not hold it
	 * @returns what it made
	 * @throws Refusal when it did not end well
	 */
	send<T>(request: Request, read: (body: unknown) => T): Promise<T>;
	/** Takes the credential's secrets out of a text. */
	redact(text: string): string;
}

/** What an open connection holds. */
interface Line {
	context: IAllExecuteFunctions;
	api: Api;
	data: ICredentialDataDecryptedObject;
	pacer: Pacer;
	signal?: AbortSignal;
	/** The checked address of one of the vendor's hosts. @throws Refusal when it is none */
	address(host?: string): string;
	redact(text: string): string;
}

/**
 * Opens a connection with the credential that the person chose in the node.
 * @param more further secrets that show nowhere, such as that of a trigger's own address
 * @throws Refusal when the credential's address is none
 * @throws UserError when the vendor's own check of the credential says so
 */
export async function connect(
	context: IAllExecuteFunctions,
	api: Api,
	signal?: AbortSignal,
	more: readonly string[] = [],
): Promise<Connection> {
	const data = await context.getCredentials<ICredentialDataDecryptedObject>(api.credential);
	api.check?.(data);
	// Without what stands around it, since that is how it is sent, and how the vendor repeats it.
	const secrets = [...api.secrets.map((name) => trimmed(data[name])), ...more];
	const line: Line = {
		...{ context, api, data, signal },
		pacer: pacerFor(api, data),
		address: checkedOnce(api, data),
		redact: (text) => redact(text, secrets),
	};
	line.address();
	return {
		send: async <T>(request: Request, read = (body: unknown) => body as T) =>
			await send(line, request, read),
		redact: line.redact,
	};
}

function checkedOnce(api: Api, data: ICredentialDataDecryptedObject): Line['address'] {
	const checked = new Map<string | undefined, string>();
	return (host) => {
		const known = checked.get(host) ?? checkedAddress(api, api.address(data, host), data);
		checked.set(host, known);
		return known;
	};
}

/** Sends a request until it ended well, or may not be sent again. @throws Refusal when it did not end well */
async function send<T>(line: Line, request: Request, read: (body: unknown) => T): Promise<T> {
	const { api, signal } = line;
	let mayBeDone = false;
	for (let tries = 1; ;) {
		const answer = await tryOnce(line, request);
		if (retry.isTooSoon(answer)) continue;
		const good = goodAnswer(api, request, answer, mayBeDone);
		const reading = good && attempt(read, good.body);
		if (reading && 'made' in reading) return reading.made;
		if (reading && !isBare(good.body)) throw unreadable(api, request, reading.thrown);
		const outcome = reading ? emptyAnswer : answer;
		mayBeDone ||= retry.mayBeDone(outcome);
		if (!retry.mayTryAgain(request, outcome) || tries >= retry.mostTries) {
			throw explain(api, request, outcome, tries, line.redact);
		}
		const asked = outcome.kind === 'answered' ? retry.retryAfterMs(outcome.headers) : undefined;
		if ((asked ?? 0) > retry.longestWaitMs) throw tooLong(api, asked);
		await pause(Math.max(retry.backoffMs(tries), asked ?? 0), signal);
		tries++;
	}
}

/** One try in its turn, and what the pacer learns of it. @throws Refusal when that takes too long */
async function tryOnce(line: Line, request: Request): Promise<retry.Outcome> {
	const { api, pacer, signal } = line;
	const start = await pacer.turn(signal).catch((thrown: unknown) => {
		throw thrown instanceof Closed ? tooLong(api, thrown.waitMs) : thrown;
	});
	const outcome = await sendOnce(line, request).finally(() => pacer.ended());
	signal?.throwIfAborted();
	if (outcome.kind !== 'answered') return outcome;
	outcome.status = api.status?.(outcome) ?? outcome.status;
	if (!retry.isTooSoon(outcome)) {
		pacer.accepted(start, quotaOf(api, outcome));
		return outcome;
	}
	const waitMs = askedToWaitMs(api, outcome);
	pacer.refused(start, waitMs, quotaOf(api, outcome));
	if ((waitMs ?? 0) > retry.longestWaitMs || pacer.refusedForMs > retry.patienceMs)
		throw tooLong(api, waitMs);
	return outcome;
}

async function sendOnce(
	{ context, api, data, address }: Line,
	request: Request,
): Promise<retry.Outcome> {
	const options = httpOptions(address(request.host), api.complete?.(request, data) ?? request);
	const form = await request.file?.open();
	if (form) Object.assign(options, { body: form.body, headers: form.headers });
	// Handed on with each request, or n8n would fetch and decrypt it again for every one of them.
	const credentialsDecrypted: ICredentialsDecrypted = {
		id: '',
		name: api.credential,
		type: api.credential,
		data,
	};
	try {
		// `call`, since n8n's helper looks at its caller for the cancel signal and the credential.
		const answer: unknown = await context.helpers.httpRequestWithAuthentication.call(
			context,
			api.credential,
			options,
			{ credentialsDecrypted },
		);
		return readAnswer(request, answer);
	} catch (thrown) {
		const code = codeOf(thrown);
		return { kind: retry.isNeverConnected(code) ? 'unsent' : 'lost', code };
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

function askedToWaitMs(api: Api, outcome: retry.Outcome): number | undefined {
	if (outcome.kind !== 'answered') return undefined;
	return retry.retryAfterMs(outcome.headers) ?? quotaOf(api, outcome)?.resetMs;
}

const quotaOf = (api: Api, outcome: retry.Outcome) =>
	outcome.kind === 'answered' ? api.quota?.(outcome.headers) : undefined;
