import { readFile, writeFile } from 'node:fs/promises';
import type { ICredentialType, INodeProperties, INodeTypeDescription } from 'n8n-workflow';
import { vendors } from '../vendors.mts';

/** What saved workflows and credentials name, by the type of node or credential. */
export type ShippedNames = Record<string, string[]>;

/** The names of fields, those in a collection behind that of the collection. */
function fieldsOf(properties: INodeProperties[], above = ''): string[] {
	return properties.flatMap((property) => {
		const path = above + property.name;
		const nested = (property.options ?? []).flatMap((option) => {
			if ('values' in option) return fieldsOf(option.values, `${path}.${option.name}.`);
			return 'type' in option ? fieldsOf([option], `${path}.`) : [];
		});
		return [path, ...nested];
	});
}

/** The values of the options that a workflow's run depends on. */
function choicesOf(properties: INodeProperties[]): string[] {
	const chosen = properties.filter(({ name }) => /^(operation|events|topics)$/.test(name));
	return chosen.flatMap(({ name, options = [], displayOptions }) => {
		const resources = (displayOptions?.show?.['resource'] ?? ['']) as string[];
		return options.flatMap((option) =>
			'value' in option
				? resources.map((resource) => `${resource}${resource && ' '}${name}=${option.value}`)
				: [],
		);
	});
}

const sorted = (names: string[]) => [...new Set(names)].sort();

/** The names that a node's workflows hold: its type versions, operations and events, and its fields. */
const namesOfNode = ({ version, properties }: INodeTypeDescription): string[] =>
	sorted([
		...[version].flat().map((one) => `version=${one}`),
		...choicesOf(properties),
		...fieldsOf(properties),
	]);

/** The names that a saved credential holds. */
const namesOfCredential = ({ properties }: ICredentialType): string[] =>
	sorted(fieldsOf(properties));

/** All names that this state of the package has. */
export const presentNames: ShippedNames = Object.fromEntries(
	vendors.flatMap(({ nodes, credentials }) => [
		...nodes.map(({ is }) => [is.name, namesOfNode(is)]),
		...credentials.map(({ is }) => [is.name, namesOfCredential(is)]),
	]),
);

const file = new URL('shippedNames.json', import.meta.url);

/** All names on the list of what was ever shipped. */
export const shippedNames = async (): Promise<ShippedNames> =>
	JSON.parse(await readFile(file, 'utf8')) as ShippedNames;

/** Adds to the list what is new, and takes nothing away. */
export async function recordNames(): Promise<void> {
	const shipped = await shippedNames();
	const types = sorted([...Object.keys(shipped), ...Object.keys(presentNames)]);
	const names = types.map((type) => [
		type,
		sorted([...(shipped[type] ?? []), ...(presentNames[type] ?? [])]),
	]);
	await writeFile(file, `${JSON.stringify(Object.fromEntries(names), null, '\t')}\n`);
}
