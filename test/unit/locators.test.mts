import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type {
	IDataObject,
	IHttpRequestOptions,
	ILoadOptionsFunctions,
	INodeListSearchResult,
	INodeParameters,
	INodeProperties,
} from 'n8n-workflow';
import { startVendors, type StartedVendors } from '../../dev/simulators.mts';
import type { VendorName } from '../../dev/kit/vendorKit.mts';
import { vendorOf, vendors } from '../../dev/vendors.mts';
import { run, type RunOptions } from './engine.mts';
import { isShownIn } from './locators.mts';

let started: StartedVendors;
beforeAll(async () => {
	started = await startVendors();
});
afterAll(async () => {
	for (const { simulator } of Object.values(started)) await simulator.close();
});
beforeEach(() => {
	for (const { simulator } of Object.values(started)) simulator.reset();
});

const by = (mode: string, value: string) => ({ __rl: true as const, mode, value });

/** Runs an operation in the newest version of a vendor's node, if no other is said. */
async function doIn(name: VendorName, parameters: object, more: Partial<RunOptions> = {}) {
	const { node, credentialType } = vendorOf(name);
	const { data, simulator } = started[name];
	const before = simulator.requests.length;
	const result = await run(
		{ node, credential: credentialType },
		{
			typeVersion: node.description.defaultVersion,
			parameters: parameters as INodeParameters,
			credential: data,
			...more,
		},
	);
	const asked = simulator.requests.slice(before).map(({ operationId }) => operationId);
	return { ...result, asked, jsons: result.items.map(({ json }) => json) };
}

/** The parameters of a name in a version of a node. */
function shownAs(vendor: VendorName, name: string, version: number): INodeProperties[] {
	const { properties } = vendorOf(vendor).node.description;
	return properties.filter((one) => one.name === name && isShownIn(one, version));
}

const locators = [
	['saleswhale', 'leadId', 1.1, ['list', 'email', 'id']],
	['saleswhale', 'conversationId', 1.1, ['list', 'id']],
	['saleswhale', 'enrolmentId', 1.1, ['list', 'id']],
	['salesflow', 'contactId', 1.1, ['id', 'publicIdentifier', 'linkedInUrl']],
	['convertalk', 'uuid', 1.1, ['list', 'id']],
	['zenviaSales', 'agentId', 1.2, ['list', 'email', 'id']],
	['zenviaSales', 'quoteId', 1.2, ['list', 'id']],
	['zenviaSales', 'interactionId', 1.2, ['list', 'id']],
	['zenviaSales', 'subscriptionId', 1.2, ['list', 'id']],
] as const;

describe.each(locators)('%s, %s', (vendor, name, since, modes) => {
	it('is a locator from its version on, and the ID that it was before', () => {
		const now = shownAs(vendor, name, since);
		expect(now.length).toBeGreaterThan(0);
		for (const { type, modes: shown, default: atFirst } of now) {
			expect([type, shown?.map(({ name: mode }) => mode)]).toEqual(['resourceLocator', modes]);
			expect(atFirst).toMatchObject({ mode: modes[0] });
		}
		// Contact: Get had a locator from the beginning.
		const before = shownAs(vendor, name, 1).filter(({ type }) => type === 'string');
		expect(before.length).toBeGreaterThan(0);
		expect(shownAs(vendor, name, since).filter(({ type }) => type === 'string')).toEqual([]);
	});

	it('has a list that the node can fill', () => {
		const { methods } = vendorOf(vendor).node;
		const searches = shownAs(vendor, name, since).flatMap(({ modes: shown = [] }) =>
			shown.flatMap(({ typeOptions }) => typeOptions?.searchListMethod ?? []),
		);
		for (const search of searches) expect(methods?.listSearch).toHaveProperty(search);
		expect(searches.length > 0).toBe((modes as readonly string[]).includes('list'));
	});
});

it('A locator has a way to enter the ID in every node', () => {
	const all = vendors.flatMap(({ node }) => node.description.properties);
	const without = all.filter(
		({ type, modes }) => type === 'resourceLocator' && !modes?.some(({ name }) => name === 'id'),
	);
	expect(without).toEqual([]);
});

