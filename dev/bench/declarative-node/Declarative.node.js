/** Page after page, as long as the answer names a next one. */
const everyPage = {
	continue: '={{ !!$response.body.meta.next_page }}',
	// What stands here takes the place of the request's own query.
	request: {
		qs: { per_page: 100, page: '={{ $response.body ? $response.body.meta.next_page : 1 }}' },
	},
};

const operation = {
	displayName: 'Operation',
	name: 'operation',
	type: 'options',
	noDataExpression: true,
	default: 'create',
	options: [
		{
			name: 'Create',
			value: 'create',
			routing: {
				request: { method: 'POST', url: '/leads' },
				output: { postReceive: [{ type: 'rootProperty', properties: { property: 'lead' } }] },
			},
		},
		{
			name: 'Get',
			value: 'get',
			routing: {
				request: { method: 'GET', url: '=/leads/{{$parameter.leadId}}' },
				output: { postReceive: [{ type: 'rootProperty', properties: { property: 'lead' } }] },
			},
		},
		{
			name: 'Get Many',
			value: 'getAll',
			routing: {
				request: { method: 'GET', url: '/conversations' },
				send: { paginate: true },
				operations: { pagination: { type: 'generic', properties: everyPage } },
				output: {
					postReceive: [{ type: 'rootProperty', properties: { property: 'conversations' } }],
				},
			},
		},
	],
};

/** A field that goes into the body. */
const sent = (displayName, name, property) => ({
	displayName,
	name,
	type: 'string',
	default: '',
	displayOptions: { show: { operation: ['create'] } },
	routing: { send: { type: 'body', property } },
});

const create = [
	sent('First Name', 'firstName', 'lead.first_name'),
	sent('Email', 'email', 'lead.email'),
];

const get = [
	{
		displayName: 'Lead ID',
		name: 'leadId',
		type: 'string',
		default: '',
		displayOptions: { show: { operation: ['get'] } },
	},
];

/** Three of Saleswhale's operations, as n8n's own guide to declarative nodes would write them. */
class Declarative {
	constructor() {
		this.description = {
			displayName: 'Declarative',
			name: 'declarative',
			group: ['transform'],
			version: 1,
			description: 'Saleswhale, described and not programmed',
			defaults: { name: 'Declarative' },
			inputs: ['main'],
			outputs: ['main'],
			credentials: [{ name: 'declarative', required: true }],
			requestDefaults: { baseURL: '={{$credentials.baseUrl}}/api/v2', json: true },
			properties: [operation, ...create, ...get],
		};
	}
}

module.exports = { Declarative };
