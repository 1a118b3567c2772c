import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { SavedCredential } from '../../dev/n8n/workflow.mts';
import type { RequestRecord } from '../../dev/kit/simulator.mts';
import * as data from '../agents/tools.mts';
import type { AgentRequest } from '../agents/tools.mts';
import { Agents } from './agents.setup.mts';
import { describeCells } from './cells.mts';
import { describeCustomApiCalls } from './customApiCall.mts';
import { describeEmptyFilters } from './emptyFilters.mts';
import { describeFiles } from './files.mts';
import { describeLocators } from './locators.mts';
import { describeLookUps } from './lookUps.mts';
import { describePhones } from './phones.mts';
import type { VendorName } from '../../dev/kit/vendorKit.mts';
import { secrets } from './vendors.setup.mts';

/** Calls to one turn of the model. */
const callsAtOnce = 10;

let agents: Agents;
let ids: Record<string, string>;
beforeAll(async () => (agents = await Agents.start()));
afterAll(async () => await agents?.close());
beforeEach(() => {
	ids = agents.vendors.seed();
});

/** What n8n makes of a tool's name for the model. */
const calledName = (request: AgentRequest): string => data.toolName(request).replace(/\W+/g, '_');

type Asked = Pick<AgentRequest, 'node' | 'resource' | 'operation'> & Partial<AgentRequest>;

/** A request that is not in the lists. */
const ask = (asked: Asked): AgentRequest => ({ request: '', arguments: {}, asks: '', ...asked });

/** Has the model make calls for these requests, each with a tool of its own; gives its answers. */
async function answersTo(
	requests: AgentRequest[],
	credential?: SavedCredential,
): Promise<string[]> {
	const credentialOf = (node: string) =>
		credential ?? agents.vendors.credentials[node as VendorName];
	const names = requests.map(data.toolName);
	const tools = requests
		.filter((request, index) => names.indexOf(data.toolName(request)) === index)
		.map((request) => data.toolNode(request, credentialOf(request.node), requests));
	const calls = requests.map((request) => ({
		tool: calledName(request),
		arguments: data.modelArguments(request, requests),
	}));
	const turns = Array.from({ length: Math.ceil(calls.length / callsAtOnce) }, (_, n) =>
		calls.slice(n * callsAtOnce, (n + 1) * callsAtOnce),
	);
	const { output, answers } = await agents.talk(tools, turns);
	expect(output).toBe('Done.');
	expect(answers).toHaveLength(requests.length);
	return answers;
}

const requestsTo = (node: string): RequestRecord[] =>
	agents.vendors.sims[node as VendorName].requests;

describe('the requests of the lists', () => {
	it('are done by the tools that the list names, with the arguments that it names', async () => {
		const requests = await data.readRequests(ids);
		const answers = await answersTo(requests);
		const outcomes = requests.map((one, index) => ({
			...one,
			isAsked: data.isAsked(one, requestsTo(one.node)),
			answer: answers[index],
		}));
		expect(
			outcomes.filter(({ isAsked, answer }) => !isAsked || answer?.includes('"error"')),
		).toEqual([]);
		const nobody = outcomes.find(({ request }) => request.includes('ended with a qualified lead'));
		expect(nobody?.answer).toBe('[{"result":"Nothing was found."}]');
		expect(agents.vendors.violations()).toEqual([]);
	});

	it('reach the fields they are meant for, and leave the others out', async () => {
		await answersTo(await data.readRequests(ids));
		// The lines of n8n make the calls of one turn in different orders.
		const bodies = (node: VendorName, asks: string) =>
			requestsTo(node)
				.filter(({ operationId }) => operationId === asks)
				.map(({ body }) => body)
				.sort((a, b) => JSON.stringify(b).length - JSON.stringify(a).length);
		expect(bodies('saleswhale', 'lead.update')).toEqual([
			{
				lead: {
					first_name: 'Amina',
					last_name: 'Okafor',
					custom_attribute_values: [{ custom_attribute_id: 51661, value: 'Software' }],
				},
			},
			{ lead: { job_title: 'Head of Growth' } },
			{ lead: { job_title: 'Director' } },
		]);
		expect(bodies('zenviaSales', 'message.sendTemplate')).toEqual([
			{ key: 'appointment', parameters: { date: '1 May', place: 'Avenida Paulista 1000' } },
		]);
		expect(bodies('zenviaSales', 'quote.create')).toEqual([
			{ items: [{ product: 'Tyre', quantity: 2, price: 120 }], status: 'pending' },
		]);
		expect(bodies('salesflow', 'contact.update')).toEqual([
			{ location: 'Porto Alegre', occupation: 'Head of Sales' },
			{ location: 'Berlin', occupation: 'CTO' },
			{ email: 'person@example.com' },
		]);
		const account = { botId: 'bot-1', customerId: 'customer-1' };
		expect(bodies('convertalk', 'lead.upsert')).toEqual([
			{
				uuid: ids.chat,
				notes: [{ title: 'Wants a demo', description: 'For five people, in May' }],
				...account,
			},
			{
				uuid: ids.chat,
				notes: [{ title: 'Demo booked', description: 'Tuesday at 10' }],
				...account,
			},
			{ uuid: ids.chat, status: 'CLOSED', tags: ['customer'], ...account },
			{ uuid: ids.chat, status: 'REVIEW', ...account },
		]);
	});

	it('come with tools that say what they do and what they want', async () => {
		const requests = await data.readRequests(ids);
		await answersTo(requests);
		const { offered } = agents.model;
		expect(new Set(offered.map(({ name }) => name)).size).toBe(
			new Set(requests.map(data.toolName)).size,
		);
		for (const { name, description, parameters } of offered) {
			expect(name).toMatch(/^[A-Za-z0-9_]{5,64}$/);
			expect(description.replace(/\W+/g, '_')).toBe(name);
			expect(description).toMatch(/^[A-Z].* in (Saleswhale|Zenvia Sales|Salesflow|Convertalk)$/);
			for (const [argument, schema] of Object.entries(parameters.properties)) {
				expect([name, argument, schema]).toEqual([
					name,
					argument,
					expect.objectContaining({
						type: expect.stringMatching(/^(string|number|boolean)$/),
						description: expect.stringMatching(/.{10,}/),
					}),
				]);
			}
		}
	});
});