describe('a lead of Saleswhale', () => {
	const get = { resource: 'lead', operation: 'get' };

	it('is found by e-mail in the conversations, once for all items, and named by ID without a look', async () => {
		const { vendor } = started.saleswhale.simulator;
		vendor.seedConversations(2);
		const rows = ['SEED1@example.com', 'seed2@example.com', 'seed1@example.com'];
		const { jsons, asked, error } = await doIn(
			'saleswhale',
			{ ...get, leadId: by('email', '={{ $json.who }}') },
			{ items: rows.map((who) => ({ who })) },
		);
		expect(error).toBeUndefined();
		expect(jsons.map(({ email, matchedBy }) => [email, matchedBy])).toEqual([
			['seed1@example.com', 'seed1@example.com'],
			['seed2@example.com', 'seed2@example.com'],
			['seed1@example.com', 'seed1@example.com'],
		]);
		expect(asked).toEqual(['conversation.getAll', 'lead.get', 'lead.get', 'lead.get']);
		const [id] = vendor.leads.byId.keys();
		for (const leadId of [String(id), by('id', String(id)), by('list', String(id))]) {
			expect((await doIn('saleswhale', { ...get, leadId })).asked).toEqual(['lead.get']);
		}
		expect(started.saleswhale.simulator.violations()).toEqual([]);
	});

	it('who is in no conversation stops all before the first is sent, or is skipped', async () => {
		const { vendor } = started.saleswhale.simulator;
		vendor.seedConversations(1);
		const update = {
			...{ resource: 'lead', operation: 'update', updateFields: { jobTitle: 'CTO' } },
			leadId: by('email', '={{ $json.who }}'),
		};
		const items = ['seed1@example.com', 'zoe@example.com'].map((who) => ({ who }));
		const failed = await doIn('saleswhale', update, { items });
		expect(failed.error?.message).toContain(`'Lead' is "zoe@example.com", which no lead has.`);
		expect(failed.asked).not.toContain('lead.update');
		const { jsons } = await doIn('saleswhale', { ...update, ifNotFound: 'skip' }, { items });
		expect(jsons).toEqual([
			expect.objectContaining({ job_title: 'CTO' }),
			{ skipped: true, reason: expect.stringContaining('No lead has "zoe@example.com".') },
		]);
	});

	it.each([
		[1, "'Lead ID' is empty"],
		[1.1, "'Lead' is empty"],
	])('is called by the name that version %p shows', async (typeVersion, said) => {
		const { error } = await doIn(
			'saleswhale',
			{ ...get, leadId: '={{ $json.nothing }}' },
			{ typeVersion },
		);
		expect(error?.message).toContain(said);
	});
});

describe('a contact of Salesflow', () => {
	const update = { resource: 'contact', operation: 'update', updateFields: { occupation: 'CTO' } };

	it.each([
		['publicIdentifier', 'Person-1'],
		['linkedInUrl', 'https://www.linkedin.com/in/person-1/?trk=x'],
	])('is found by its profile (%s), with others in one request', async (mode, first) => {
		const { vendor } = started.salesflow.simulator;
		const contacts = vendor.seedContacts(2);
		const rows = [first, first.replace('1', '2'), first];
		const { jsons, asked, error } = await doIn(
			'salesflow',
			{ ...update, contactId: by(mode, '={{ $json.who }}') },
			{ items: rows.map((who) => ({ who })) },
		);
		expect(error).toBeUndefined();
		expect(asked).toEqual(['contact.lookup', 'contact.update', 'contact.update', 'contact.update']);
		const ids = contacts.map(({ MemberId }) => MemberId);
		expect(jsons.map(({ MemberId }) => MemberId)).toEqual([ids[0], ids[1], ids[0]]);
		expect(started.salesflow.simulator.violations()).toEqual([]);
	});

	it('who is in two campaigns is refused with both IDs, and nothing is written', async () => {
		const { vendor } = started.salesflow.simulator;
		const [campaign, other] = vendor.campaigns.keys();
		const both = [campaign, other].map((id) => vendor.contacts.import(id ?? 0, 'ana', {}));
		const { error, asked } = await doIn('salesflow', {
			...{ resource: 'contact', operation: 'delete' },
			contactId: by('publicIdentifier', 'ana'),
		});
		for (const { MemberId } of both) expect(error?.message).toContain(String(MemberId));
		expect(error?.message).toContain('which several contacts have');
		expect(asked).toEqual(['contact.lookup']);
	});

	it('is no profile where the value is none', async () => {
		const contactId = by('linkedInUrl', 'https://example.com/ana');
		const { error, asked } = await doIn('salesflow', { ...update, contactId });
		expect(error?.message).toContain("'Contact' is");
		expect(asked).toEqual([]);
	});
});

