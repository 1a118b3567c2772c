import { type Simulator, startSimulator } from '../../kit/simulator.mts';
import {
	column,
	defaultCountry,
	first,
	type Json,
	type JudgedVendor,
	keepAll,
	key,
	sent,
	type Write,
} from '../../oracle/writes.mts';
import zenviaSales, { type ZenviaSales } from './simulator/index.mts';

/** What the oracle of values writes to this vendor: the operations that hold the most kinds of fields. */
export const oracle: JudgedVendor = {
	node: 'zenviaSales',
	credentialType: 'zenviaSalesApi',
	start: async () => await startSimulator(zenviaSales({ apiKey: key }), keepAll),
	credential: (url) => ({ apiKey: key, environment: 'custom', baseUrl: `${url}/api/v1` }),
	writes: (simulator): Write[] => {
		const [prospectId] = (simulator as Simulator<ZenviaSales>).vendor.seedProspects(1);
		const event = { resource: 'interaction', operation: 'create', prospectId };
		return [
			{
				name: 'Zenvia Sales, Lead: Create',
				operationId: 'lead.create.retail',
				parameters: {
					...{ resource: 'lead', operation: 'create', utmSource: 'judge', defaultCountry },
					...{ emails: column('email'), phones: column('phone') },
					product: { priceAmount: column('amount') },
					additionalFields: {
						...{ firstName: column('firstName'), comments: column('text') },
						...{ providerLeadId: column('id'), utmCampaign: column('mark') },
						nin: { number: [{ type: 'CPF', number: column('cpf') }] },
					},
				},
				arrived: (request) => {
					const lead = sent(request);
					const { price } = (lead.product ?? {}) as { price?: Json };
					return {
						...{ mark: lead.utmCampaign, firstName: lead.firstName, text: lead.comments },
						...{ email: first(lead.emails), phone: first(lead.phones), id: lead.providerLeadId },
						...{ amount: price?.amount, cpf: (first(lead.nin) as Json | undefined)?.number },
					};
				},
				labels: {
					...{ firstName: 'First Name', email: 'Emails', phone: 'Phones', text: 'Comments' },
					...{ id: 'Provider Lead ID', amount: 'Price', cpf: 'Number' },
				},
			},
			{
				name: 'Zenvia Sales, Interaction: Create, a call',
				operationId: 'interaction.create',
				parameters: {
					...{ ...event, type: 'call' },
					additionalFields: {
						...{ startedAt: column('moment'), duration: column('whole') },
						...{ providerId: column('mark'), utmSource: column('text') },
					},
				},
				arrived: (request) => {
					const call = sent(request);
					return {
						...{
							mark: call.type === 'call' && call.providerId,
							moment: call.startedAt,
							whole: call.duration,
						},
						text: call.utmSource,
					};
				},
				labels: { moment: 'Started At', whole: 'Duration', text: 'Source (UTM)' },
			},
			{
				name: 'Zenvia Sales, Interaction: Create, a message',
				operationId: 'interaction.create',
				parameters: {
					...{ ...event, type: 'message', content: column('text') },
					additionalFields: { delivered: column('flag'), providerId: column('mark') },
				},
				arrived: (request) => {
					const message = sent(request);
					return {
						...{
							mark: message.type === 'message' && message.providerId,
							flag: message.delivered,
						},
						text: message.content,
					};
				},
				labels: { flag: 'Delivered', text: 'Content' },
			},
		];
	},
};
