import {
	type IDataObject,
	type IHttpRequestOptions,
	type ILoadOptionsFunctions,
	type INodeParameters,
	NodeHelpers,
} from 'n8n-workflow';
import { describe, expect, it } from '@jest/globals';
import { ZenviaSales } from '../../../nodes/ZenviaSales/ZenviaSales.node.ts';
import { methods, variablesOf } from '../../../nodes/ZenviaSales/listSearch/index.ts';

const prospectId = '507f191e810c19729de860ea';
const templates = [
	{ key: 'welcome', name: 'Welcome', body: 'Hello ${prospect.firstName}' },
	{ key: 'visit', name: 'Visit', body: 'On ${date} at ${ place }, ${date}' },
];
const bodies: Record<string, unknown> = {
	'/groups': [
		{ id: 'g1', name: 'South', displayName: 'The South' },
		{ id: 'g2', name: 'North' },
	],
	'/as-user/transfer': {
		agents: [{ id: 'u1', firstName: 'Ana', lastName: 'Lima', email: 'ana@example.com' }],
		groups: [],
	},
	'/as-user/labels': [{ key: 'warm', name: 'Warm' }],
	'/as-user/archiving-reasons': [{ reason: 'inactive', name: 'Inactive' }],
	'/leads/categories': ['used', 'new'],
	'/messaging/channels': [
		{ channel: 'whatsapp', channelId: '1', templates },
		{ channel: 'facebook', channelId: '2' },
	],
	[`/prospect/${prospectId}/messaging/channels`]: [
		{ channel: 'whatsapp', channelId: '1', templates: templates.slice(1) },
	],
};

let keys = 0;
function editor(parameters: IDataObject = {}) {
	const apiKey = `list-${++keys}`;
	return {
		getCredentials: async () => ({ environment: 'sales', apiKey }),
		getCredentialsProperties: () => [],
		getNode: () => ({ name: 'Zenvia Sales' }),
		getCurrentNodeParameter: (name: string) => parameters[name],
		helpers: {
			httpRequestWithAuthentication: async (_: string, { url }: IHttpRequestOptions) => ({
				statusCode: 200,
				headers: {},
				body: bodies[url.replace('https://sales.zenvia.com/api/v1', '')],
			}),
		},
	} as unknown as ILoadOptionsFunctions;
}

const { listSearch, loadOptions, resourceMapping } = methods;

