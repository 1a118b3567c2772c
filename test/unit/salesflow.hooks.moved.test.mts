import { describe, expect, it } from '@jest/globals';
import type { IDataObject } from 'n8n-workflow';
import { isRegistered, register, unregister } from '../../nodes/Salesflow/trigger/register.ts';
import {
	type Given,
	address,
	sim,
	context,
	later,
	isNothingHeld,
	held,
	perSet,
	withSalesflow,
} from './salesflow.hooks.setup.mts';

withSalesflow();

describe('a trigger whose n8n moved', () => {
	const moved = 'https://n8n.new.example/automation/webhook/abc/webhook';

	it('replaces what it had at the old address, and takes it away', async () => {
		const memory = {};
		await register(context({ memory }));
		expect(await isRegistered(context({ memory, url: moved }))).toBe(false);
		await register(context({ memory, url: moved }));
		expect(held()).toEqual(perSet());
		const urls = [...sim.vendor.webhooks.byId.values()].map(({ Url }) => Url);
		expect(urls.every((url) => url.startsWith(`${moved}?`))).toBe(true);
		await unregister(context({ memory }));
		await later(isNothingHeld);
		expect(held()).toEqual([0, 0]);
	});

	it('knows the old one by its secret, where its memory was lost', async () => {
		await register(context());
		await register(context({ url: moved }));
		expect(held()).toEqual(perSet());
	});

	it('knows the old one by its address, where its secret is another', async () => {
		const memory: IDataObject = {};
		await register(context({ memory }));
		const parameters = { options: { newAddress: 'another' } };
		await register(context({ memory, url: moved, parameters }));
		expect(held()).toEqual(perSet());
	});

	it('knows the old one after it was renamed, with another key, too', async () => {
		// By name and for the whole workflow, as n8n keeps it: a renamed node begins with nothing of its own.
		const shared: IDataObject = {};
		const renamed = (more: Given) =>
			Object.assign(context(more), {
				getWorkflowStaticData: (type: string) => (type === 'global' ? shared : {}),
			});
		await register(renamed({}));
		const parameters = { options: { newAddress: 'another' } };
		await register(renamed({ url: moved, parameters }));
		expect(held()).toEqual(perSet());
	});

	it('takes over what an earlier version remembered by the name', async () => {
		const byName: IDataObject = {};
		const shared: IDataObject = {};
		const given = (more: Given) =>
			Object.assign(context(more), {
				getWorkflowStaticData: (type: string) => (type === 'global' ? shared : byName),
			});
		await register(given({}));
		// Where the version before this one kept it.
		Object.assign(byName, { registered: Object.values(shared)[0] });
		for (const key of Object.keys(shared)) delete shared[key];
		expect(await isRegistered(given({}))).toBe(true);
		expect(byName).toEqual({});
		expect(Object.keys(shared)).toHaveLength(1);
	});

	it('touches nothing of another n8n to which its workflow was copied, memory and all', async () => {
		const memory: IDataObject = {};
		await register(context({ memory }));
		const copy = { ...memory };
		await register(context({ memory: copy, url: moved, instance: 'n8n-2' }));
		expect(held()).toEqual(perSet().map((count) => 2 * count));
	});

	it('touches nothing of the workflow that it is a copy of, ids and memory and all', async () => {
		const memory: IDataObject = {};
		await register(context({ memory }));
		const copy = { memory: { ...memory }, url: address.replace('abc', 'xyz'), workflow: '2' };
		await register(context(copy));
		expect(held()).toEqual(perSet().map((count) => 2 * count));
		await unregister(context(copy));
		await later(() => held()[0] === 2);
		expect(held()).toEqual(perSet());
	});
});

describe('a trigger without an id of its address, as n8n 1.x takes it by its API', () => {
	const at = (name: string, kind = 'webhook', workflow = '1') =>
		`https://n8n.example/${kind}/${workflow}/${name}/webhook`;
	const given = (name: string, more: Given = {}): Given => ({
		...{ url: at(name), node: { name } },
		...more,
	});

	it('touches nothing in production while it is tested', async () => {
		const memory: IDataObject = {};
		await register(context(given('sales', { memory })));
		const test = given('sales', { memory, mode: 'manual', url: at('sales', 'webhook-test') });
		await register(context(test));
		expect(held()).toEqual(perSet().map((count) => 2 * count));
		await unregister(context(test));
		expect(held()).toEqual(perSet());
		const urls = [...sim.vendor.webhooks.byId.values()].map(({ Url }) => Url);
		expect(urls.every((url) => url.startsWith(`${at('sales')}?`))).toBe(true);
	});

	it('knows what it registered under another name, and before it had an id', async () => {
		const memory: IDataObject = {};
		await register(context(given('sales', { memory })));
		await register(context(given('renamed', { memory })));
		expect(held()).toEqual(perSet());
		await register(context({ memory }));
		expect(held()).toEqual(perSet());
	});

	it('touches nothing of a trigger of the same name in another workflow', async () => {
		await register(context(given('sales')));
		await register(context(given('sales', { workflow: '2', url: at('sales', 'webhook', '2') })));
		expect(held()).toEqual(perSet().map((count) => 2 * count));
	});
});
