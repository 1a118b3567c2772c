import { describe, expect, it } from '@jest/globals';
import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { corpus } from '../attack/corpus.mts';
import { Judge } from '../attack/judge.mts';
import { binary, type Parameter, parametersOf, requiredBy } from '../attack/parameters.mts';
import { Rig } from '../attack/rig.mts';
import { type Chosen, operationsOf, targets } from '../attack/vendors.mts';

const itemOf = (value: unknown): INodeExecutionData => ({
	json: { value } as IDataObject,
	binary,
});

/** The node's parameters with `value` in one of them; collections keep what is required beside it. */
function parametersWith({ resource, operation, needed }: Chosen, own: IDataObject): IDataObject {
	const base: IDataObject = { resource, operation: operation.value, ...requiredBy(operation), ...needed };
	const merged = Object.entries(own).map(([name, value]) => {
		const before = base[name];
		const isGroup = isPlain(before) && isPlain(value) && !('__rl' in value);
		return [name, isGroup ? { ...before, ...value } : value];
	});
	return { ...base, ...Object.fromEntries(merged) };
}

const isPlain = (value: unknown): value is IDataObject =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

/** What has to be there for this parameter to be taken: the end of a range needs its start too. */
function besides({ name }: Parameter): IDataObject {
	// Some types of an interaction have no content, but fields.
	if (name === 'type') return { additionalFields: { otherFields: '{"note":"b"}' } };
	const [group, field] = name.split('.');
	const start = field?.replace(/Before$/, 'After');
	return group && start && start !== field ? { [group]: { [start]: '2026-01-01T00:00:00.000Z' } } : {};
}

/** All inputs through one parameter. @returns what is wrong, by input */
async function attack(rig: Rig, operation: Chosen, parameter: Parameter): Promise<string[]> {
	const chosen = { ...operation, needed: { ...operation.needed, ...besides(parameter) } };
	// The name of a column is no expression, so each has a node of its own.
	const isName = parameter.name.endsWith('.column');
	const byExpression = rig.node(parametersWith(chosen, parameter.put('={{ $json.value }}')));
	const run = async (value: unknown) =>
		isName
			? await rig.node(parametersWith(chosen, parameter.put(value)))(itemOf(value))
			: await byExpression(itemOf(value));
	const [one, other] = [await run(parameter.benign[0]), await run(parameter.benign[1])];
	const without = await rig.node(parametersWith(chosen, parameter.put(undefined)))(itemOf(''));
	const [first, second] = [one.requests[0], other.requests[0]];
	if (!first || !second) return [`${chosen.title} ${parameter.name}: ${one.error?.message ?? other.error?.message}`];
	const judge = new Judge(parameter, [first, second], parameter.isOptional ? without.requests[0] : undefined);
	const wrong: string[] = [];
	for (const { name, value } of corpus) {
		const verdict = judge.verdict(await run(value), value);
		if (verdict) wrong.push(`${chosen.title} ${parameter.name} <- ${name}: ${verdict}`);
	}
	return wrong;
}

describe.each(targets)('Every parameter of every operation of $name', (target) => {
	const rig = new Rig(target, target.data);
	it.each(operationsOf(target.name))('$title', async (chosen) => {
		const wrong: string[] = [];
		for (const parameter of parametersOf(chosen.operation)) {
			wrong.push(...(await attack(rig, chosen, parameter)));
		}
		expect(wrong).toEqual([]);
	}, 120_000);
});
