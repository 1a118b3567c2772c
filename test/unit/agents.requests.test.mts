import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { type StartedVendors, startVendors } from '../../dev/simulators.mts';
import type { VendorName } from '../../dev/kit/vendorKit.mts';
import { run } from './engine.mts';
import { vendors } from '../../dev/docs/operations.mts';
import {
	type AgentRequest,
	argumentsOf,
	fromItem,
	isAsked,
	modelArguments,
	operationOf,
	readRequests,
	toolNode,
} from '../agents/tools.mts';

const requests = await readRequests();
const credential = { type: 'zenviaSalesApi', id: '1', name: 'Zenvia' };

describe('the requests for agents', () => {
	it('are fifty-three, each once, for every node', () => {
		expect(new Set(requests.map(({ request }) => request)).size).toBe(requests.length);
		expect(requests).toHaveLength(53);
		expect(new Set(requests.map(({ node }) => node)).size).toBe(Object.keys(vendors).length);
	});

	it('name operations and fields that the nodes have', () => {
		for (const request of requests) {
			expect(operationOf(request).value).toBe(request.operation);
			expect(argumentsOf(request).length).toBeGreaterThan(0);
		}
	});

	it('name people by phone, e-mail or profile where a tool is made so, in one way for each tool', () => {
		const named = requests.flatMap((request) =>
			argumentsOf(request)
				.filter(({ mode }) => mode)
				.map(({ mode, path }) => ({ tool: toolNode(request, credential).name, path, mode })),
		);
		const ways = new Map<string, Set<string>>();
		for (const { tool, path, mode } of named) {
			const key = `${tool}, ${path.join('.')}`;
			ways.set(key, (ways.get(key) ?? new Set()).add(String(mode?.name)));
		}
		expect([...ways].filter(([, modes]) => modes.size > 1)).toEqual([]);
		const byPerson = named.filter(({ mode }) => mode?.name !== 'id' && mode?.name !== 'list');
		expect(new Set(byPerson.map(({ mode }) => mode?.name))).toEqual(
			new Set(['phone', 'email', 'linkedInUrl']),
		);
		expect(requests.filter(({ tool }) => tool).length).toBeGreaterThanOrEqual(12);
	});

	it('become tools of one way each, which the model is told of', () => {
		const request = requests.find(({ tool }) => tool === 'Send message by phone number');
		if (!request) throw new Error('There is no request for a message by phone number.');
		const { parameters, typeVersion, name } = toolNode(request, credential);
		expect(name).toBe('Send message by phone number in Zenvia Sales');
		expect(typeVersion).toBe(1.2);
		expect(parameters).toMatchObject({
			descriptionType: 'manual',
			toolDescription: name,
			prospectId: { __rl: true, mode: 'phone', value: expect.stringContaining('By Phone Number') },
		});
		expect(modelArguments(request).Prospect).toBe('{phone}');
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
		const { name, type, parameters } = toolNode(request, credential);
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
			Prospect: '{prospect}',
			Channel: 'whatsapp',
			Template: 'appointment',
			date: '1 May',
			place: 'Avenida Paulista 1000',
		});
	});
});

describe('a model that gets it right reaches the vendor, in a tool of the newest version', () => {
	let started: StartedVendors;
	let known: AgentRequest[];
	beforeAll(async () => {
		started = await startVendors();
		const seeds = Object.values(started).map(({ vendor, simulator }) =>
			vendor.kit.agents.seed(simulator.vendor as never),
		);
		known = await readRequests(Object.assign({}, ...seeds) as Record<string, string>);
	});
	afterAll(async () => {
		for (const { simulator } of Object.values(started)) await simulator.close();
	});

	it.each(requests.map(({ request }, n) => [request, n] as const))('%s', async (_, n) => {
		const request = known[n] as AgentRequest;
		const { vendor, simulator, data, type } = started[request.node as VendorName];
		const tool = toolNode(request, { type, id: '1', name: 'Any' }, known);
		const before = simulator.requests.length;
		const { items, error } = await run(
			{ node: vendor.node, credential: vendor.credentialType },
			{
				...{ typeVersion: tool.typeVersion, credential: data, asTool: true },
				parameters: fromItem(tool.parameters) as INodeParameters,
				items: [modelArguments(request, known) as IDataObject],
			},
		);
		expect([error?.message, items.map(({ json }) => json.error).filter(Boolean)]).toEqual([
			undefined,
			[],
		]);
		expect(isAsked(request, simulator.requests.slice(before))).toBe(true);
	});
});
