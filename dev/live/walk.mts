import type { IDataObject } from 'n8n-workflow';
import type { Method, Request } from '../../nodes/engine/http/request.ts';
import { type ContractOperation, readContract } from './contract.mts';
import { Findings } from './findings.mts';
import { judge } from './oracle.mts';
import { type Asked, Questions } from './questions.mts';
import { type LiveAnswer, type Send, sender } from './send.mts';
import type { LiveVendor } from './liveVendor.mts';

/** What a webhook brought: its body, and the event in its address where there is one. */
export interface Delivery {
	event?: string;
	body: unknown;
}

/** What one look at a vendor's server brought. */
export interface Checked {
	findings: Findings[];
	/** Operations that were not called, and why. */
	uncalled: Array<{ operation: ContractOperation; reason: string }>;
	requests: number;
	/** What the answers said to the vendor's open questions. */
	questions: Asked[];
}

/**
 * Calls every operation that reads, as soon as the answers of others hold the ids that it needs, and holds
 * each answer against the contract. Nothing is written at the vendor.
 * @param said told of each operation as its answer is there
 * @param deliveries of webhooks, for the open questions
 */
export async function checkLive(
	vendor: LiveVendor,
	credentials: IDataObject,
	said: (line: string) => void = () => {},
	deliveries: readonly Delivery[] = [],
): Promise<Checked> {
	const all = await readContract(vendor.contract);
	const reading = all.filter((one) => isReading(vendor, one));
	const questions = new Questions(vendor.questions);
	for (const delivery of deliveries)
		questions.hear({ operation: 'delivery', status: 200, headers: {}, ...delivery });
	const rateLimited = (headers: Record<string, string>) =>
		questions.hear({ operation: '', status: 429, headers });
	const walk = new Walk(vendor, sender(vendor, credentials, rateLimited), questions);
	let waiting = reading;
	for (let called = Infinity; called > 0 && waiting.length > 0;) {
		const before = waiting.length;
		const later: ContractOperation[] = [];
		for (const operation of waiting) {
			if (!(await walk.call(operation, said))) later.push(operation);
		}
		waiting = later;
		called = before - waiting.length;
	}
	for (const { probe } of vendor.questions) {
		const operation = reading.find(({ id }) => id === probe?.operation);
		if (probe && operation) await walk.probe(operation, probe.without);
	}
	const leftOut = all.filter(({ id }) => id in vendor.leftOut);
	return {
		findings: [...walk.findings.values()],
		uncalled: [
			...waiting.map((operation) => ({ operation, reason: walk.lacking(operation) })),
			...leftOut.map((operation) => ({ operation, reason: vendor.leftOut[operation.id] ?? '' })),
		],
		requests: walk.requests,
		questions: questions.asked,
	};
}

const isReading = (
	{ leftOut, postsThatRead }: LiveVendor,
	{ id, method }: ContractOperation,
): boolean => (method === 'GET' && !(id in leftOut)) || id in postsThatRead;

class Walk {
	readonly findings = new Map<string, Findings>();
	requests = 0;
	/** Bodies of good answers, for the ids in them. They go no further than this. */
	private readonly bodies = new Map<string, unknown>();

	constructor(
		private readonly vendor: LiveVendor,
		private readonly send: Send,
		private readonly questions: Questions,
	) {}

	/** @returns false where a value that it needs is not there yet */
	async call(operation: ContractOperation, said: (line: string) => void): Promise<boolean> {
		const requests = this.requestsOf(operation);
		if (!requests) return false;
		const findings = new Findings(operation.id, operation.confidence);
		this.findings.set(operation.id, findings);
		for (const request of requests) {
			this.requests++;
			const answer = await this.answer(request, findings);
			if (!answer) continue;
			this.questions.hear({ ...answer, operation: operation.id });
			if (judge(operation, answer, this.vendor.api, findings)) {
				this.bodies.set(operation.id, answer.body);
				this.lookForPages(findings);
			}
			said(`${operation.id}: ${answer.status} ${answer.mediaType}`);
		}
		return true;
	}