describe('a dropdown', () => {
	it('has the groups, and searches them', async () => {
		expect(await listSearch.searchGroups.call(editor())).toEqual({
			results: [
				{ name: 'The South', value: 'g1' },
				{ name: 'North', value: 'g2' },
			],
		});
		expect((await listSearch.searchGroups.call(editor(), 'nor')).results).toHaveLength(1);
	});

	it('shows groups and templates of the same name with what tells them apart', async () => {
		const groups = [
			{ id: 'g0', displayName: 'Acme', parent: null },
			{ id: 'g1', displayName: 'North', parent: 'g0' },
			{ id: 'g2', displayName: 'South', parent: 'g0' },
			{ id: 'g3', displayName: 'Sales', parent: 'g1' },
			{ id: 'g4', displayName: 'Sales', parent: 'g2' },
			{ id: 'g5', displayName: 'Sales', parent: 'of no list' },
			{ id: 'g6', displayName: '', name: 'Stock', parent: 'g1' },
		];
		const channel = { channel: 'whatsapp', channelId: '1' };
		const alike = ['hello_1', 'hello_2'].map((key) => ({ key, name: 'Hello' }));
		const other = { ...bodies };
		Object.assign(bodies, {
			'/groups': groups,
			'/messaging/channels': [{ ...channel, templates: [...alike, { key: 'bye', name: 'Bye' }] }],
		});
		const namesOf = ({ results }: { results: Array<{ name: string }> }) =>
			results.map(({ name }) => name);
		expect(namesOf(await listSearch.searchGroups.call(editor()))).toEqual([
			...['Acme', 'North', 'South'],
			...['Sales (North)', 'Sales (South)', 'Sales (g5)', 'Stock'],
		]);
		expect((await listSearch.searchGroups.call(editor(), 'south')).results).toHaveLength(2);
		const templates = await listSearch.searchTemplates.call(editor({ channel: 'whatsapp' }));
		expect(namesOf(templates)).toEqual(['Hello (hello_1)', 'Hello (hello_2)', 'Bye']);
		expect(templates.results.map(({ value }) => value)).toEqual(['hello_1', 'hello_2', 'bye']);
		Object.assign(bodies, other);
	});

	it('has the users to transfer to', async () => {
		const { results } = await listSearch.searchUsers.call(editor());
		expect(results).toEqual([{ name: 'Ana Lima (ana@example.com)', value: 'u1' }]);
	});

	it('has labels, archiving reasons and categories', async () => {
		expect(await loadOptions.getLabels.call(editor())).toEqual([{ name: 'Warm', value: 'warm' }]);
		expect(await loadOptions.getArchivingReasons.call(editor())).toEqual([
			{ name: 'Inactive', value: 'inactive' },
		]);
		expect(await loadOptions.getCategories.call(editor())).toEqual([
			{ name: 'used', value: 'used' },
			{ name: 'new', value: 'new' },
		]);
	});

	it('has the channels that reach the prospect, or those of the account', async () => {
		const names = async (parameters: IDataObject) =>
			(await loadOptions.getChannels.call(editor(parameters))).map(({ name }) => name);
		expect(await names({ prospectId })).toEqual(['WhatsApp']);
		expect(await names({ prospectId: '={{ $json.id }}' })).toEqual(['WhatsApp', 'Facebook']);
	});

	it('has the templates of the channel', async () => {
		const keysOf = async (parameters: IDataObject) =>
			(await listSearch.searchTemplates.call(editor(parameters))).results.map(({ value }) => value);
		expect(await keysOf({ channel: 'whatsApp' })).toEqual(['welcome', 'visit']);
		expect(await keysOf({ channel: 'whatsapp', prospectId })).toEqual(['visit']);
		expect(await keysOf({ channel: 'facebook' })).toEqual([]);
	});

	it('has the variables of the template that is chosen', async () => {
		const of = async (templateKey: string) =>
			(
				await resourceMapping.getTemplateVariables.call(
					editor({ channel: 'whatsapp', templateKey }),
				)
			).fields.map(({ id, required }) => [id, required]);
		expect(await of('visit')).toEqual([
			['date', true],
			['place', true],
		]);
		expect(await of('welcome')).toEqual([['prospect.firstName', false]]);
		expect(await of('unknown')).toEqual([]);
	});

	it('are asked for once a template is chosen, and where an expression chooses it', () => {
		const { description } = new ZenviaSales();
		const isAsked = (operation: string, templateKey: unknown) =>
			description.properties
				.filter(({ type }) => type === 'resourceMapper')
				.some((property) =>
					NodeHelpers.displayParameter(
						{
							resource: 'message',
							operation,
							ifWindowClosed: 'template',
							templateKey,
						} as INodeParameters,
						property,
						{ typeVersion: 1.2 },
						description,
					),
				);
		const picked = (value: string) => ({ __rl: true, mode: 'list', value });
		for (const operation of ['sendTemplate', 'send', 'sendAndWait']) {
			expect([picked(''), ''].map((one) => isAsked(operation, one))).toEqual([false, false]);
			const chosen = [picked('visit'), 'visit', picked('={{ $json.key }}'), '={{ $json.key }}'];
			expect(chosen.map((one) => isAsked(operation, one))).toEqual([true, true, true, true]);
		}
	});

	it('says in neutral words why a template shows no variables', async () => {
		const noticeOf = async (parameters: IDataObject) =>
			(await resourceMapping.getTemplateVariables.call(editor(parameters))).emptyFieldsNotice;
		const channel = 'whatsapp';
		expect(await noticeOf({ channel })).toBe('Choose a template from the list first.');
		expect(await noticeOf({ channel, templateKey: '' })).toBe(
			'Choose a template from the list first.',
		);
		expect(await noticeOf({ channel, templateKey: '={{ $json.key }}' })).toBe(
			'Choose a template from the list first.',
		);
		expect(await noticeOf({ channel, templateKey: 'unknown' })).toBe(
			'This template has no variables.',
		);
		expect(await noticeOf({ channel, templateKey: 'visit' })).toBeUndefined();
	});
});

describe('the variables of a template', () => {
	it('are read in both notations', () => {
		expect(variablesOf({ body: 'Hi {{ name }} ${a.b} $c {d}' })).toEqual(['name', 'a.b']);
		expect(variablesOf({ template: '{{1}} and {{2}}' })).toEqual(['1', '2']);
		expect(variablesOf({ body: 'Olá {{ nome do cliente }}: ${endereço} em ${dia-mês}' })).toEqual([
			'nome do cliente',
			'endereço',
			'dia-mês',
		]);
		expect(variablesOf({ body: '{{ }} ${} {{a\u00a0}} {{{b}}}' })).toEqual(['a', 'b']);
		expect(variablesOf({})).toEqual([]);
	});
});
