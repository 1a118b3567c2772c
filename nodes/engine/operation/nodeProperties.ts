import type { IDisplayOptions, INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import type { Field } from '../form/fields';
import { inEachOrder } from '../util/inEachOrder';
import { fieldsOf } from './readForm';
import type { BatchOperation, Operation, Resource } from './operation';

/**
 * From resources and operations, as data, to the properties of an n8n node: the Resource list, an
 * Operation list for each resource, and every field, shown where its operations are chosen.
 */
export function nodeProperties(resources: readonly Resource[]): INodeProperties[] {
	const resource = select(
		{ displayName: 'Resource', name: 'resource' },
		resources.map(({ name, value }) => ({ name, value })),
	);
	return [resource, ...resources.flatMap((each) => [operationList(each), ...fieldList(each)])];
}

function operationList({ value, operations }: Resource): INodeProperties {
	const list = select({ displayName: 'Operation', name: 'operation' }, operations.map(optionOf));
	return { ...list, displayOptions: { show: { resource: [value] } } };
}

/** Options in the order of the alphabet; the first one declared is chosen to begin with. */
function select(
	named: Pick<INodeProperties, 'displayName' | 'name'>,
	options: INodePropertyOptions[],
): INodeProperties {
	return {
		...named,
		type: 'options',
		noDataExpression: true,
		options: [...options].sort((a, b) => a.name.localeCompare(b.name)),
		default: options[0]?.value ?? '',
	};
}

/** An AI agent cannot wait, and is not offered what does. */
const optionOf = (operation: Operation | BatchOperation): INodePropertyOptions => {
	const { name, value, action, description } = operation;
	const hidden = { displayOptions: { hide: { '@tool': [true] } } };
	return { name, value, action, description, ...('wait' in operation && hidden) };
};

/**
 * A field that several operations share becomes one property, so that what was typed in it stays. The form of each
 * operation has its fields in the order in which the operation names them.
 */
function fieldList({ value, operations }: Resource): INodeProperties[] {
	const forms = operations.map((operation) => ({ operation, fields: fieldsOf(operation) }));
	const users = new Map<Field, string[]>();
	for (const { operation, fields } of forms) {
		for (const each of fields) users.set(each, [...(users.get(each) ?? []), operation.value]);
	}
	return inEachOrder(forms.map(({ fields }) => fields)).flatMap((field) =>
		[field.property, ...(field.alternative ? [field.alternative] : [])].map((each) => ({
			...each,
			displayOptions: shownFor(each.displayOptions, value, users.get(field) ?? []),
		})),
	);
}

function shownFor(
	own: IDisplayOptions | undefined,
	resource: string,
	operations: string[],
): IDisplayOptions {
	return { ...own, show: { resource: [resource], operation: operations, ...own?.show } };
}
