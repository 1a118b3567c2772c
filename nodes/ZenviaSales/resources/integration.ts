import { done, many, one, operation, type Resource } from '../../engine/operation/operation';
import { get } from '../../engine/http/request';

/** SEED, Integrations. */
export const integration: Resource = {
	name: 'Integration',
	value: 'integration',
	operations: [
		operation({
			name: 'Get',
			value: 'get',
			action: 'Get integration',
			description: 'Get the integration of this API key, with its group and user',
			fields: [],
			request: () => get`/integration`,
			output: one(),
		}),
		operation({
			name: 'Check',
			value: 'check',
			action: 'Check API key',
			description: 'Check that the API key exists and is enabled',
			fields: [],
			// PHP21 names no body for this answer.
			request: () => ({ ...get`/checkCredentials`, allowEmptyBody: true }),
			output: done({ valid: true }),
		}),
		operation({
			name: 'Get Industries',
			value: 'getIndustries',
			action: 'Get industries',
			description: 'Get the industries of the group',
			fields: [],
			request: () => get`/industries`,
			output: many(),
		}),
		operation({
			name: 'Get Many',
			value: 'getAll',
			action: 'Get many integrations',
			description: 'Get the active integrations in the scope of the key',
			fields: [],
			request: () => get`/integrations`,
			output: many(),
		}),
	],
};
