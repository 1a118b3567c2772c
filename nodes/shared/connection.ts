import { createHash } from 'node:crypto';
import type {
	IAllExecuteFunctions,
	ICredentialDataDecryptedObject,
	ICredentialsDecrypted,
	IDataObject,
	IHttpRequestMethods,
	IHttpRequestOptions,
} from 'n8n-workflow';
import { checkedAddress } from './address';
import type { Api } from './api';
import { isRecord } from './checks';
import { explain, tooLong, unreadable } from './explain';
import { Pacer } from './pace';
import { pause } from './pause';
import { redact } from './refusal';
import type { Request } from './request';
import * as retry from './retry';

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

/**
 * Opens a connection with the credential that the person chose in the node.
 * @throws Refusal when the credential's address is none
 * @throws UserError when the vendor's own check of the credential says so
 */
export async function connect(
	context: IAllExecuteFunctions,
	api: Api,
	signal?: AbortSignal,
): Promise<Connection> {
	const data = await context.getCredentials<ICredentialDataDecryptedObject>(api.credential);
	api.check?.(data);
	const secrets = api.secrets.map((name) => String(data[name] ?? ''));
	const clean = (text: string) => redact(text, secrets);
	// Handed on with each request, or n8n would fetch and decrypt it again for every one of them.
	const credentialsDecrypted: ICredentialsDecrypted = {
		id: '',
		name: api.credential,
		type: api.credential,
		data,
	};
	const pacer = pacerFor(api, data);
	const hosts = new Map<string | undefined, string>();
	const base = (host?: string): string => {
		const known = hosts.get(host) ?? checkedAddress(api, api.address(data, host), data);
		hosts.set(host, known);
		return known;
	};
	base();

	const sendOnce = async (request: Request): Promise<retry.Outcome> => {
		const options = httpOptions(base(request.host), api.complete?.(request, data) ?? request);
		const form = await request.file?.open();
		if (form) Object.assign(options, { body: form.body, headers: form.headers });
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
	};

	/** One try in its turn, and what the pacer learns of it. @throws Refusal when that takes too long */
	const tryOnce = async (request: Request): Promise<retry.Outcome> => {
		const start = await pacer.turn(signal);
		const outcome = await sendOnce(request).finally(() => pacer.ended());
		signal?.throwIfAborted();
		if (outcome.kind !== 'answered') return outcome;
		outcome.status = api.status?.(outcome) ?? outcome.status;
		if (!retry.isTooSoon(outcome)) {
			pacer.accepted(quotaOf(api, outcome));
			return outcome;
		}
		const waitMs = askedToWaitMs(api, outcome);
		pacer.refused(start, waitMs, quotaOf(api, outcome));
		if ((waitMs ?? 0) > retry.longestWaitMs || pacer.refusedForMs > retry.patienceMs) throw tooLong(api, waitMs);
		return outcome;
	};

	const send = async (request: Request, read = (body: unknown) => body): Promise<unknown> => {
		let mayBeDone = false;
		for (let tries = 1; ; ) {
			const answer = await tryOnce(request);
			if (retry.isTooSoon(answer)) continue;
			const good = goodAnswer(api, request, answer, mayBeDone);
			const reading = good && attempt(read, good.body);
			if (reading && 'made' in reading) return reading.made;
			if (reading && !isBare(good.body)) throw unreadable(api, request, reading.thrown);
			const outcome = reading ? emptyAnswer : answer;
			mayBeDone ||= retry.mayBeDone(outcome);
			if (!retry.mayTryAgain(request, outcome) || tries >= retry.mostTries) {
				throw explain(api, request, outcome, tries, clean);
			}
			const asked = outcome.kind === 'answered' ? retry.retryAfterMs(outcome.headers) : undefined;
			if ((asked ?? 0) > retry.longestWaitMs) throw tooLong(api, asked);
			await pause(Math.max(retry.backoffMs(tries), asked ?? 0), signal);
			tries++;
		}
	};

	return { send, redact: clean };
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

/** An answer, or a lost one where the body is not what a vendor's server would send. */
function readAnswer(request: Request, answer: unknown): retry.Outcome {
	if (!isRecord(answer) || typeof answer.statusCode !== 'number') return emptyAnswer;
	const { statusCode: status, headers, body } = answer;
	const isText = typeof body === 'string' && body.trim() !== '';
	const isMissing = request.method === 'GET' && status === 200 && isBare(body) && !request.isSilent;
	if (status < 300 && (isText || isMissing)) return { kind: 'lost', code: 'NOT_JSON' };
	return { kind: 'answered', status, headers: isRecord(headers) ? (headers as IDataObject) : {}, body };
}

/** What `read` makes of a good answer's body, or what it says against it. */
function attempt<T>(read: (body: unknown) => T, body: unknown): { made: T } | { thrown: unknown } {
	try {
		return { made: read(body) };
	} catch (thrown) {
		return { thrown };
	}
}

/** A good answer without the body that it should have: what was asked may be done, and nobody can tell. */
const emptyAnswer: retry.Outcome = { kind: 'lost', code: 'EMPTY' };

/** What an answer holds that ends a request well; nothing where it does not. */
function goodAnswer(
	api: Api,
	request: Request,
	outcome: retry.Outcome,
	mayBeDone: boolean,
): { body: unknown } | undefined {
	if (outcome.kind !== 'answered') return undefined;
	if (outcome.status < 300) return { body: outcome.body };
	const isAbsent = outcome.status === 404 || api.isAbsent?.(outcome) === true;
	const isExpected = outcome.status === 404 && request.mayBeAbsent;
	// Deleted by an earlier try, or never there: gone in either case.
	const isGone = isAbsent && mayBeDone && request.method === 'DELETE';
	return isExpected || isGone ? { body: undefined } : undefined;
}

const isBare = (body: unknown): boolean => body === '' || body === undefined;

/** The code of a broken connection, wherever the two lines of n8n keep it. */
function codeOf(thrown: unknown): string {
	if (!isRecord(thrown)) return 'UNKNOWN';
	const places = [thrown.cause, thrown.errorResponse, thrown].filter(isRecord);
	const codes = places.flatMap(({ code, httpCode }) => [code, httpCode]);
	const code = codes.find((one) => typeof one === 'string' && /^[A-Z_]+$/.test(one));
	return String(code ?? 'UNKNOWN');
}

function askedToWaitMs(api: Api, outcome: retry.Outcome): number | undefined {
	if (outcome.kind !== 'answered') return undefined;
	return retry.retryAfterMs(outcome.headers) ?? quotaOf(api, outcome)?.resetMs;
}

const quotaOf = (api: Api, outcome: retry.Outcome) =>
	outcome.kind === 'answered' ? api.quota?.(outcome.headers) : undefined;

/** A cache of the process: one pacer for a key, shared by all executions that use it. */
const pacers = new Map<string, Pacer>();
const mostPacers = 1000;

function pacerFor(api: Api, data: IDataObject): Pacer {
	const limit = api.limit?.(data);
	const identity = [api.address(data), limit, ...api.secrets.map((name) => data[name])];
	const key = `${api.credential} ${createHash('sha256').update(JSON.stringify(identity)).digest('hex')}`;
	const pacer = pacers.get(key) ?? new Pacer(limit);
	// The one used last stands last, so the first is the one to let go.
	pacers.delete(key);
	pacers.set(key, pacer);
	const oldest = pacers.keys().next();
	if (pacers.size > mostPacers && !oldest.done) pacers.delete(oldest.value);
	return pacer;
}