describe('an answer', () => {
	/** Characters: about 125 tokens for a record, and 5,000 for a list of 50. */
	const longestRecord = 500;
	const longestList = 25_000;
	const limit = 50;

	it.each([
		['zenviaSales', 'prospect', 'getAll', {}],
		['zenviaSales', 'interaction', 'getAll', {}],
		['saleswhale', 'conversation', 'getAll', {}],
		['saleswhale', 'campaign', 'getAll', {}],
		['salesflow', 'contact', 'getAll', { campaignId: '29854' }],
		['convertalk', 'lead', 'getAll', {}],
		['convertalk', 'contact', 'search', {}],
	])('of %s, %s: %s, is short enough to read', async (node, resource, operation, more) => {
		const { sims } = agents.vendors;
		sims.saleswhale.vendor.seedConversations(60);
		const prospects = sims.zenviaSales.vendor.seedProspects(60);
		for (const id of prospects)
			sims.zenviaSales.vendor.receiveMessage(id, { content: 'How much is it?' });
		sims.salesflow.vendor.seedContacts(60);
		sims.convertalk.vendor.leads.addMany(60);
		const request = ask({ node, resource, operation, arguments: { limit, ...more } });
		const [answer = ''] = await answersTo([request]);
		const records = JSON.parse(answer) as unknown[];
		expect(records).toHaveLength(limit);
		const longest = Math.max(...records.map((record) => JSON.stringify(record).length));
		expect(longest).toBeLessThan(longestRecord);
		expect(answer.length).toBeLessThan(longestList);
	});

	it('is whole where Simplify is off', async () => {
		const request = ask({ node: 'zenviaSales', resource: 'prospect', operation: 'get' });
		const answers = async (simplify: boolean) =>
			await answersTo([{ ...request, arguments: { prospectId: ids.prospect, simplify } }]);
		const [raw, simple] = [await answers(false), await answers(true)];
		expect(raw?.[0]).toContain('"leads":');
		expect(Object.keys(JSON.parse(simple?.[0] ?? '')[0])).toEqual([
			'id',
			'firstName',
			'lastName',
			'status',
			'phones',
			'emails',
			'group',
			'additionalData',
		]);
	});
});

it('the tools of each vendor have the fields that Output says', async () => {
	const chosen = (...outputFields: string[]) => ({ output: 'fields', outputFields });
	const zenvia = {
		...{ node: 'zenviaSales', resource: 'prospect', operation: 'get' },
		arguments: { prospectId: ids.prospect },
	};
	const requests: Asked[] = [
		{ ...zenvia, chosen: chosen('firstName', 'leads') },
		{ ...zenvia, tool: 'Get all of prospect', chosen: { output: 'raw' } },
		{
			...{ node: 'saleswhale', resource: 'lead', operation: 'get', chosen: chosen('crm_type') },
			arguments: { leadId: ids.lead },
		},
		{
			...{ node: 'salesflow', resource: 'contact', operation: 'getAll' },
			...{ chosen: chosen('Industry', 'Email'), arguments: { campaignId: '29854', limit: 1 } },
		},
		{
			...{ node: 'convertalk', resource: 'lead', operation: 'getAll' },
			...{ chosen: chosen('name', 'isOnline'), arguments: { limit: 1 } },
		},
		{
			...{ node: 'convertalk', resource: 'contact', operation: 'search' },
			...{ chosen: { output: 'simplified' }, arguments: { limit: 1 } },
		},
	];
	const answers = await answersTo(requests.map(ask));
	const names = answers.map((answer) => Object.keys((JSON.parse(answer) as object[])[0] ?? {}));
	const [some, all = [], lead, contact, chat, few = []] = names;
	expect([some, lead, contact, chat]).toEqual([
		['id', 'firstName', 'leads'],
		['id', 'crm_type'],
		['MemberId', 'Industry', 'Email'],
		['id', 'name', 'isOnline'],
	]);
	expect(all.length).toBeGreaterThan(10);
	expect(few).toContain('phoneNumber');
	expect(few.length).toBeLessThanOrEqual(10);
});

