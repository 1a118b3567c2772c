import { createServer } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { mediaTypeOf, parseBody, readBody, toObject } from './framework/body.mts';
import { Contract } from './framework/contract.mts';
import { CONTROL_PATH, control } from './framework/control.mts';
import { Limiter } from './framework/limiter.mts';
import type { Decision } from './framework/limiter.mts';
import { Listener } from './framework/listener.mts';
import { Journal, Recorder } from './framework/recorder.mts';
import type { Counts, RequestRecord } from './framework/recorder.mts';
import { cut, encode, hangUp, send } from './framework/sending.mts';
import { ownDelayMs, ownIdentity } from './network/away.mts';
import { type Relay, startRelay } from './network/relay.mts';
import type { Settings, Simulator, StartOptions } from './framework/simulator.types.mts';
import type {
	Answer,
	Call,
	Fault,
	FaultHook,
	Json,
	Vendor,
	VendorDefinition,
} from './framework/types.mts';

export * from './framework/simulator.types.mts';
export * from './framework/types.mts';
export * from './framework/webhooks.mts';
export type { Decision, LimitSettings } from './framework/limiter.mts';
export type { Counts, Journal, JournalEntry, RequestRecord } from './framework/recorder.mts';

/**
 * Starts a vendor's simulator on 127.0.0.1.
 * Throws where the contract is broken, a handler is missing, or the port is taken.
 */
export async function startSimulator<V extends Vendor>(
	definition: VendorDefinition<V>,
	options: StartOptions = {},
): Promise<Simulator<V>> {
	const contract = await Contract.load(definition.contract);
	const running = new Running(definition, contract, options);
	await running.listen(options.port ?? 0);
	return running;
}

class Running<V extends Vendor> implements Simulator<V> {
	vendor: V;
	readonly journal = new Journal();
	readonly defects: string[] = [];
	readonly settings: Settings = { latencyMs: 0, limit: undefined };
	private readonly recorder: Recorder;
	private readonly listener: Listener;
	private limiter: Limiter | undefined;
	private fault: FaultHook | undefined;
	private lastId = 0;
	private readonly scheme: 'http' | 'https';
	/** The way to it, where that is long. */
	private relay: Relay | undefined;

	constructor(
		private readonly definition: VendorDefinition<V>,
		private readonly contract: Contract,
		private readonly options: StartOptions,
	) {
		const { records = 10_000, bodyBytes = 65_536, latencyMs = 0, limit, fault } = options;
		this.recorder = new Recorder({ records, bodyBytes });
		this.fault = fault;
		this.change({ latencyMs, limit: limit === 'documented' ? definition.documentedLimit : limit });
		this.vendor = this.createVendor();
		const missing = contract.operationIds.filter((id) => !(id in this.vendor.handlers));
		if (missing.length > 0)
			throw new Error(`${this.name} has no handler for ${missing.join(', ')}`);
		const serve = (request: IncomingMessage, response: ServerResponse) => {
			this.serve(request, response).catch((error: unknown) => this.fail(error, response));
		};
		const identity = ownIdentity();
		this.scheme = identity ? 'https' : 'http';
		this.listener = new Listener(identity ? createTlsServer(identity, serve) : createServer(serve));
	}

	get name(): string {
		return this.definition.name;
	}

	get port(): number {
		return this.listener.port;
	}

	get url(): string {
		return `${this.scheme}://127.0.0.1:${this.relay?.port ?? this.port}`;
	}

	get requests(): RequestRecord[] {
		return this.recorder.requests;
	}

	get counts(): Counts {
		return this.recorder.counts;
	}

	violations(): RequestRecord[] {
		return this.recorder.violations();
	}

	refusalIn200(call: Call): Json | undefined {
		return this.definition.refusalIn200?.(call);
	}

	change(settings: Partial<Settings>): void {
		Object.assign(this.settings, settings);
		if ('limit' in settings) {
			this.limiter = settings.limit ? new Limiter(settings.limit) : undefined;
		}
	}

	setFault(fault: FaultHook | undefined): void {
		this.fault = fault;
	}

	reset(): void {
		this.vendor.close?.();
		this.recorder.reset();
		this.journal.reset();
		this.defects.length = 0;
		this.change({ limit: this.settings.limit });
		this.vendor = this.createVendor();
	}

	async listen(port: number): Promise<void> {
		await this.listener.open(port);
		const delayMs = ownDelayMs();
		if (delayMs > 0) this.relay = await startRelay(this.port, { delayMs });
	}

