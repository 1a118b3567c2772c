import { describe, expect, it } from '@jest/globals';
import { vendors } from '../../dev/docs/operations.mts';
import {
	argumentsOf,
	modelArguments,
	operationOf,
	readRequests,
	toolNode,
} from '../agents/tools.mts';

const requests = await readRequests();

describe('the requests for agents', () => {
	it('are forty, each once, for every node', () => {
		expect(new Set(requests.map(({ request }) => request)).size).toBe(40);
		expect(new Set(requests.map(({ node }) => node)).size).toBe(Object.keys(vendors).length);
	});

	it('name operations and fields that the nodes have', () => {
		for (const request of requests) {
			expect(operationOf(request).value).toBe(request.operation);
			expect(argumentsOf(request).length).toBeGreaterThan(0);
		}
	});

	it('would be found out if they did not', () => {
		const first = requests.find(
			({ resource, operation }) => `${resource}.${operation}` === 'lead.create',
		);
		if (!first) throw new Error('There is no request.');
		expect(() => operationOf({ ...first, operation: 'merge' })).toThrow('no operation "merge"');
		expect(() =>
			argumentsOf({ ...first, arguments: { additionalFields: { phone: '1' } } }),
		).toThrow('no field "phone"');
	});

	it('become tools whose arguments the model is told of', () => {
		const request = requests.find(({ operation }) => operation === 'sendTemplate');
		if (!request) throw new Error('There is no request for a template.');
		const { name, type, parameters } = toolNode(request, {
			type: 'zenviaSalesApi',
			id: '1',
			name: 'Zenvia',
		});
		expect([name, type]).toEqual([
			'Send template in Zenvia Sales',
			'n8n-nodes-sales-engagement.zenviaSalesTool',
		]);
		expect(parameters).toMatchObject({
			templateKey: {
				__rl: true,
				mode: 'id',
				value: expect.stringContaining("$fromAI('Template', "),
			},
			parameters: {
				mappingMode: 'defineBelow',
				value: { date: expect.stringContaining("$fromAI('date', ") },
			},
		});
		expect(modelArguments(request)).toEqual({
			Prospect_ID: '{prospect}',
			Channel: 'whatsapp',
			Template: 'appointment',
			date: '1 May',
			place: 'Avenida Paulista 1000',
		});
	});
});