describe('an agent of Zenvia', () => {
	const agentIn = () => {
		const { groups, agents } = started.zenviaSales.simulator.vendor;
		const agent = agents.get(groups[1]?.id ?? '')?.[0];
		if (!agent) throw new Error('There is no agent.');
		return agent;
	};

	it('is found by e-mail among those whom a prospect can be handed to', async () => {
		const { id, email } = agentIn();
		const { asked, error } = await doIn('zenviaSales', {
			...{ resource: 'agent', operation: 'isWorking' },
			agentId: by('email', String(email).toUpperCase()),
		});
		expect(error).toBeUndefined();
		expect(asked).toEqual(['transferTarget.getAll', 'agent.isWorking']);
		expect(started.zenviaSales.simulator.requests.at(-1)?.path).toContain(String(id));
	});

	it('gets a prospect, both named by e-mail, and the item says by what the prospect was found', async () => {
		const { vendor } = started.zenviaSales.simulator;
		const [prospect = ''] = vendor.seedProspects(1);
		const { jsons, error } = await doIn('zenviaSales', {
			...{ resource: 'prospect', operation: 'transfer', transferTo: 'user' },
			prospectId: by('email', 'seed1@example.com'),
			userId: by('email', String(agentIn().email)),
		});
		expect(error).toBeUndefined();
		expect(jsons).toEqual([expect.objectContaining({ matchedBy: 'seed1@example.com' })]);
		const { path, body } = started.zenviaSales.simulator.requests.at(-1) ?? {};
		expect(path).toContain(prospect);
		expect((body as IDataObject).user).toBe(agentIn().id);
	});

	it('whom nobody knows is named, with what to do', async () => {
		const { error, asked } = await doIn('zenviaSales', {
			...{ resource: 'agent', operation: 'isWorking' },
			agentId: by('email', 'zoe@example.com'),
		});
		expect(error?.message).toContain('\'Agent\' is "zoe@example.com", which no agent has.');
		expect(error?.message ?? '').not.toContain('If Not Found');
		expect(asked).toEqual(['transferTarget.getAll']);
	});
});

