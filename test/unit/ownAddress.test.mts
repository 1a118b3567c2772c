import { describe, expect, it } from '@jest/globals';
import type { IDataObject, IHookFunctions } from 'n8n-workflow';
import { OwnAddress } from '../../nodes/engine/webhook/ownAddress.ts';

const secret = 's'.repeat(43);
const of = (path: string, workflow = '1', memory: IDataObject = {}) =>
	new OwnAddress(
		{
			getNodeWebhookUrl: () => `https://n8n.example${path}`,
			getWorkflowStaticData: () => memory,
			getNode: () => ({ id: 'node', name: 'Zenvia Sales Trigger' }),
			getWorkflow: () => ({ id: workflow }),
			getInstanceId: () => 'n8n-1',
		} as unknown as IHookFunctions,
		secret,
	);

describe.each([
	['with an id', 'abc', 'xyz'],
	['without one', '1/zenvia%20sales%20trigger', '2/zenvia%20sales%20trigger'],
])('The address of a trigger %s', (_, route, otherRoute) => {
	const own = of(`/webhook/${route}/webhook`);
	const url = (kind: string, middle: string, query = '', origin = 'https://n8n.example') =>
		`${origin}/${kind}/${middle}/webhook${query}`;

	it('is known at the address of now, with whatever secret', () => {
		expect(own.leadsHere(url('webhook', route, '?secret=other'))).toBe(true);
		expect(own.leadsHere(url('webhook', route, '', 'https://other.example'))).toBe(false);
	});

	it('is known by its secret at another address, with an id or a name of its own', () => {
		for (const middle of [route, otherRoute, 'xyz', '1/renamed'])
			expect(own.leadsHere(url('webhook', middle, `?secret=${secret}`, 'https://a.io/b'))).toBe(
				true,
			);
	});

	it('is not that of its test, nor of a trigger of another workflow', () => {
		expect(own.leadsHere(url('webhook-test', route, `?secret=${secret}`))).toBe(false);
		expect(own.leadsHere(url('webhook', otherRoute, '?secret=other'))).toBe(false);
		expect(own.isTestOf(url('webhook-test', otherRoute))).toBe(false);
		expect(own.isTestOf(url('webhook-test', route))).toBe(true);
		expect(own.isTestOf(url('webhook-test', route, '', 'https://other.example'))).toBe(false);
	});

	it('is told from its test by the secret where n8n 2.41 listens for tests at another host', () => {
		const test = of(`/webhook-test/${route}/webhook`);
		const production = url('webhook', route, `?secret=${secret}`, 'https://hooks.example');
		expect(test.leadsHere(production)).toBe(false);
		expect(test.isTestOf(production)).toBe(true);
		expect(test.isTestOf(production.replace('sss', 'xxx'))).toBe(false);
	});

	it('is remembered, and not by a copy of its workflow that has the memory', () => {
		const memory: IDataObject = {};
		of(`/webhook/${route}/webhook`, '1', memory).remember();
		const moved = of(`/new/webhook/${route}/webhook`, '1', memory);
		expect(moved.leadsHere(url('webhook', route))).toBe(true);
		const copied = of(`/new/webhook/${otherRoute}/webhook`, '2', memory);
		expect(copied.leadsHere(url('webhook', route))).toBe(false);
	});
});
