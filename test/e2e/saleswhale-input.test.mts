import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { SavedCredential } from '../../dev/n8n/workflow.mts';
import saleswhale, { type Saleswhale } from '../../dev/simulators/saleswhale.mts';
import { type Simulator, startSimulator } from '../../dev/simulators/simulator.mts';
import { startTestN8n, type TestN8n } from './harness.mts';

const apiKey = 'key-of-the-account';

let sim: Simulator<Saleswhale>;
let test: TestN8n;
let credential: SavedCredential;

beforeAll(async () => {
	sim = await startSimulator(saleswhale({ apiKey }));
	test = await startTestN8n();
	credential = await credentialFor(sim.url);
});

afterAll(async () => {
	await test?.close();
	await sim?.close();
});

beforeEach(() => sim.reset());

const credentialFor = async (baseUrl: string) =>
	await test.credential('saleswhaleApi', { apiKey, baseUrl, requestsPerSecond: 0 });

type Run = Partial<Parameters<TestN8n['runNode']>[0]>;

const run = async (name: string, parameters: object, more: Run = {}) => {
	const [resource, operation] = name.split('.');
	return await test.runNode({
		node: 'saleswhale',
		parameters: { resource, operation, ...parameters },
		credential,
		...more,
	});
};

/** The house's rule for messages: what happened and what to do, in these words not. */
const avoided = /\b(error|problem|failure|failed|mistake)/i;

const mapped = (value: object) => ({
	customAttributes: { mappingMode: 'defineBelow', value, schema: [], matchingColumns: [] },
});
const myah = { firstName: 'Myah', email: 'myah@example.com' };
/** An expression that gives this value, as a column of the input would. */
const column = (value: unknown) => `={{ ${JSON.stringify(value)} }}`;

/** Operation, parameters, the field that the sentence names, what it says to do. */
type Case = [name: string, parameters: object, field: string, todo: string];

const cases: Record<string, Case> = {
	// What is left empty in the form n8n refuses itself, before the node is asked.
	'an empty ID': ['lead.get', { leadId: '' }, 'Lead ID', 'is required'],
	'no campaign picked': ['enrolment.create', { leadId: '1' }, 'Campaign', 'is required'],
	'an empty first name': ['lead.create', { ...myah, firstName: '' }, 'First Name', 'is required'],
	'no e-mail': ['lead.create', { ...myah, email: '' }, 'Email', 'is required'],
	'an ID that is empty in the input': ['lead.get', { leadId: column('') }, 'Lead ID', 'Enter a value'],
	'an empty campaign': ['enrolment.create', { leadId: '1', campaignId: { __rl: true, mode: 'id', value: column('') } }, 'Campaign', 'Enter a value'],
	'an e-mail that is empty in the input': ['lead.create', { ...myah, email: column('') }, 'Email', 'Enter a value'],
	'a blank ID': ['lead.get', { leadId: ' \t ' }, 'Lead ID', 'Enter a value'],
	'an ID that an expression did not find': ['lead.get', { leadId: '={{ $json.none }}' }, 'Lead ID', 'Enter'],
	'an ID that is an object': ['lead.get', { leadId: column({ id: 1 }) }, 'Lead ID', 'Enter text'],
	'an ID that is a list': ['lead.get', { leadId: column([1]) }, 'Lead ID', 'Enter text'],
	'an ID .': ['lead.get', { leadId: '.' }, 'Lead ID', 'Enter an ID'],
	'an ID ..': ['lead.delete', { leadId: '..' }, 'Lead ID', 'Enter an ID'],
	'an ID .. with blanks': ['lead.update', { leadId: ' .. ' }, 'Lead ID', 'Enter an ID'],
	'an ID far too long': ['enrolment.get', { enrolmentId: '1'.repeat(600) }, 'Enrolment ID', 'Enter'],
	'an e-mail without @': ['lead.create', { ...myah, email: 'myah.example.com' }, 'Email', 'Correct it'],
	'an e-mail with two @': ['lead.create', { ...myah, email: 'a@b@example.com' }, 'Email', 'Correct it'],
	'two e-mails': ['lead.create', { ...myah, email: 'a@x.com, b@x.com' }, 'Email', 'Correct it'],
	'a name in place of the e-mail': ['lead.update', { leadId: '1', updateFields: { email: 'Myah' } }, 'Email', 'Correct it'],
	'a filter that is no e-mail': ['salesRep.getAll', { filters: { email: 'rep' } }, 'Email', 'Correct it'],
	'a list as a custom attribute': ['lead.create', { ...myah, ...mapped({ 51661: '={{ ["a"] }}' }) }, 'ustom attribute 51661', 'Map'],
	'an object as a custom attribute': ['lead.create', { ...myah, ...mapped({ 51661: '={{ {a: 1} }}' }) }, 'ustom attribute 51661', 'Map'],
	'a custom attribute that is none': ['lead.create', { ...myah, ...mapped({ industry: 'Web' }) }, 'custom attribute', 'map it again'],
	'custom attributes that are a text': ['lead.create', { ...myah, customAttributes: 'industry' }, 'Custom Attributes', 'Map'],
	'a date that is none': ['campaign.getAll', { filters: { updatedAfter: 'last week' } }, 'Updated After', 'Pick one'],
	'a day that does not exist': ['campaign.getAll', { filters: { updatedAfter: '2026-02-40' } }, 'Updated After', 'Pick one'],
	'a limit of 0': ['campaign.getAll', { limit: 0 }, 'Limit', 'Enter a number'],
	'a limit below 0': ['conversation.getAll', { limit: -1 }, 'Limit', 'Enter a number'],
	'half a limit': ['enrolment.getAll', { limit: 1.5 }, 'Limit', 'Enter a whole number'],
	'a limit that is a word': ['campaign.getAll', { limit: column('many') }, 'Limit', 'Enter a whole number'],
	'a status that is none': ['campaign.getAll', { filters: { status: column(['walking']) } }, 'Status', 'Choose one of'],
};

