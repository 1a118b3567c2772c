import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import axios from 'axios';
import {
	type ICredentialType,
	type IDataObject,
	type IHookFunctions,
	type IHttpRequestOptions,
	type INodeType,
	type IPollFunctions,
	type IWebhookFunctions,
	ObservableObject,
} from 'n8n-workflow';
import type { Draft, Host } from './host.mts';

/** What a trigger needs of n8n to be published. */
export interface Subject {
	/** The trigger as a process that has just started has it: with nothing in its modules. */
	load(): INodeType;
	credentialType: ICredentialType;
	typeVersion: number;
	/** Below n8n's address. */
	path: string;
	/** How long a trigger takes away later what it registered, as this process measures time. Milliseconds. */
	graceMs: number;
}

/** A trigger's memory as one request, poll or hook has it. */
interface Memory {
	data: IDataObject & { __dataChanged?: boolean };
}

/** A workflow as it is published. */
interface Running extends Draft {
	credentialId: number;
}

const hookTries = 3;

/**
 * What n8n 2.41 does around one trigger, as far as it was seen to matter to triggers (docs/triggers.md): it publishes by
 * delete, checkExists and create; keeps what nodes remember by their names, whole, so that the last to write wins;
 * forgets that a delivery changed it when it starts the workflow; loses with its process what stands in modules.
 */
export class StandIn implements Host {
	private readonly executions: IDataObject[] = [];
	private stored = '{}';
	private credential: IDataObject | undefined;
	/** Names the credential: one that is made anew is another one, which has to be chosen in the node. */
	private credentialId = 1;
	private running: Running | undefined;
	/** n8n gives a polling trigger its memory when the workflow is published, once and for all. */
	private polled: Memory | undefined;
	private node: INodeType;
	/** Counts processes: what one that has ended still does reaches nobody. */
	private process = 0;
	private base = '';
	private server: Server | undefined;

	private constructor(private readonly subject: Subject) {
		this.node = subject.load();
	}

	static async start(subject: Subject): Promise<StandIn> {
		const host = new StandIn(subject);
		host.server = createServer((request, response) => void host.take(request, response));
		await new Promise<void>((resolve) => host.server?.listen(0, '127.0.0.1', resolve));
		host.base = host.address(0);
		return host;
	}

	address(n: number): string {
		const { port } = this.server?.address() as AddressInfo;
		return `http://127.0.0.1:${port}/n8n${n}/`;
	}

	get url(): string {
		return `${this.base}webhook/walk/${this.subject.path}`;
	}

	async publish(saved: Draft): Promise<void> {
		const draft = { ...saved, credentialId: this.credentialId };
		if (JSON.stringify(this.running) === JSON.stringify(draft)) return;
		if (this.running) await this.takeDown(this.running);
		const { default: hooks } = this.node.webhookMethods ?? {};
		const memory = this.read();
		try {
			const context = this.hookContext(draft, memory);
			this.running = draft;
			if (hooks && !(await hooks.checkExists.call(context))) await hooks.create.call(context);
			if (!this.node.poll) return;
			this.polled = memory;
			await this.poll();
		} catch (thrown) {
			await this.takeDown(draft);
			throw thrown;
		} finally {
			this.save(memory);
		}
	}

	async unpublish(): Promise<void> {
		if (this.running) await this.takeDown(this.running);
	}

	private async takeDown(draft: Running): Promise<void> {
		const { default: hooks } = this.node.webhookMethods ?? {};
		this.running = undefined;
		this.polled = undefined;
		if (!hooks) return;
		const memory = this.read();
		for (let tries = 1; tries <= hookTries; tries++) {
			try {
				await hooks.delete.call(this.hookContext(draft, memory));
				break;
			} catch {
				// n8n writes it into its log, and goes on.
			}
		}
		this.save(memory);
	}

	async setCredential(data: IDataObject): Promise<void> {
		if (!this.credential) this.credentialId++;
		this.credential = data;
	}

	deleteCredential = async (): Promise<void> => void (this.credential = undefined);

	/** n8n 2.x asks no trigger anything when it starts. */
	async restart({ kill, address }: { kill: boolean; address?: string }): Promise<void> {
		if (!kill) await wait(5);
		this.process++;
		this.server?.closeAllConnections();
		this.node = this.subject.load();
		this.base = address ?? this.base;
		if (this.polled) this.polled = this.read();
	}

	async poll(): Promise<void> {
		const { running, polled, process } = this;
		if (!running || !polled) return;
		const context = {
			...this.common(running, polled),
			getMode: () => 'trigger',
			getActivationMode: () => 'activate',
		};
		try {
			const items = await this.node.poll?.call(context as unknown as IPollFunctions);
			if (process !== this.process) return;
			this.executions.push(...(items?.[0] ?? []).map(({ json }) => json));
		} finally {
			if (process === this.process) this.save(polled);
		}
	}

	started = async (): Promise<IDataObject[]> => [...this.executions];

	async settle(): Promise<void> {
		await wait(this.subject.graceMs);
	}

