import { type RequestRecord, type Simulator, startSimulator } from '../kit/simulator.mts';
import convertalk from '../vendors/convertalk/simulator/index.mts';
import salesflow, { type Salesflow } from '../vendors/salesflow/simulator/index.mts';
import saleswhale from '../vendors/saleswhale/simulator/index.mts';
import zenviaSales, { type ZenviaSales } from '../vendors/zenviaSales/simulator/index.mts';

type Json = Record<string, unknown>;

/** A vendor: its node, its simulator, and what leads to that. */
export interface JudgedVendor {
	node: string;
	credentialType: string;
	start(): Promise<Simulator>;
	credential(url: string): Json;
	writes(simulator: Simulator): Write[];
}

/** Something that a node writes, from the columns of a sheet. */
export interface Write {
	name: string;
	/** The operation in the vendor's contract. */
	operationId: string;
	/** The node's parameters, with expressions that read the row. */
	parameters: Json;
	/** What arrived of a request: the row's mark, and the columns by the names of the fields they went into. */
	arrived(request: RequestRecord): Json & { mark: unknown };
	/** The names of the fields, as the node shows them, by column. */
	labels: Record<string, string>;
}

const column = (name: string): string => `={{ $json.${name} }}`;
const key = 'judge-key';
/** Every request of a run is looked at. */
const keepAll = { records: 200_000 };

/** What a request held, its body and its query in one. */
const sent = ({ body, query }: RequestRecord): Json => ({ ...query, ...(body as Json) });
const first = (list: unknown): unknown =>
	Array.isArray(list) ? (list.length > 1 ? list : list[0]) : list;
const defaultCountry = "={{ $json.country || 'none' }}";

/** The writes of all four vendors that hold the most kinds of fields. */
export const judgedVendors: readonly JudgedVendor[] = [
	{
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
	},
	{
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
					labels: { moment: 'Started At', whole: 'Duration', text: 'UTM Source' },
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
	},
	{
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
					name: 'Salesflow, Contact: Import',
					operationId: 'contact.import',
					parameters: {
						...{ resource: 'contact', operation: 'import', linkedInUrl: column('profile') },
						campaignId: { __rl: true, mode: 'id', value: String(campaignId) },
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
	},
	{
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
	},
];
