import { many, operation, type Resource } from '../../engine/operation/operation';
import { get } from '../../engine/http/request';

/** SEED, Custom Attributes. */
export const customAttribute: Resource = {
	name: 'Custom Attribute',
	value: 'customAttribute',
	operations: [
		operation({
			name: 'Get Many',
			value: 'getAll',
			action: 'Get many custom attributes',
			description: 'Get the custom attributes that a lead of the team can have',
			fields: [],
			request: () => get`/custom_attributes`,
			output: many('custom_attributes'),
		}),
	],
};