	/** The first request of an operation once more for each of the sets, without these headers; for the questions only. */
	async probe(operation: ContractOperation, sets: ReadonlyArray<readonly string[]>): Promise<void> {
		const [request] = this.requestsOf(operation) ?? [];
		if (!request) return;
		for (const without of sets) {
			this.requests++;
			const answer = await this.send(request, without).catch(() => undefined);
			if (!answer) continue;
			this.questions.hear({ ...answer, without, operation: `probe of ${operation.id}` });
		}
	}

	private async answer(request: Request, findings: Findings): Promise<LiveAnswer | undefined> {
		try {
			return await this.send(request);
		} catch (error) {
			// Its code only: a message may hold the address, and that the key.
			const { code, name } = ((error as Error).cause ?? error) as NodeJS.ErrnoException;
			findings.untold('', findings.confidence, `no answer came (${code ?? name})`);
			return undefined;
		}
	}

	/** Without it the node would take the first page for the whole list. */
	private lookForPages(findings: Findings): void {
		const field = findings.fields.get(this.vendor.pagedBy[findings.operation] ?? '');
		if (field?.types.size !== 0 || field.problems.size > 0) return;
		findings.differs(
			field.path,
			field.confidence,
			'missing, and the node finds the next page by it',
		);
	}

	/** Why an operation could not be called. */
	lacking(operation: ContractOperation): string {
		const names = this.needs(operation).filter(
			(name) => this.valuesOf(operation.id, name).length === 0,
		);
		return `no answer held a value for ${names.join(', ')}`;
	}

	/** One request for each value that is given; undefined where one is lacking. */
	private requestsOf(operation: ContractOperation): Request[] | undefined {
		const { id, method, parameters, path } = operation;
		const names = this.needs(operation);
		const given = parameters.map(({ name }) => name).filter((name) => name in this.vendor.given);
		let sets: Array<Record<string, string>> = [{}];
		for (const name of new Set([...names, ...given])) {
			const values = this.valuesOf(id, name);
			sets = sets.flatMap((set) => values.map((value) => ({ ...set, [name]: value })));
		}
		if (sets.length === 0) return undefined;
		const post = this.vendor.postsThatRead[id];
		return sets.map((set) => ({
			method: method as Method,
			path: path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(set[name] ?? '')),
			targetsOneRecord: path.includes('{'),
			query: Object.fromEntries(Object.entries(set).filter(([name]) => isQuery(operation, name))),
			...(post?.body && { body: post.body(set[post.needs ?? ''] ?? '') }),
			...(this.vendor.hosts[id] && { host: this.vendor.hosts[id] }),
		}));
	}

	/** The parameters that a request must have; those that the credential brings are left to it. */
	private needs({ id, parameters }: ContractOperation): string[] {
		const { asked, sent, postsThatRead } = this.vendor;
		const required = parameters
			.filter((one) => one.required && !(one.name in asked))
			.map(({ name }) => name);
		return [...required, ...(sent[id] ?? []), ...[postsThatRead[id]?.needs ?? []].flat()];
	}

	private valuesOf(operation: string, name: string): string[] {
		const given = this.vendor.given[name];
		if (given) return given;
		for (const [source, path] of this.vendor.sources[name] ?? []) {
			const found =
				source === operation ? undefined : firstAt(this.bodies.get(source), path.split('.'));
			if (found !== undefined) return [found];
		}
		return [];
	}
}

const isQuery = ({ parameters }: ContractOperation, name: string): boolean =>
	parameters.some((one) => one.name === name && one.in === 'query');

/** The first text or number at a path of names, * for each of a list. */
function firstAt(value: unknown, [name, ...rest]: string[]): string | undefined {
	if (name === undefined) {
		return (typeof value === 'string' && value !== '') || typeof value === 'number'
			? String(value)
			: undefined;
	}
	if (typeof value !== 'object' || value === null) return undefined;
	const inner = name === '*' ? Object.values(value) : [(value as Record<string, unknown>)[name]];
	for (const one of inner) {
		const found = firstAt(one, rest);
		if (found !== undefined) return found;
	}
	return undefined;
}
