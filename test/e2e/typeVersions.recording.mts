import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import type { IDataObject } from 'n8n-workflow';
import type { Execution } from '../../dev/n8n/execution.mts';
import {
	manualTrigger,
	sideBySide,
	type Workflow,
	type WorkflowNode,
} from '../../dev/n8n/workflow.mts';
import { parametersOf } from '../attack/parameters.mts';
import { operationsOf, parametersWith } from '../attack/vendors.mts';

/** A workflow of one type version of a node, and what it gave when it was recorded. */
export interface Recording {
	workflow: Workflow;
	/** What the vendor was asked: method, path, query and body, in no order. */
	requests: string[];
	/** The items of each node by its name. */
	items: Record<string, unknown[]>;
}

const folder = new URL('./recordings/', import.meta.url);

const fileOf = (node: string, version: number): URL => new URL(`${node}-${version}.json`, folder);

/** @returns nothing where this version was never recorded */
export async function recordingOf(node: string, version: number): Promise<Recording | undefined> {
	const file = fileOf(node, version);
	if (!existsSync(file)) return undefined;
	return JSON.parse(await readFile(file, 'utf8')) as Recording;
}

/** Keeps what was recorded: once, since later builds are held against it. */
export async function keep(node: string, version: number, recording: Recording): Promise<void> {
	const text = `${JSON.stringify(recording, null, '\t')}\n`;
	await writeFile(fileOf(node, version), text, { flag: 'wx' });
}

/**
 * A workflow with each operation of a vendor twice: with what it needs, and with all that it takes.
 * @param vendor its name, such as `saleswhale`
 */
export function workflowOf(vendor: string, type: string, typeVersion: number): Workflow {
	const nodes = operationsOf(vendor).flatMap((chosen): WorkflowNode[] => {
		const all = parametersOf(chosen.operation).filter(({ isOptional }) => isOptional);
		const full = all.reduce<IDataObject>(
			(before, parameter) => merged(before, parameter.put(parameter.benign[0])),
			parametersWith(chosen, {}),
		);
		return [
			[chosen.title, parametersWith(chosen, {})] as const,
			[`${chosen.title}, all fields`, full] as const,
		].map(([name, parameters]) => ({ name, type, typeVersion, parameters }));
	});
	return sideBySide(`${vendor} ${typeVersion}`, nodes);
}

/** What is not in `more` stays; of two rows or values the later one counts. */
function merged(before: IDataObject, more: IDataObject): IDataObject {
	const result = { ...before };
	for (const [name, value] of Object.entries(more)) {
		const own = result[name];
		result[name] =
			isGroup(own) && isGroup(value) && !('__rl' in value) ? merged(own, value) : value;
	}
	return result;
}

const isGroup = (value: unknown): value is IDataObject =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

/** A moment, an ID of chance, and the simulator's port: another in each run. */
export const steady = (text: string): string =>
	text
		.replace(/\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)?/g, '<moment>')
		.replace(/\d+\/\d+\/\d{4} \d+:\d\d [AP]M/g, '<moment>')
		// Zenvia's begin with the time.
		.replace(/\b01[\da-f]{10}(0{6}[\da-f]{6})\b/g, '<id $1>')
		.replace(/("event_?id":)"[^"]*"/gi, '$1"<event>"')
		.replace(/127\.0\.0\.1:\d+/g, '<host>')
		.replace(/[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}/g, '<uuid>');

/**
 * A request as it is compared: the keys of its query and body in one order, which means nothing.
 * @param line method, path, query and body, as they are recorded
 */
export function inOrder(line: string): string {
	const [, start = '', values = ''] = /^(\S+ \S+) (.*)$/s.exec(line) ?? [];
	const ends = [...values.matchAll(/ |$/g)].map(({ index }) => index);
	const isWhole = (text: string) => text === '' || sorted(text) !== undefined;
	const end = ends.find((at) => isWhole(values.slice(0, at)) && isWhole(values.slice(at + 1)));
	const [query = '', body = ''] = [values.slice(0, end), values.slice((end ?? 0) + 1)];
	return `${start} ${sorted(query) ?? query} ${sorted(body) ?? body}`;
}

/** A JSON text with the keys of its objects in order, or nothing where it is none. */
function sorted(text: string): string | undefined {
	try {
		return JSON.stringify(JSON.parse(text), (_name, value: unknown) =>
			isGroup(value)
				? Object.fromEntries(Object.entries(value).sort(([a], [b]) => a.localeCompare(b)))
				: value,
		);
	} catch {
		return undefined;
	}
}

/** That an item was refused is kept, and not in which words, which may get better. */
const said = (name: string, value: unknown): unknown =>
	name === 'error' && typeof value === 'string' ? '<sentence>' : value;

/** The items of each node but the start, as they are compared: in no order, since some were made in one millisecond. */
export function itemsIn({ nodes }: Execution): Recording['items'] {
	const given = Object.entries(nodes)
		.filter(([name]) => name !== manualTrigger.name)
		.map(([name, runs]) => [
			name,
			(runs.at(-1)?.outputs.flat() ?? [])
				.map(({ json }) => steady(JSON.stringify(json, said)))
				.sort()
				.map((text) => JSON.parse(text) as unknown),
		]);
	return Object.fromEntries(given) as Recording['items'];
}
