import { describe, expect, it } from '@jest/globals';
import type { IDataObject } from 'n8n-workflow';
import { Contract } from '../../../dev/kit/framework/contract.mts';
import { resources } from '../../../nodes/ZenviaSales/resources/index.ts';
import { propertyOf, run } from './context.mts';
import type { Case } from './case.mts';
import { cases } from './operations.mts';

const id = (digit: number) => `507f191e810c19729de8600${digit}`;
const all = cases({
	prospect: id(1),
	interaction: id(2),
	quote: id(3),
	group: id(4),
	agent: id(5),
	subscription: id(6),
});

const contract = await Contract.load(
	new URL('../../../dev/vendors/zenviaSales/contract.yaml', import.meta.url),
);

const titled = all.map((one): [string, Case] => [
	`${one.resource}.${one.operation} ${one.method} ${one.path}`,
	one,
]);

/** A query parameter is text on its way, and a list has brackets. */
const asSent = (query: IDataObject) =>
	Object.fromEntries(
		Object.entries(query).map(([name, value]) =>
			Array.isArray(value) ? [`${name}[]`, value] : [name, String(value)],
		),
	);

describe('an operation of Zenvia Sales', () => {
	it.each(titled)(
		'%s',
		async (_, { resource, operation, parameters, method, path, query = {}, body, answer = {} }) => {
			const { requests, error } = await run({
				parameters: { resource, operation, ...parameters },
				server: () => ({ body: answer }),
			});
			expect(error).toBeUndefined();
			const [request] = requests;
			expect(request).toMatchObject({
				method,
				url: `https://sales.zenvia.com/api/v1${path}`,
			});
			expect(request?.qs ?? {}).toEqual(query);
			expect(request?.body).toEqual(body);
			const { violations } = contract.read({
				method,
				path: `/api/v1${path}`,
				query: asSent(query),
				headers: {},
				body,
				mediaType: 'application/json',
			});
			expect(violations).toEqual([]);
		},
	);

	it('has a case here', () => {
		const known = resources.flatMap(({ value, operations }) =>
			operations.map((operation) => `${value}.${operation.value}`),
		);
		const tried = new Set(all.map(({ resource, operation }) => `${resource}.${operation}`));
		expect(known.filter((one) => !tried.has(one))).toEqual([
			'message.sendAndWait',
			'message.sendFile',
		]);
	});

	it('has the parameters that the case fills in', () => {
		const unknown = all.flatMap(({ resource, operation, parameters }) =>
			Object.keys(parameters)
				.filter((name) => !propertyOf(resource, operation, name))
				.map((name) => `${resource}.${operation} ${name}`),
		);
		expect(unknown).toEqual([]);
	});
});
