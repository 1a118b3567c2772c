import { afterEach, expect, it } from '@jest/globals';
import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { fieldsOf, Form } from '../../nodes/engine/operation/readForm.ts';
import { binary } from '../attack/parameters.mts';
import { type Chosen, operationsOf, parametersWith, targets } from '../attack/vendors.mts';
import { inBot, lead } from './convertalk.bot.mts';
import { closeServers } from './server.mts';

afterEach(closeServers);

/** What the form of a tool comes to. */
function read(chosen: Chosen, version: number, own: IDataObject): Record<string, unknown> {
	const parameters = parametersWith(chosen, own);
	const context = {
		getInputData: () => [{ json: {}, binary }],
		getNode: () => ({ type: 'aTool', typeVersion: version }),
		getNodeParameter: (name: string, _: number, fallback: unknown) => parameters[name] ?? fallback,
		getTimezone: () => 'America/Sao_Paulo',
	} as unknown as IExecuteFunctions;
	return new Form(context, chosen.operation).read(0);
}

const fields = targets.flatMap(({ name: vendor, node }) =>
	[node.description.version].flat().flatMap((version) =>
		operationsOf(vendor).flatMap((chosen) =>
			fieldsOf(chosen.operation)
				.map(({ property }) => property)
				.filter(({ type, required }) => ['options', 'number'].includes(type) && !required)
				.map(({ name, default: atFirst }) => ({ version, name, atFirst, chosen })),
		),
	),
);

it('A choice or a number that a model answers with a word for nothing is as the form has it at first', () => {
	expect(fields.length).toBeGreaterThan(100);
	const other = fields.filter(({ chosen, version, name, atFirst }) => {
		const untouched = JSON.stringify(read(chosen, version, { [name]: atFirst as string }));
		const answers = ['null', 'None', ''].map((said) => read(chosen, version, { [name]: said }));
		return answers.some((one) => JSON.stringify(one) !== untouched);
	});
	expect(other.map(({ chosen: { title }, version, name }) => [title, version, name])).toEqual([]);
});

it('An agent that says nothing of Limit and Type reads 50 leads, and not all that there is', async () => {
	const records = Array.from({ length: 60 }, (_, n) => lead(n));
	const parameters = { operation: 'getAll', limit: 'null', type: 'None' };
	const { items, received } = await inBot(parameters, { records, asTool: true });
	expect(items).toHaveLength(50);
	expect(received.map(({ query }) => query.get('type'))).toEqual(['lead']);
});
