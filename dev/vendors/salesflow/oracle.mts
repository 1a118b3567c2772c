import { type Simulator, startSimulator } from '../../kit/simulator.mts';
import {
	column,
	defaultCountry,
	type JudgedVendor,
	keepAll,
	key,
	sent,
	type Write,
} from '../../oracle/writes.mts';
import salesflow, { type Salesflow } from './simulator/index.mts';

/** What the oracle of values writes to this vendor: the operations that hold the most kinds of fields. */
export const oracle: JudgedVendor = {
	node: 'salesflow',
	credentialType: 'salesflowApi',
	start: async () => await startSimulator(salesflow({ token: key }), keepAll),
	credential: (url) => ({
		...{ token: key, accountId: '321', baseUrl: url, statisticsBaseUrl: url },
	}),
	writes: (simulator): Write[] => {
		const { vendor } = simulator as Simulator<Salesflow>;
		const [campaignId = 0] = vendor.campaigns.keys();
		const [contact] = vendor.seedContacts(1, campaignId);
		return [
			{
				name: 'Salesflow, Contact: Add to Campaign',
				operationId: 'contact.import',
				parameters: {
					...{ resource: 'contact', operation: 'import', linkedInUrl: column('profile') },
					campaignId: { __rl: true, mode: 'id', value: String(campaignId) },
					options: { mostItems: 1_000_000 },
					additionalFields: {
						...{ firstName: column('firstName'), occupation: column('text') },
						custom1: column('mark'),
					},
				},
				arrived: (request) => {
					const member = sent(request);
					return {
						...{ mark: member.custom1, profile: member.linkedInUrl },
						...{ firstName: member.firstName, text: member.occupation },
					};
				},
				labels: {
					...{ profile: 'LinkedIn URL', firstName: 'First Name', text: 'Occupation' },
				},
			},
			{
				name: 'Salesflow, Contact: Update',
				operationId: 'contact.update',
				parameters: {
					...{ resource: 'contact', operation: 'update', defaultCountry },
					contactId: String(contact?.MemberId),
					updateFields: {
						...{ email: column('email'), phone: column('phone'), location: column('mark') },
						...{ firstName: column('firstName'), industry: column('text') },
					},
				},
				arrived: (request) => {
					const { location: mark, industry: text, ...rest } = sent(request);
					return { ...rest, mark, text };
				},
				labels: {
					...{ email: 'Email', phone: 'Phone', firstName: 'First Name', text: 'Industry' },
				},
			},
		];
	},
};
