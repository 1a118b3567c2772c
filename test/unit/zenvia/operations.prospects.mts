import type { Ids } from '../../../dev/vendors/zenviaSales/n8n.mts';
import { type Case, get, getMany, list } from './case.mts';

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

/** Ways to fill in the operations of leads. */
export function leads(): Case[] {
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

/** Ways to fill in those of prospects. */
export function prospects({ prospect, group, agent }: Ids): Case[] {
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
