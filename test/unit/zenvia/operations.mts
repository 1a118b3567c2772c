import type { IDataObject } from 'n8n-workflow';
import type { Ids } from '../../../dev/vendors/zenviaSales/n8n.mts';

/** One way to fill in one operation, and the request that has to come of it. */
export interface Case {
	resource: string;
	operation: string;
	parameters: IDataObject;
	method: string;
	/** Path below the base address. */
	path: string;
	query?: IDataObject;
	body?: IDataObject;
	/** What the vendor answers; an object if nothing is said. */
	answer?: unknown;
}

const list = (mode: string, value: string): IDataObject => ({ __rl: true, mode, value });

const leadFields = {
	utmSource: 'google',
	emails: 'ana@example.com, bea@example.com',
	phones: '+55 11 91234 5678',
};
const leadBody = {
	utmSource: 'google',
	emails: ['ana@example.com', 'bea@example.com'],
	phones: ['+5511912345678'],
};

function leads(): Case[] {
	const create = { resource: 'lead', operation: 'create', method: 'POST' };
	return [
		{
			...create,
			path: '/lead/retail',
			parameters: {
				...leadFields,
				leadType: 'retail',
				product: {
					make: 'Apple',
					sku: '6443034',
					priceAmount: 10,
					priceCurrency: 'USD',
					vin: 'stale',
				},
				history: '[{"type": "note", "content": "Wants a call"}]',
				additionalFields: {
					priority: 1,
					firstName: 'Ana',
					nin: { number: [{ type: 'CPF', number: '529.982.247-25' }] },
					otherFields: { callIn: {} },
				},
			},
			body: {
				...leadBody,
				priority: 1,
				firstName: 'Ana',
				nin: [{ type: 'CPF', number: '529.982.247-25' }],
				callIn: {},
				history: [{ type: 'note', content: 'Wants a call' }],
				product: { make: 'Apple', sku: '6443034', price: { amount: 10, currency: 'usd' } },
			},
		},
		{
			...create,
			path: '/lead/vehicle',
			parameters: {
				...leadFields,
				leadType: 'vehicle',
				product: { fuelType: 'flex', odometer: '{"amount": 5, "unit": "km"}' },
			},
			body: {
				...leadBody,
				product: { fuelType: 'flex', odometer: { amount: 5, unit: 'km' } },
			},
		},
		{
			...create,
			path: '/lead/insurance',
			parameters: { ...leadFields, leadType: 'insurance' },
			body: leadBody,
		},
		{
			...create,
			path: '/lead/saving-plan',
			parameters: {
				...leadFields,
				leadType: 'savingPlan',
				product: { goodType: 'loan', creditAmountEstimate: { upperEstimate: 9 } },
			},
			body: {
				...leadBody,
				product: { goodType: 'loan', creditAmountEstimate: { upperEstimate: 9 } },
			},
		},
		{
			...create,
			path: '/lead/real-estate',
			parameters: {
				...leadFields,
				leadType: 'realEstate',
				product: { title: 'A', type: 'land' },
			},
			body: { ...leadBody, product: { title: 'A', type: 'land' } },
		},
		{ ...get('lead', 'getCategories', '/leads/categories'), answer: ['used', 'new'] },
		get('lead', 'getDefaults', '/leads/defaults'),
	];
}

const get = (
	resource: string,
	operation: string,
	path: string,
	parameters: IDataObject = {},
): Case => ({
	resource,
	operation,
	method: 'GET',
	path,
	parameters,
});

const getMany = (...rest: Parameters<typeof get>): Case => ({ ...get(...rest), answer: [] });

