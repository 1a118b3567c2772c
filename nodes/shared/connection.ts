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
import { Pacer } from './pace';
import { pause } from './pause';
import { redact, Refusal } from './refusal';
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

	const send = async (request: Request): Promise<unknown> => {
		for (let tries = 1; ; ) {
			const start = await pacer.turn(signal);
			const outcome = await sendOnce(request).finally(() => pacer.ended());
			signal?.throwIfAborted();
			if (outcome.kind === 'answered') outcome.status = api.status?.(outcome) ?? outcome.status;
			if (retry.isTooSoon(outcome)) {
				const waitMs = askedToWaitMs(api, outcome);
				pacer.refused(start, waitMs, quotaOf(api, outcome));
				if ((waitMs ?? 0) > retry.longestWaitMs || pacer.refusedForMs > retry.patienceMs) {
					throw tooLong(api, waitMs);
				}
				continue;
			}
			if (outcome.kind === 'answered') {
				pacer.accepted(quotaOf(api, outcome));
				if (outcome.status < 300) return outcome.body;
				if (outcome.status === 404 && request.mayBeAbsent) return undefined;
			}
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
	if (!isRecord(answer) || typeof answer.statusCode !== 'number') return { kind: 'lost', code: 'EMPTY' };
	const { statusCode: status, headers, body } = answer;
	const isText = typeof body === 'string' && body.trim() !== '';
	const isEmpty = body === '' || body === undefined;
	const isMissing = request.method === 'GET' && status === 200 && isEmpty && !request.isSilent;
	if (status < 300 && (isText || isMissing)) return { kind: 'lost', code: 'NOT_JSON' };
	return { kind: 'answered', status, headers: isRecord(headers) ? (headers as IDataObject) : {}, body };
}

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

const tooLong = ({ vendor }: Api, waitMs = retry.patienceMs): Refusal =>
	new Refusal(`${vendor} takes no more requests for this key at the moment`, {
		code: '429',
		advice: `Run this again in ${Math.ceil(waitMs / 60_000)} minutes, and see what else uses the key.`,
	});

function explain(
	api: Api,
	request: Request,
	outcome: retry.Outcome,
	tries: number,
	clean: (text: string) => string,
): Refusal {
	const { vendor } = api;
	const times = tries > 1 ? ` after ${tries} tries` : '';
	const uncertain = retry.isUncertain(request, outcome)
		? `It may have been done all the same. Look in ${vendor} before you run this item again.`
		: undefined;
	if (outcome.kind !== 'answered') {
		const what = outcome.kind === 'unsent' ? 'could not be reached' : 'gave no answer that can be read';
		const advice = uncertain ?? `Check the address in the credential, and whether ${vendor} is up.`;
		return new Refusal(`${vendor} ${what}${times}`, { advice: `${advice} (${outcome.code})` });
	}
	const { status, body } = outcome;
	// Cleaned first: half a key, where the words are cut, is a key that is not recognised.
	const own = api.words(body);
	const words = own && clean(own).slice(0, 500);
	const about = status === 404 ? api.subject?.(request) : undefined;
	const silent = about ? `${vendor} has no ${about}` : `${vendor} answered ${meaning(status)}${times}`;
	const said = words ? `${vendor} says: ${words}` : silent;
	const advice = uncertain ?? api.advice?.(status, request, words) ?? generalAdvice(vendor, status);
	return new Refusal(clean(said), { code: String(status), advice: clean(advice) });
}

function meaning(status: number): string {
	const names: Record<number, string> = {
		401: 'that it does not accept the key',
		403: 'that the key may not do this',
		404: 'that there is no such thing',
		409: 'that this conflicts with what it has',
		422: 'that it does not accept these values',
	};
	return names[status] ?? `with status ${status}`;
}

function generalAdvice(vendor: string, status: number): string {
	if (status === 401) return 'Open the credential, enter the key again, and test it.';
	if (status === 403) return `Give the key the right to do this in ${vendor}.`;
	if (status === 404) return 'Check the ID, and that it belongs to the account of this credential.';
	if (status >= 500) return `Wait a while and run this again, or ask ${vendor}.`;
	if (status < 400) return 'Check the address in the credential: it leads to another one.';
	return 'Check the values of this item.';
}

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