describe('a list', () => {
	/** The editor, with a real request in place of n8n's; `parameters` are filled in elsewhere in the node. */
	function editor(name: VendorName, parameters: IDataObject): ILoadOptionsFunctions {
		const { credentialType } = vendorOf(name);
		const { data } = started[name];
		const ask = async (_type: string, options: IHttpRequestOptions) => {
			const { authenticate } = credentialType;
			if (typeof authenticate !== 'function') throw new Error('authenticate is no function');
			const { url, method, headers, qs = {} } = await authenticate(data, options);
			const address = new URL(url);
			for (const [key, value] of Object.entries(qs)) address.searchParams.set(key, String(value));
			const answer = await fetch(address, { method, headers: headers as Record<string, string> });
			return { statusCode: answer.status, headers: {}, body: await answer.json() };
		};
		return {
			getCredentials: async () => data,
			getCredentialsProperties: () => credentialType.properties,
			getNode: () => ({ name }),
			getCurrentNodeParameter: (parameter: string) => parameters[parameter],
			helpers: { httpRequestWithAuthentication: ask },
		} as unknown as ILoadOptionsFunctions;
	}

	async function search(
		name: VendorName,
		method: string,
		{ filter, token, ...parameters }: IDataObject & { filter?: string; token?: string } = {},
	): Promise<INodeListSearchResult> {
		const list = vendorOf(name).node.methods?.listSearch?.[method];
		if (!list) throw new Error(`${name} has no list ${method}.`);
		const found = await list.call(editor(name, parameters), filter, token);
		expect(started[name].simulator.violations()).toEqual([]);
		return found;
	}

	it('has the leads of Saleswhale that conversations name, each once, its conversations and enrolments', async () => {
		const { vendor } = started.saleswhale.simulator;
		const conversations = vendor.seedConversations(3).reverse();
		const leads = await search('saleswhale', 'searchLeads', { filter: 'seed2' });
		const [, second] = vendor.leads.byId.keys();
		expect(leads.results).toEqual([{ name: 'seed2@example.com', value: String(second) }]);
		const { results } = await search('saleswhale', 'searchConversations');
		expect(results.map(({ value }) => value)).toEqual(conversations.map(String));
		expect(results[0]?.name).toMatch(/^seed3@example\.com, \w+, \d{4}-\d\d-\d\d$/);
		const enrolments = await search('saleswhale', 'searchEnrolments');
		expect(enrolments.results).toHaveLength(3);
		expect(enrolments.results[0]?.name).toMatch(/^Lead \d+ in campaign \d+ \(\w+\)$/);
	});

	it('has the leads of Convertalk, page after page, to the empty one', async () => {
		const { vendor } = started.convertalk.simulator;
		const leads = vendor.leads.addMany(25);
		const first = await search('convertalk', 'searchLeads');
		const second = await search('convertalk', 'searchLeads', {
			token: String(first.paginationToken),
		});
		const last = await search('convertalk', 'searchLeads', {
			token: String(second.paginationToken),
		});
		const all = [first, second, last].flatMap(({ results }) => results);
		expect(new Set(all.map(({ value }) => value))).toEqual(new Set(leads.map(({ uuid }) => uuid)));
		expect(last.paginationToken).toBeUndefined();
		const { results } = await search('convertalk', 'searchLeads', { filter: 'LEAD21@' });
		expect(results).toEqual([
			{ name: 'Lead 21, lead21@example.com (OPEN)', value: leads[20]?.uuid },
		]);
	});

	it('has the quotes and interactions of the prospect that is chosen, and asks for one', async () => {
		const { vendor } = started.zenviaSales.simulator;
		const [prospectId = ''] = vendor.seedProspects(2);
		const items = [{ product: 'Tyre', quantity: 2, price: 120 }];
		const { id } = vendor.quotes.create(vendor.prospects.get(prospectId), items);
		const said = vendor.receiveMessage(prospectId, { content: 'How much is it?' });
		const quotes = await search('zenviaSales', 'searchQuotes', { prospectId });
		expect(quotes.results).toEqual([
			{ name: expect.stringMatching(/^Tyre, 240, pending, [\d-]+ [\d:]+$/), value: id },
		]);
		const interactions = await search('zenviaSales', 'searchInteractions', { prospectId });
		expect(interactions.results).toEqual([
			{ name: expect.stringMatching(/, whatsApp, How much is it\?$/), value: said.id },
		]);
		const none = search('zenviaSales', 'searchQuotes', { prospectId: '+55 11 91234-5678' });
		await expect(none).rejects.toThrow('Choose the prospect From List or By ID to see its quotes.');
	});

	it("has the subscriptions of Zenvia, without a trigger's secret", async () => {
		const secret = 'a'.repeat(43);
		const callbackUrl = `https://example.com/zenvia?secret=${secret}`;
		const topics = ['interactions'];
		await doIn('zenviaSales', {
			resource: 'subscription',
			operation: 'create',
			topics,
			callbackUrl,
		});
		const { results } = await search('zenviaSales', 'searchSubscriptions');
		expect(results).toHaveLength(1);
		expect(results[0]?.name).toContain('https://example.com/zenvia');
		expect(results[0]?.name).toContain('(interactions)');
		expect(results[0]?.name).not.toContain(secret);
	});
});
