import type { Ids } from '../../../dev/vendors/zenviaSales/n8n.mts';
import { type Case, get, getMany, list } from './case.mts';
import { interactions, messages } from './operations.messages.mts';
import { leads, prospects } from './operations.prospects.mts';

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