	async close(): Promise<void> {
		this.process++;
		this.server?.closeAllConnections();
		await new Promise((resolve) => this.server?.close(resolve));
	}

	private read(): Memory {
		const data = JSON.parse(this.stored) as IDataObject;
		return {
			data: ObservableObject.create(data, undefined, { ignoreEmptyOnFirstChild: true }) as never,
		};
	}

	private save({ data }: Memory): void {
		if (data.__dataChanged !== true) return;
		this.stored = JSON.stringify(data);
		data.__dataChanged = false;
	}

	/** What all functions of a trigger are given. */
	private common({ name, parameters, credentialId }: Running, memory: Memory) {
		const { process, subject } = this;
		const type = this.node.description.name;
		return {
			getNode: () => ({
				...{ id: 'walk', name, type, parameters, typeVersion: subject.typeVersion },
				credentials: { [subject.credentialType.name]: { id: String(credentialId), name: 'Given' } },
			}),
			getNodeParameter: (parameter: string, fallback: unknown) => parameters[parameter] ?? fallback,
			getNodeWebhookUrl: () => this.url,
			getInstanceId: () => 'walk',
			getWorkflow: () => ({ id: 'walk', name: 'Walk' }),
			getWorkflowStaticData: (of: string) => this.memoryOf(memory, of === 'node' ? name : of),
			getCredentialsProperties: () => [],
			getCredentials: async () => {
				if (!this.credential || credentialId !== this.credentialId)
					throw new Error('The credential is not there any more');
				return { ...this.credential };
			},
			logger: { debug() {}, info() {}, warn() {}, error() {} },
			helpers: {
				httpRequestWithAuthentication: async (
					_type: string,
					options: IHttpRequestOptions,
					more?: { credentialsDecrypted?: { data?: IDataObject } },
				) => await this.send(process, options, more?.credentialsDecrypted?.data ?? {}),
			},
		};
	}

	private memoryOf({ data }: Memory, of: string): IDataObject {
		const key = of === 'global' ? of : `node:${of}`;
		data[key] ??= ObservableObject.create({}, data as never) as IDataObject;
		return data[key] as IDataObject;
	}

	private hookContext(draft: Running, memory: Memory): IHookFunctions {
		return {
			...this.common(draft, memory),
			getMode: () => 'internal',
			getActivationMode: () => 'update',
		} as unknown as IHookFunctions;
	}

	private async send(process: number, options: IHttpRequestOptions, data: IDataObject) {
		// What an ended process would have sent is not sent.
		if (process !== this.process) throw new Error('This process has ended');
		const { authenticate } = this.subject.credentialType;
		if (typeof authenticate !== 'function') throw new Error('authenticate is no function');
		const { url, method, qs, body, headers } = await authenticate(data as never, { ...options });
		const config = { url, method, params: qs, data: body, headers: headers as never };
		const answer = await axios.request({ ...config, proxy: false, validateStatus: () => true });
		if (process !== this.process) throw new Error('This process has ended');
		return { statusCode: answer.status, headers: answer.headers, body: answer.data as unknown };
	}

	/** A delivery. */
	private async take(request: IncomingMessage, response: ServerResponse): Promise<void> {
		const { process, running } = this;
		const url = new URL(request.url ?? '', 'http://localhost');
		const parts: Buffer[] = [];
		for await (const part of request) parts.push(part as Buffer);
		if (!running || !url.pathname.endsWith(`webhook/walk/${this.subject.path}`))
			return void response.writeHead(404).end('{}');
		const memory = this.read();
		const json = (said: unknown) => response.end(JSON.stringify(said));
		const shown: ServerResponse & {
			status(code: number): typeof shown;
			json(said: unknown): unknown;
		} = Object.assign(response, {
			status: (code: number) => {
				response.statusCode = code;
				return shown;
			},
			json,
			send: json,
		});
		const context = {
			...this.common(running, memory),
			getMode: () => 'webhook',
			getQueryData: () => Object.fromEntries(url.searchParams),
			getHeaderData: () => request.headers,
			getRequestObject: () =>
				Object.assign(request, { rawBody: Buffer.concat(parts), encoding: 'utf8', query: {} }),
			getResponseObject: () => shown,
			getBodyData: () => tryParse(Buffer.concat(parts)),
		} as unknown as IWebhookFunctions;
		try {
			const result = await this.node.webhook?.call(context);
			if (process !== this.process) return;
			const { workflowData, noWebhookResponse, webhookResponse } = result ?? {};
			if (workflowData) {
				// n8n forgets at this moment that the memory was changed, then stores the execution.
				memory.data.__dataChanged = false;
				await wait(3);
				if (process !== this.process) return;
				this.executions.push(...workflowData.flat().map(({ json: item }) => item));
			}
			this.save(memory);
			if (!noWebhookResponse) shown.status(200).json(webhookResponse ?? {});
		} catch (thrown) {
			if (process === this.process) shown.status(500).json({ message: String(thrown) });
		}
	}
}

function tryParse(bytes: Buffer): unknown {
	try {
		return JSON.parse(bytes.toString()) as unknown;
	} catch {
		return {};
	}
}