function prospects({ prospect, group, agent }: Ids): Case[] {
	const of = { resource: 'prospect', parameters: { prospectId: prospect } };
	const path = `/prospect/${prospect}`;
	const post = { ...of, method: 'POST' };
	return [
		{
			...getMany('prospect', 'getAll', '/prospects', {
				limit: 20,
				filters: {
					search: 'Ana',
					status: 'new',
					category: 'used',
					phoneNumber: '+5511912345678',
					agent,
					group: list('id', group),
					withAgent: false,
					createdAfter: '2026-01-01T00:00:00.000Z',
					createdBefore: '2026-01-20T00:00:00.000Z',
					additionalData: {
						condition: [
							{ field: 'finance', operator: '>=', value: '1' },
							{ field: 'stage', operator: 'equals', value: '2' },
						],
					},
				},
			}),
			query: {
				limit: 20,
				search: 'Ana',
				status: 'new',
				category: 'used',
				phoneNumber: '+5511912345678',
				agent,
				group,
				withAgent: false,
				createdAfter: '2026-01-01T00:00:00.000Z',
				createdBefore: '2026-01-20T00:00:00.000Z',
				additionalData: ['finance>=1', 'stage=2'],
			},
		},
		{
			...get('prospect', 'find', '/prospect-by', { email: 'seed1@example.com' }),
			query: { email: 'seed1@example.com' },
			answer: [],
		},
		{
			...get('prospect', 'find', '/prospect-by', { phoneNumber: '+5491110000001' }),
			query: { phoneNumber: '+5491110000001' },
			answer: [],
		},
		get('prospect', 'get', path, of.parameters),
		getMany('prospect', 'getAdditionalFields', `${path}/prospectAdditionalFields`, of.parameters),
		getMany('prospect', 'getArchivingReasons', '/as-user/archiving-reasons'),
		getMany('prospect', 'getLabels', '/as-user/labels'),
		{
			...getMany('prospect', 'getOrders', `${path}/orders`, { ...of.parameters, limit: 5 }),
			query: { limit: 5 },
		},
		{
			...get('prospect', 'getSelection', '/contacts/selection/vip', {
				selectionId: 'vip',
				fields: 'firstName, phones',
				limit: 7,
			}),
			query: { fields: 'firstName,phones', limit: 7, offset: 0 },
			answer: { contacts: [], total: 0 },
		},
		{
			...of,
			operation: 'update',
			method: 'PATCH',
			path,
			parameters: { prospectId: prospect, updateFields: { firstName: 'Ana', label: 'warm' } },
			body: { firstName: 'Ana', label: 'warm' },
		},
		{
			...of,
			operation: 'updateAdditionalData',
			method: 'PATCH',
			path: `${path}/additionalData`,
			parameters: { prospectId: prospect, additionalData: '{"finance": "yes"}' },
			body: { finance: 'yes' },
		},
		{
			...post,
			operation: 'transfer',
			path: `${path}/transfer`,
			parameters: { prospectId: prospect, transferTo: 'group', groupId: list('list', group) },
			body: { group },
		},
		{
			...post,
			operation: 'transfer',
			path: `${path}/as-user/transfer`,
			parameters: {
				prospectId: prospect,
				transferTo: 'user',
				userId: list('id', agent),
				asUser: true,
			},
			body: { user: agent },
		},
		{
			...post,
			operation: 'setLabel',
			path: `${path}/as-user/label`,
			parameters: { prospectId: prospect, label: 'warm' },
			body: { label: 'warm' },
		},
		{
			...post,
			operation: 'addRating',
			path: `${path}/csat`,
			parameters: { prospectId: prospect, result: 5, comment: 'Well done' },
			body: { result: 5, comment: 'Well done' },
		},
		{
			...post,
			operation: 'archive',
			path: `${path}/as-user/archive`,
			parameters: {
				prospectId: prospect,
				archivingReason: 'inactive',
				updateFields: { lastName: 'Lima', email: 'ana.lima@example.com' },
			},
			body: { archivingReason: 'inactive', lastName: 'Lima', email: 'ana.lima@example.com' },
		},
	];
}

