import type { IDataObject } from 'n8n-workflow';
import { choice, choices } from '../form/choice';
import type { Field } from '../form/fields';
import { flag } from '../form/flag';
import { own } from '../util/json';
import { ownNames, pick, withFound } from './items';
import type { Output, Resource } from './operation';
import type { Task } from './prepare';

/** The names of each operation's records, by resource and operation, as in "lead.getAll". */
export type Columns = Record<string, readonly string[]>;

/** What is told of how a record was found; it is there whatever fields are chosen, too. */
const foundNames = ['matchedBy', 'isNew'];

const output = choice({
	displayName: 'Output',
	name: 'output',
	type: 'options',
	options: [
		{ name: 'Raw', value: 'raw', description: 'All fields' },
		{
			name: 'Selected Fields',
			value: 'fields',
			description: 'The ID and the fields that you choose',
		},
		{
			name: 'Set by Simplify',
			value: 'switch',
			description: 'Simplified if the Simplify switch is on, otherwise raw',
		},
		{ name: 'Simplified', value: 'simplified', description: 'The ten most useful fields' },
	],
	// What tools did before there was a choice.
	default: 'switch',
	displayOptions: { show: { '@tool': [true] } },
	description: 'Which fields the AI agent gets. Fewer fields cost fewer tokens.',
});

const simplify = flag({
	displayName: 'Simplify',
	name: 'simplify',
	type: 'boolean',
	default: true,
	// A person's form has no Output.
	displayOptions: { hide: { output: ['raw', 'fields', 'simplified'] } },
	description: 'Whether to return a simplified version of the response instead of the raw data',
});

/** The same where only an AI agent is spared the rest. */
const simplifyForAgent = flag({
	...simplify.property,
	name: 'simplify',
	displayOptions: { ...simplify.property.displayOptions, show: { '@tool': [true] } },
});

/** The same for whoever wants less than workflows have had so far. */
const simplifyIfAsked = flag({ ...simplify.property, name: 'simplify', default: false });
const simplifyForPerson = flag({
	...simplifyIfAsked.property,
	name: 'simplify',
	displayOptions: { hide: { '@tool': [true] } },
});

/** What Simplify leaves of an operation's records, whoever has to ask for it. */
const smallerOf = ({ simplify, simplifyForAgent, simplifyIfAsked }: Output) =>
	simplify ?? simplifyForAgent ?? simplifyIfAsked;

/** The fields of a form that ask how much of a record is wanted: of a person, and of who makes a tool of the node. */
export function simplifyFields(of: Output): Field[] {
	if (!smallerOf(of)) return [];
	return [
		output,
		selectedFields(of),
		...(of.simplify ? [simplify] : []),
		...(of.simplifyForAgent ? [simplifyForAgent, simplifyForPerson] : []),
		...(of.simplifyIfAsked ? [simplifyIfAsked] : []),
	];
}

/** Those that are named more than once, or stay anyway, are offered once, or not. */
function selectedFields({ flat, fields = [], ...of }: Output): Field {
	const [id] = smallerOf(of as Output) ?? [];
	const always = [id, ...ownNames, ...foundNames];
	const names = [...new Set([...(flat?.names ?? []), ...fields])].filter(
		(name) => !always.includes(name),
	);
	return choices({
		displayName: 'Fields',
		name: 'outputFields',
		type: 'multiOptions',
		options: names.sort().map((name) => ({ name, value: name })),
		default: [],
		displayOptions: { show: { '@tool': [true], output: ['fields'] } },
		description: 'The fields that the AI agent gets. It always gets the ID.',
	});
}

/** The fields that are wanted of a record; nothing where all of them are. A model that leaves Output empty chooses nothing. */
export function fieldsWanted(of: Output, values: Task['values']): readonly string[] | undefined {
	const smaller = smallerOf(of);
	const { output: as, outputFields = [] } = values as { output?: string; outputFields?: string[] };
	if (as === 'fields') return [...(smaller ?? []).slice(0, 1), ...outputFields];
	const isBySwitch = as !== 'raw' && as !== 'simplified';
	return as === 'simplified' || (isBySwitch && values.simplify === true) ? smaller : undefined;
}

/** How the records of an operation become what items hold. */
export function shapeOf(
	of: Output,
	{ values, found }: Pick<Task, 'values' | 'found'>,
): (record: IDataObject) => IDataObject {
	const wanted = fieldsWanted(of, values);
	return (record) => withFound(found, wanted ? pick(record, wanted, of.flat) : record);
}

/** Tells each operation of a vendor what fields its records have. */
export const withColumns = (resources: readonly Resource[], columns: Columns): Resource[] =>
	resources.map((resource) => ({
		...resource,
		operations: resource.operations.map((each) => ({
			...each,
			output: { ...each.output, fields: own(columns, `${resource.value}.${each.value}`) },
		})),
	}));