describe('Saleswhale, given what it cannot use', () => {
	it.each(Object.keys(cases))('says what to do about %s, and sends nothing', async (what) => {
		const [name, parameters, field, todo] = cases[what] as Case;
		const { error } = await run(name, parameters);
		expect(error?.message).toContain(field);
		expect(`${error?.message} ${error?.description}`).toContain(todo);
		expect(`${error?.message} ${error?.description}`).not.toMatch(avoided);
		expect(sim.requests).toEqual([]);
	});

	it.each([
		['is none', 'saleswhale'],
		['is empty', ''],
		['is for ftp', 'ftp://127.0.0.1/'],
		['would show the key to another host', 'http://saleswhale.example'],
		['has a query', 'QUERY'],
		['has a fragment', 'FRAGMENT'],
		['holds a password', 'http://user:pass@127.0.0.1/'],
	])('says what to do about a base URL that %s, and sends nothing', async (_what, typed) => {
		const bases: Record<string, string> = { QUERY: `${sim.url}/?a=b`, FRAGMENT: `${sim.url}/#a` };
		const own = await credentialFor(bases[typed] ?? typed);
		const { error } = await run('team.get', {}, { credential: own });
		expect(error?.message).toMatch(/^The base URL of the Saleswhale credential /);
		expect(error?.description).toContain('Open the credential and enter an address');
		expect(`${error?.message} ${error?.description}`).not.toMatch(avoided);
		expect(sim.requests).toEqual([]);
	});

	it('sends nothing at all where one row of 100 is wrong, and says which', async () => {
		const items = Array.from({ length: 100 }, (_, n) => ({ email: n === 99 ? 'none' : `l${n}@example.com` }));
		const { error } = await run('lead.create', { firstName: 'A', email: '={{ $json.email }}' }, { items });
		expect(error?.message).toContain('Email is "none"');
		expect(error?.description).toContain('Nothing has been sent');
		expect(error?.context).toMatchObject({ itemIndex: 99 });
		expect(sim.requests).toEqual([]);
	});

	it('sends the other 99 where the node is set to continue', async () => {
		const items = Array.from({ length: 100 }, (_, n) => ({ email: n === 42 ? 'none' : `l${n}@example.com` }));
		const result = await run(
			'lead.create',
			{ firstName: 'A', email: '={{ $json.email }}' },
			{ items, onError: 'continueErrorOutput' },
		);
		expect([result.items.length, result.failed.length]).toEqual([99, 1]);
		expect(result.failed[0]?.pairedItem).toEqual({ item: 42 });
		expect(sim.requests).toHaveLength(99);
	});

	it.each(['../team', '../../api/v2/team', 'a/b?c', 'a#b', '%2e%2e', '1\r\nX-Injected: 1', 'ä ö', '1;2', '\\..\\team'])(
		'keeps the ID %j an ID',
		async (leadId) => {
			for (const [name, method] of [
				['lead.get', 'GET'],
				['lead.delete', 'DELETE'],
			] as const) {
				sim.reset();
				const { error } = await run(name, { leadId: column(leadId) });
				expect(error?.message).toContain('Saleswhale');
				expect(
					sim.requests.map(({ method: sent, path, operationId }) => [sent, path, operationId]),
				).toEqual([[method, `/api/v2/leads/${encodeURIComponent(leadId)}`, name]]);
				expect(Object.keys(sim.requests[0]?.query ?? {})).toEqual(['token']);
				expect(sim.requests[0]?.headers).not.toHaveProperty('x-injected');
			}
		},
	);
});