function interactions({ prospect, interaction }: Ids): Case[] {
	const path = `/prospect/${prospect}`;
	const create = { resource: 'interaction', operation: 'create', method: 'POST', answer: [] };
	const event = (type: string, parameters: IDataObject, body: IDataObject): Case => ({
		...create,
		path: `${path}/interactions`,
		parameters: { prospectId: prospect, type, ...parameters },
		body: { type, ...body },
	});
	const update = { resource: 'interaction', operation: 'update', method: 'PUT' };
	const one = { prospectId: prospect, interactionId: interaction };
	return [
		{
			...getMany('interaction', 'getAll', '/prospects/interactions', {
				limit: 5000,
				filters: { via: ['whatsApp', 'sms'], status: 'sent' },
			}),
			query: { via: 'whatsApp,sms', status: 'sent', limit: 1000 },
		},
		{
			...getMany('interaction', 'getAll', `${path}/interactions`, {
				prospectId: prospect,
				filters: { via: ['whatsApp'] },
			}),
			query: { via: 'whatsApp' },
		},
		event('note', { content: 'Called' }, { content: 'Called' }),
		event(
			'call',
			{
				additionalFields: {
					duration: 30000,
					startedAt: '2026-01-01T10:00:00Z',
					sender: 'stale',
				},
			},
			{ duration: 30000, startedAt: '2026-01-01T10:00:00.000Z' },
		),
		event(
			'message',
			{
				content: 'Hello',
				additionalFields: {
					attachmentType: 'IMAGE',
					attachmentUrl: 'https://example.com/a.png',
					otherFields: {
						buttons: { body: 'Yes?', buttons: [{ id: '1', title: 'Yes' }] },
					},
				},
			},
			{
				content: 'Hello',
				attachment: { type: 'IMAGE', url: 'https://example.com/a.png' },
				buttons: { body: 'Yes?', buttons: [{ id: '1', title: 'Yes' }] },
			},
		),
		event(
			'question',
			{ additionalFields: { question: 'Price?', delivered: false } },
			{ question: 'Price?', delivered: false },
		),
		get('interaction', 'get', `${path}/interaction/${interaction}`, one),
		{
			...update,
			path: `${path}/interaction/${interaction}`,
			parameters: {
				...one,
				type: 'message',
				updateFields: { status: 'read', delivered: true },
			},
			body: { type: 'message', status: 'read', delivered: true },
		},
	];
}

function messages({ prospect }: Ids): Case[] {
	const path = `/prospect/${prospect}/messaging`;
	const message = { resource: 'message', method: 'POST', answer: [] };
	return [
		{
			...message,
			operation: 'send',
			path: `${path}/whatsapp`,
			parameters: { prospectId: prospect, channel: 'whatsApp', content: 'Hello' },
			body: { content: 'Hello' },
		},
		{
			...message,
			operation: 'sendTemplate',
			path: `${path}/whatsapp/notification`,
			parameters: {
				prospectId: prospect,
				channel: 'whatsapp',
				templateKey: list('list', 'appointment'),
				parameters: {
					mappingMode: 'defineBelow',
					value: { date: '1 May', place: 'Lima' },
					schema: [
						{ id: 'date', required: true },
						{ id: 'place', required: true },
					],
				},
			},
			body: { key: 'appointment', parameters: { date: '1 May', place: 'Lima' } },
		},
		getMany('message', 'getReplies', `/prospect/${prospect}/interactions`, {
			prospectId: prospect,
			since: 'message',
			sinceMessage: prospect,
		}),
		getMany('channel', 'getAll', '/messaging/channels'),
		getMany('channel', 'getAll', `${path}/channels`, { prospectId: prospect }),
	];
}

function quotes({ prospect, quote }: Ids): Case[] {
	const path = `/prospect/${prospect}`;
	const one = { prospectId: prospect, quoteId: quote };
	return [
		{
			...getMany('quote', 'getAll', '/prospects/quotes', {
				limit: 3,
				filters: { status: 'pending' },
			}),
			query: { limit: 3, status: 'pending' },
		},
		getMany('quote', 'getAll', `${path}/quotes`, { prospectId: prospect }),
		{
			resource: 'quote',
			operation: 'create',
			method: 'POST',
			path: `${path}/quotes`,
			parameters: {
				prospectId: prospect,
				status: 'pending',
				items: { item: [{ quantity: 2, price: 10, concept: 'Seat' }] },
			},
			body: { status: 'pending', items: [{ quantity: 2, price: 10, concept: 'Seat' }] },
		},
		get('quote', 'get', `${path}/quote/${quote}`, one),
		{
			resource: 'quote',
			operation: 'update',
			method: 'PUT',
			path: `${path}/quote/${quote}`,
			parameters: { ...one, status: 'accepted' },
			body: { status: 'accepted' },
		},
	];
}