describe('a refusal comes back as a sentence to act on', () => {
	const leadOf = (email: string) =>
		ask({
			node: 'saleswhale',
			resource: 'lead',
			operation: 'create',
			arguments: { firstName: 'Ana', email },
		});

	function expectSentence(answer: string | undefined): string {
		const [{ error = '' } = {}] = JSON.parse(answer ?? '[]') as Array<{ error?: string }>;
		expect(error).toMatch(/^["'A-Z].{20,400}[.]$/);
		expect(error).not.toMatch(/\bat \w+.*:\d+|Error:|undefined|\[object/);
		for (const secret of Object.values(secrets)) expect(error).not.toContain(secret);
		return error;
	}

	it('of what cannot be right, before anything is sent', async () => {
		const lookup = { node: 'salesflow', resource: 'contact', operation: 'lookup' };
		const [email, profile] = await answersTo([
			leadOf('nobody'),
			ask({ ...lookup, arguments: { publicIdentifier: 'https://example.com/in/x' } }),
		]);
		expect(expectSentence(email)).toBe(
			`'Email' is "nobody", which is not a valid e-mail address. Correct it, e.g. nathan@example.com. Nothing has been sent.`,
		);
		expect(expectSentence(profile)).toContain('neither a public identifier nor');
		expect([...requestsTo('saleswhale'), ...requestsTo('salesflow')]).toEqual([]);
	});

	it('of what a vendor does not have or take', async () => {
		const zenvia = { node: 'zenviaSales' };
		const { doomedProspect } = ids;
		const answers = await answersTo([
			leadOf('seed1@example.com'),
			ask({ node: 'saleswhale', resource: 'lead', operation: 'get', arguments: { leadId: '99' } }),
			ask({
				...zenvia,
				resource: 'prospect',
				operation: 'get',
				arguments: { prospectId: 'a'.repeat(24) },
			}),
			ask({
				...zenvia,
				resource: 'message',
				operation: 'send',
				arguments: { prospectId: doomedProspect, channel: 'whatsapp', content: 'Hello' },
			}),
			ask({
				node: 'salesflow',
				resource: 'campaign',
				operation: 'start',
				arguments: { campaignId: '29854' },
			}),
		]);
		const sentences = answers.map(expectSentence);
		expect(sentences).toEqual([
			expect.stringMatching(/already been taken.*to Skip or Update\.$/),
			expect.stringMatching(/99 does not exist.*Check/),
			expect.stringMatching(/Check that prospect a{24} is in the account/),
			expect.stringMatching(/24 hours.*Send a template instead\.$/),
			expect.stringMatching(/runs already, so there is nothing left to do\.$/),
		]);
	});

	it.each<[VendorName, string, object, string, string, object]>([
		['saleswhale', 'saleswhaleApi', { apiKey: 'wrong-key' }, 'team', 'get', {}],
		['zenviaSales', 'zenviaSalesApi', { apiKey: 'wrong-key' }, 'prospect', 'getAll', {}],
		['salesflow', 'salesflowApi', { token: 'wrong-key' }, 'campaign', 'getAll', {}],
		['convertalk', 'convertalkApi', { token: 'wrong-key' }, 'lead', 'getAll', {}],
	])(
		'of a key that %s does not take, without the key',
		async (node, type, wrong, resource, operation) => {
			const data = { ...agents.vendors.dataFor(node), ...wrong };
			const credential = await agents.vendors.tested.credential(type, data);
			const [answer] = await answersTo([ask({ node, resource, operation })], credential);
			const sentence = expectSentence(answer);
			expect(sentence).toMatch(/credential|key/i);
			expect(sentence).not.toContain('wrong-key');
		},
	);
});

// Not about agents: these need an n8n with all vendors, and here is one.
describeEmptyFilters(() => agents.vendors);
describePhones(() => agents.vendors);
describeCells(() => agents.vendors);
describeFiles(() => agents.vendors);
describeLocators(() => agents.vendors);
describeLookUps(() => agents.vendors);
describeCustomApiCalls(() => agents.vendors);
