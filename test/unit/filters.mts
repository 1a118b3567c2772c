import type { INodeProperties } from 'n8n-workflow';
import { vendors } from '../../dev/vendors.mts';
import type { Field } from '../../nodes/engine/form/fields.ts';
import { requiredBy } from '../attack/parameters.mts';

/** One filter of one operation, in a collection or by itself. */
export interface Filter {
	title: string;
	/** Name of the node, such as `saleswhale`. */
	node: string;
	/** The field of the operation that holds it. */
	field: Field;
	property: INodeProperties;
	/** What is listed. */
	found: string;
	/** The operation's parameters, with a value in this filter. */
	put(value: unknown): Record<string, unknown>;
}

/** Every filter of every operation of every vendor. */
export function allFilters(): Filter[] {
	return vendors.flatMap(({ node, resources }) =>
		resources.flatMap((resource) =>
			resource.operations.flatMap((operation) =>
				operation.fields.flatMap((field) => {
					const { property, narrows } = field;
					if (narrows === undefined) return [];
					const { name: nodeName } = node.description;
					const chosen = {
						resource: resource.value,
						operation: operation.value,
						...requiredBy(operation),
					};
					const filter = (one: INodeProperties, wrap: (value: unknown) => unknown): Filter => ({
						title: `${nodeName} ${resource.value}.${operation.value}: ${one.displayName}`,
						node: nodeName,
						field,
						property: one,
						found: narrows,
						put: (value) => ({ ...chosen, [property.name]: wrap(value) }),
					});
					return property.type === 'collection'
						? ((property.options ?? []) as INodeProperties[]).map((one) =>
								filter(one, (value) => ({ [one.name]: value })),
							)
						: // The tests run the first version, which shows the alternative.
							[filter((field.since && field.alternative) || property, (value) => value)];
				}),
			),
		),
	);
}
