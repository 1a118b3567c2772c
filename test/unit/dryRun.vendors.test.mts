import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { type RequestRecord, type Simulator, startSimulator } from '../../dev/kit/simulator.mts';
import { credentialData, vendorOf, vendors } from '../../dev/vendors.mts';
import { fieldsOf } from '../../nodes/engine/operation/readForm.ts';
import { binary } from '../attack/parameters.mts';
import { type Chosen, operationsOf, parametersWith } from '../attack/vendors.mts';
import { Binaries } from './binaries.mts';
import { run } from './engine.mts';

const key = 'key-of-a-dry-run';
const custom: IDataObject = { method: 'POST', path: '/a-path' };

/** What these do depends on what they read, which is not there; the tests of their vendors have it. */
const readsFirst = ({ operation }: Chosen) => 'first' in operation || 'follow' in operation;

beforeAll(() => Binaries.inMemory());

/** Each write of each vendor, found by what the nodes have: one that is to come is tried without a line here. */
describe.each(vendors.map(({ name, title }) => ({ name, title })))('$title', ({ name }) => {
	const vendor = vendorOf(name);
	const { node, credentialType, kit } = vendor;
	const { leftOut = {}, postsThatRead = {} } = kit.live;
	const all = operationsOf(name);
	const writes = all.filter(({ operation }) => 'writes' in operation);
	const reads = all.filter(({ operation }) => !('writes' in operation));
	let simulator: Simulator;

	beforeAll(async () => {
		simulator = await startSimulator(kit.simulator(key));
	});
	beforeEach(() => simulator.reset());
	afterAll(async () => await simulator.close());

	/** By what the vendor's document says of it, and not by what the node takes it for. */
	const isWrite = ({ method, operationId = '' }: RequestRecord): boolean =>
		method === 'GET' ? operationId in leftOut : !(operationId in postsThatRead);
	const sent = () => simulator.requests.filter(isWrite).map(({ method, path }) => [method, path]);

	const runOnce = async (chosen: Chosen, typeVersion: number, own: IDataObject) => {
		const { resource, operation } = chosen;
		const isCustom = resource === 'customApiCall';
		const credential = credentialData(vendor, key, simulator.url);
		const parameters = parametersWith(chosen, { ...(isCustom && custom), ...own });
		const options = {
			...{ typeVersion, credential, binary, parameters: parameters as INodeParameters },
			// What is not there fails the item: without it, n8n writes a line for each.
			...(!('options' in own) && { onError: 'continueRegularOutput' as const }),
		};
		const result = await run({ node, credential: credentialType }, options);
		return { ...result, action: operation.action };
	};

	const cases = writes.flatMap((chosen) =>
		[node.description.version].flat().map((version) => ({ ...chosen, version })),
	);

	it.each(cases)('$title in version $version says what it would do', async (chosen) => {
		const { items, error, action, hints } = await runOnce(chosen, chosen.version, {
			options: { dryRun: true },
		});
		expect(sent()).toEqual([]);
		if (readsFirst(chosen)) return;
		expect(error?.message).toBeUndefined();
		const verb = `${action.charAt(0).toLowerCase()}${action.slice(1)}`;
		const json = { dryRun: true, would: expect.stringMatching(`^${verb} .`) };
		expect(items).toEqual([{ json, pairedItem: { item: 0 } }]);
		expect(JSON.stringify(items)).not.toMatch(/undefined|\[object|null|NaN/);
		expect(hints.map(({ message }) => message)).toEqual([
			expect.stringMatching(/^This was a dry run: nothing was written\./),
		]);
	});

	it.each(reads)(
		'$title writes nothing, since it says nothing of what it writes',
		async (chosen) => {
			await runOnce(chosen, [node.description.version].flat().at(-1) ?? 1, {});
			expect(sent()).toEqual([]);
			expect(fieldsOf(chosen.operation).map(({ name: own }) => own)).not.toContain('options');
		},
	);

	it('would be found out: without Dry Run, each of its writes arrives', async () => {
		for (const chosen of writes) {
			if (readsFirst(chosen)) continue;
			const before = sent().length;
			await runOnce(chosen, 1, {});
			expect([chosen.title, sent().length > before]).toEqual([chosen.title, true]);
		}
	});
});
