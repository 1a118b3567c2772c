import type { IDataObject, INodeProperties, INodePropertyCollection } from 'n8n-workflow';
import type { BatchOperation, Operation } from '../../../nodes/engine/operation/operation.ts';

/** What a person would enter in an operation's form, taken from what the form itself gives as examples. */
export function exampleParameters({ fields }: Operation | BatchOperation): IDataObject {
	const filled = fields
		.filter(({ name, property }) => property.required === true || isFilledIn(name, property))
		.map(({ name, property }) => [name, exampleOf(property)]);
	return Object.fromEntries(filled) as IDataObject;
}

/** Filters only narrow down which records come; an optional ID asks another endpoint for the same ones. */
function isFilledIn(name: string, { type }: INodeProperties): boolean {
	return type === 'collection' ? name !== 'filters' : type === 'string' && !name.endsWith('Id');
}

function exampleOf(property: INodeProperties): unknown {
	const { type, default: fallback, placeholder, modes = [], options = [] } = property;
	const example = placeholder?.startsWith('e.g. ') ? placeholder.slice('e.g. '.length) : undefined;
	switch (type) {
		case 'resourceLocator': {
			const { name: mode, placeholder: typed = '' } = modes.find(({ name }) => name === 'id') ?? {};
			return { __rl: true, mode, value: typed.replace('e.g. ', '') };
		}
		case 'collection':
			return collected(options as INodeProperties[]);
		case 'fixedCollection': {
			const [row] = options as INodePropertyCollection[];
			return row && { [row.name]: [collected(row.values)] };
		}
		case 'json':
			return example ?? (property.required ? '{"name": "value"}' : fallback);
		case 'string':
			return example ?? (fallback || 'text');
		case 'options':
			return fallback || 'value';
		default:
			return fallback;
	}
}

const collected = (properties: readonly INodeProperties[]): IDataObject =>
	Object.fromEntries(
		properties.filter(({ type }) => type !== 'json').map((one) => [one.name, exampleOf(one)]),
	) as IDataObject;
