import { afterAll, beforeAll, beforeEach } from '@jest/globals';
import type { IDataObject } from 'n8n-workflow';
import { Host, run, type RunOptions } from './engine.mts';
import { lists, type VendorList } from './onlyNew.setup.mts';

/** In ms. */
export const minute = 60_000;
/** The interactions of Zenvia Sales, but in what is done with another list. */
export let list: VendorList;
/** The n8n of a test, which remembers nothing yet. */
export let host: Host;

/** Gives a test another n8n. */
export function newHost(workflowId: string): void {
	host = new Host(workflowId);
}

/** Is called where a file's tests are described: starts the vendor before them, and gives each an n8n of its own. */
export function withInteractions(): void {
	let count = 0;
	beforeAll(async () => {
		list = await (lists['Zenvia Sales interactions'] as () => Promise<VendorList>)();
	});
	afterAll(async () => await list.sim.close());
	beforeEach(() => {
		list.sim.setFault(undefined);
		newHost(`only new ${++count}`);
	});
}

/** Runs Get Many. @returns what tells the records that it gave, and what it said */
export async function read(parameters: IDataObject = {}, more: Partial<RunOptions> = {}) {
	const result = await run(list.subject, {
		...{ typeVersion: 1.2, credential: list.credential, host },
		parameters: {
			...list.parameters,
			...{ returnAll: true, onlyNew: true, startFrom: 'now', ...parameters },
		} as RunOptions['parameters'],
		...more,
	});
	const keys = result.items.map(({ json }) => list.keyOf(json));
	return { ...result, keys, said: result.hints.map(({ message }) => message).join(' ') };
}

/** Has an interaction come in now. @returns what tells it */
export const put = (): string => list.put(Date.now());

/** Does something with a list that no other test has put records into. */
export async function withOwnList(name: string, work: () => Promise<void>): Promise<void> {
	const before = list;
	list = await (lists[name] as () => Promise<VendorList>)();
	await work().finally(async () => {
		await list.sim.close();
		list = before;
	});
}
