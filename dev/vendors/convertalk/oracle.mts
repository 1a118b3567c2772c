import { startSimulator } from '../../kit/simulator.mts';
import {
	column,
	defaultCountry,
	type Json,
	type JudgedVendor,
	keepAll,
	key,
	sent,
} from '../../oracle/writes.mts';
import convertalk from './simulator/index.mts';

/** What the oracle of values writes to this vendor: the operations that hold the most kinds of fields. */
export const oracle: JudgedVendor = {
	node: 'convertalk',
	credentialType: 'convertalkApi',
	start: async () => await startSimulator(convertalk({ token: key }), keepAll),
	credential: (baseUrl) => ({
		...{ token: key, botId: 'bot-1', customerId: 'customer-1', baseUrl },
		authentication: 'tokenHeaders',
	}),
	writes: () => [
		{
			name: 'Convertalk, Lead: Create or Update',
			operationId: 'lead.upsert',
			parameters: {
				...{ resource: 'lead', operation: 'upsert', uuid: column('mark'), defaultCountry },
				fields: {
					...{ name: column('firstName'), email: column('email'), phone: column('phone') },
				},
				tags: column('tags'),
				attributes: { attribute: [{ key: 'note', value: column('text') }] },
			},
			arrived: (request) => {
				const { uuid, name, email, dialCode, phone, tags, attributes } = sent(request);
				const [attribute] = (attributes ?? []) as Json[];
				return {
					...{ mark: uuid, firstName: name, email, tags },
					phone: phone === undefined ? undefined : `${String(dialCode)}${String(phone)}`,
					text: attribute?.value,
				};
			},
			labels: {
				...{ firstName: 'Name', email: 'Email', phone: 'Phone', tags: 'Tags' },
				text: 'Attribute Value',
			},
		},
	],
};
