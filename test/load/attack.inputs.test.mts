import { describe, expect, it } from '@jest/globals';
import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { corpus } from '../attack/corpus.mts';
import { Oracle } from '../attack/oracle.mts';
import { binary, type Parameter, parametersOf } from '../attack/parameters.mts';
import { Harness, type Outcome } from '../attack/harness.mts';
import { type Chosen, parametersWith, placedOperationsOf, targets } from '../attack/vendors.mts';

const itemOf = (value: unknown): INodeExecutionData => ({
	json: { value } as IDataObject,
	binary,
});

/** All inputs through one parameter. @returns what is wrong, by input */
async function attack(harness: Harness, chosen: Chosen, parameter: Parameter): Promise<string[]> {
	// The name of a column is no expression, so each has a node of its own.
	const isName = parameter.name.endsWith('.column');
	const byExpression = harness.node(parametersWith(chosen, parameter.put('={{ $json.value }}')));
	// What is read first, to know what is asked, is not what is looked at.
	const readsFirst = 'first' in chosen.operation && chosen.operation.first !== undefined;
	const last = ({ requests, error }: Outcome): Outcome => ({
		error,
		requests: readsFirst ? requests.slice(-1) : requests,
	});
	const run = async (value: unknown) => last(await runAll(value));
	const runAll = async (value: unknown) =>
		isName
			? await harness.node(parametersWith(chosen, parameter.put(value)))(itemOf(value))
			: await byExpression(itemOf(value));
	const [one, other] = [await run(parameter.benign[0]), await run(parameter.benign[1])];
	const without = last(
		await harness.node(parametersWith(chosen, parameter.put(undefined)))(itemOf('')),
	);
	const [first, second] = [one.requests[0], other.requests[0]];
	const title = `${chosen.title} ${parameter.name}`;
	if (!first || !second) return [`${title}: ${one.error?.message ?? other.error?.message}`];
	const omitted = parameter.isOptional ? without.requests[0] : undefined;
	const oracle = new Oracle(parameter, [first, second], omitted);
	const wrong: string[] = [];
	for (const { name, value } of corpus) {
		const verdict = oracle.verdict(await run(value), value);
		if (verdict) wrong.push(`${title} <- ${name}: ${verdict}`);
	}
	return wrong;
}

describe.each(targets)('Every parameter of every operation of $title', (target) => {
	const harness = new Harness(target, target.data);
	it.each(placedOperationsOf(target.name))(
		'$title',
		async (chosen) => {
			const wrong: string[] = [];
			for (const parameter of parametersOf(chosen.operation)) {
				wrong.push(...(await attack(harness, chosen, parameter)));
			}
			expect(wrong).toEqual([]);
		},
		120_000,
	);
});

it('holds inputs by the hundred, each with a name of its own', () => {
	expect(corpus.length).toBeGreaterThanOrEqual(200);
	expect(new Set(corpus.map(({ name }) => name)).size).toBe(corpus.length);
});

it('leaves the prototypes of all objects as they were', () => {
	expect(({} as IDataObject).polluted).toBeUndefined();
	expect(Object.keys(Object.prototype)).toEqual([]);
	expect(Object.keys(Array.prototype)).toEqual([]);
});