function customApiCalls({ prospect }: Ids): Case[] {
	const parameter = [
		{ name: 'status', value: 'pending' },
		{ name: 'limit', value: '3' },
	];
	const path = '/prospects/quotes';
	const query = { parameter };
	const call = { resource: 'customApiCall', operation: 'send' };
	return [
		{
			...getMany('customApiCall', 'send', path, { path, query }),
			query: { status: 'pending', limit: '3' },
		},
		{
			...getMany('customApiCall', 'getAll', path, { path, query, limit: 2 }),
			query: { status: 'pending', limit: 2 },
		},
		{
			...call,
			method: 'PATCH',
			path: `/prospect/${prospect}`,
			parameters: { path: `prospect/${prospect}`, method: 'PATCH', body: '{"firstName": "Ana"}' },
			body: { firstName: 'Ana' },
		},
	];
}

function others({ group, agent, subscription }: Ids): Case[] {
	const ofGroup = { groupId: list('id', group) };
	const callbackUrl = 'https://example.com/zenvia';
	return [
		getMany('group', 'getAll', '/groups'),
		get('group', 'get', `/group/${group}`, ofGroup),
		{ ...getMany('group', 'getChildren', '/groups', ofGroup), query: { parent: group } },
		{
			...get('group', 'getOnlineAgents', `/group/${group}/agents/online`, {
				...ofGroup,
				availableAgents: true,
			}),
			query: { availableAgents: true },
		},
		get('group', 'isWorking', `/groups/${group}/is-working`, ofGroup),
		{
			...get('group', 'getResponseTime', `/groups/${group}/response-time`, ofGroup),
			method: 'POST',
		},
		{
			...getMany('agent', 'getAll', '/agents', { ...ofGroup, active: 'true' }),
			query: { group, active: 'true' },
		},
		get('agent', 'isWorking', `/agents/${agent}/is-working`, { agentId: agent }),
		{
			...get('agent', 'getResponseTime', `/agents/${agent}/response-time`, {
				agentId: agent,
			}),
			method: 'POST',
		},
		{
			...get('transferTarget', 'getAll', '/as-user/transfer'),
			answer: { agents: [], groups: [] },
		},
		get('integration', 'get', '/integration'),
		get('integration', 'check', '/checkCredentials'),
		getMany('integration', 'getAll', '/integrations'),
		getMany('integration', 'getIndustries', '/industries'),
		getMany('subscription', 'getTopics', '/notifications/topics'),
		getMany('subscription', 'getAll', '/notifications/subscriptions'),
		{
			resource: 'subscription',
			operation: 'create',
			method: 'POST',
			path: '/notifications/subscriptions',
			parameters: { topics: ['interactions', 'prospects'], callbackUrl },
			body: { topics: ['interactions', 'prospects'], callbackUrl },
		},
		get('subscription', 'get', `/notifications/subscription/${subscription}`, {
			subscriptionId: subscription,
		}),
		{
			...get('subscription', 'delete', `/notifications/subscription/${subscription}`, {
				subscriptionId: subscription,
			}),
			method: 'DELETE',
		},
	];
}

/** What ends a prospect comes last, so that the cases can be run in this order against one account. */
const removal = ({ prospect }: Ids): Case => ({
	...get('prospect', 'delete', `/prospect/${prospect}`, { prospectId: prospect }),
	method: 'DELETE',
});

/** A case for every operation of the node but Send File, whose body is no JSON. */
export const cases = (ids: Ids): Case[] => [
	...leads(),
	...interactions(ids),
	...messages(ids),
	...quotes(ids),
	...others(ids),
	...customApiCalls(ids),
	...prospects(ids),
	removal(ids),
];
