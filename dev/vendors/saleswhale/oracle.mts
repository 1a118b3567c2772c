import { startSimulator } from '../../kit/simulator.mts';
import { column, type Json, type JudgedVendor, keepAll, key, sent } from '../../oracle/writes.mts';
import saleswhale from './simulator/index.mts';

/** What the oracle of values writes to this vendor: the operations that hold the most kinds of fields. */
export const oracle: JudgedVendor = {
	node: 'saleswhale',
	credentialType: 'saleswhaleApi',
	start: async () => await startSimulator(saleswhale({ apiKey: key }), keepAll),
	credential: (baseUrl) => ({ apiKey: key, baseUrl, requestsPerSecond: 0 }),
	writes: () => [
		{
			name: 'Saleswhale, Lead: Create',
			operationId: 'lead.create',
			parameters: {
				...{ resource: 'lead', operation: 'create' },
				...{ firstName: column('firstName'), email: column('email') },
				additionalFields: {
					accountName: column('text'),
					crmObjectId: column('id'),
					jobTitle: column('mark'),
				},
			},
			arrived: (request) => {
				const { lead } = sent(request) as { lead: Json };
				return {
					...{ mark: lead.job_title, firstName: lead.first_name, email: lead.email },
					...{ text: lead.account_name, id: lead.crm_object_id },
				};
			},
			labels: {
				...{ firstName: 'First Name', email: 'Email' },
				...{ text: 'Account Name', id: 'CRM Object ID' },
			},
		},
	],
};