	async close(): Promise<void> {
		this.vendor.close?.();
		await this.relay?.close();
		await this.listener.close();
		if (this.defects.length > 0) {
			throw new Error(`The ${this.name} simulator is at fault:\n${this.defects.join('\n')}`);
		}
	}

	private createVendor(): V {
		return this.definition.create({
			journal: this.journal,
			checkWebhook: (event, payload) => this.contract.checkWebhook(event, payload),
			defect: (message) => this.defects.push(message),
		});
	}

	private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
		const url = request.url ?? '/';
		const rawBody = await readBody(request);
		if (url.startsWith(CONTROL_PATH)) {
			send(response, encode(await control(this, request.method ?? 'GET', url, rawBody)));
			return;
		}
		const started = performance.now();
		const call = await this.read(request, url, rawBody);
		const fault = this.fault?.(call);
		const status = await this.answer(call, fault, response);
		this.recorder.record(call, status, started, fault?.name ?? fault?.kind);
	}

	private async read(request: IncomingMessage, url: string, rawBody: Buffer): Promise<Call> {
		const mark = url.indexOf('?');
		const path = mark < 0 ? url : url.slice(0, mark);
		const query = mark < 0 ? {} : toObject(new URLSearchParams(url.slice(mark + 1)));
		const { method = 'GET', headers } = request;
		const body = await parseBody(rawBody, request);
		const mediaType = mediaTypeOf(request);
		const reading = this.contract.read({ method, path, query, headers, body, mediaType });
		return { id: ++this.lastId, method, path, headers, body, rawBody, ...reading };
	}

	/** Answers with or without a fault; gives the status sent, 0 for none. */
	private async answer(
		call: Call,
		fault: Fault | undefined,
		response: ServerResponse,
	): Promise<number> {
		const { latencyMs } = this.settings;
		const early = fault && 'when' in fault && fault.when === 'before';
		// The limit is reckoned when the request comes, not when its answer goes out.
		const answer = early ? undefined : await this.decide(call);
		if (latencyMs > 0) await wait(latencyMs);
		if (fault?.kind === 'drop' || fault?.kind === 'stall') {
			await hangUp(response, fault.kind === 'stall' ? fault.ms : 0);
			return 0;
		}
		const raw = encode(fault?.kind === 'answer' ? fault.answer : (answer ?? { status: 500 }));
		if (fault?.kind === 'cut') {
			cut(response, raw, fault.bytes);
			return raw.status;
		}
		const sent = fault?.kind === 'alter' ? fault.alter(raw) : raw;
		if (fault?.kind === 'refuse' || this.listener.isShut) response.shouldKeepAlive = false;
		send(response, sent);
		if (fault?.kind === 'refuse') this.listener.shutFor(fault.ms);
		return sent.status;
	}

	/** The vendor's answer: within the limit, with a right key, from the handler, and checked. */
	private async decide(call: Call): Promise<Answer> {
		const decision = this.limiter?.decide(this.vendor.limitKey?.(call) ?? '');
		const answer = await this.handle(call, decision);
		const faults = this.faultsOf(call, answer, decision);
		if (faults !== '') {
			this.defects.push(`${call.method} ${call.path} was answered wrongly: ${faults}`);
			return { status: 500, body: { simulator: faults } };
		}
		return decision ? { ...answer, headers: { ...answer.headers, ...decision.headers } } : answer;
	}

	private faultsOf(
		{ operationId }: Call,
		{ status, body }: Answer,
		decision: Decision | undefined,
	): string {
		if (operationId === undefined || this.options.checkAnswers === false) return '';
		// Not every vendor documents a limit; a start may ask for one all the same.
		const own = decision?.allowed === false && !this.contract.response(operationId, status);
		return own ? '' : this.contract.answerFaults(operationId, status, body);
	}

	private handle(call: Call, decision: Decision | undefined): Answer | Promise<Answer> {
		const { vendor } = this;
		if (decision && !decision.allowed) return vendor.limited?.(decision) ?? { status: 429 };
		if (call.operationId === undefined) return vendor.notFound?.(call) ?? { status: 404 };
		const refused =
			vendor.authenticate?.(call) ??
			(call.violations.length > 0 ? vendor.invalid?.(call) : undefined);
		return refused ?? vendor.handlers[call.operationId]?.(call) ?? { status: 501 };
	}

	/** An exception in a handler is a fault of the simulator; a client that hung up is not. */
	private fail(error: unknown, response: ServerResponse): void {
		const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
		if ((error as NodeJS.ErrnoException).code === 'ECONNRESET') return;
		this.defects.push(message);
		const body: Json = { simulator: message };
		if (!response.headersSent) send(response, encode({ status: 500, body }));
	}
}
