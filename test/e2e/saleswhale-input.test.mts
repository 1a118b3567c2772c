import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { does } from '../../dev/n8n/changes.mts';
import type { SavedCredential } from '../../dev/n8n/workflow.mts';
import saleswhale, { type Saleswhale } from '../../dev/vendors/saleswhale/simulator/index.mts';
import { type Simulator, startSimulator } from '../../dev/kit/simulator.mts';
import { startTestN8n, type TestN8n } from '../../dev/n8n/harness.mts';
import { type Case, cases, column, emptyInForm } from './saleswhale-badInput.mts';

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

describe('Saleswhale, given what it cannot use', () => {
	it.each(Object.keys(cases))('says what to do about %s, and sends nothing', async (what) => {
		const [name, parameters, field, hint] = cases[what] as Case;
		const { error } = await run(name, parameters);
		expect(error?.message).toContain(field);
		expect(`${error?.message} ${error?.description}`).toContain(hint);
		expect(`${error?.message} ${error?.description}`).not.toMatch(avoided);
		expect(sim.requests).toEqual([]);
	});

	it.each(Object.keys(emptyInForm))('does not begin with %s, and sends nothing', async (what) => {
		const [name, parameters, field, hint] = emptyInForm[what] as Case;
		const running = run(name, parameters);
		if (!does('startsWithEmptyFields')) {
			await expect(running).rejects.toThrow('The workflow has issues');
		} else {
			const { error } = await running;
			expect(error?.message).toContain(field);
			expect(`${error?.message} ${error?.description}`).toContain(hint);
		}
		expect(sim.requests).toEqual([]);
	});

	it('says that the base URL is empty, and sends nothing', async () => {
		const { error } = await run('team.get', {}, { credential: await credentialFor(' ') });
		expect(error?.message).toBe(
			"'Base URL' of the Saleswhale credential is empty. Open the credential and correct it.",
		);
		expect(sim.requests).toEqual([]);
	});

	it.each([
		['is none', 'saleswhale'],
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
		const items = Array.from({ length: 100 }, (_, n) => ({
			email: n === 99 ? 'none' : `l${n}@example.com`,
		}));
		const { error } = await run(
			'lead.create',
			{ firstName: 'A', email: '={{ $json.email }}' },
			{ items },
		);
		expect(error?.message).toContain(`'Email' is "none"`);
		expect(error?.description).toContain('Nothing has been sent');
		expect(error?.context).toMatchObject({ itemIndex: 99 });
		expect(sim.requests).toEqual([]);
	});

	it('sends the other 99 where the node is set to continue', async () => {
		const items = Array.from({ length: 100 }, (_, n) => ({
			email: n === 42 ? 'none' : `l${n}@example.com`,
		}));
		const result = await run(
			'lead.create',
			{ firstName: 'A', email: '={{ $json.email }}' },
			{ items, onError: 'continueErrorOutput' },
		);
		expect([result.items.length, result.failed.length]).toEqual([99, 1]);
		expect(result.failed[0]?.pairedItem).toEqual({ item: 42 });
		expect(sim.requests).toHaveLength(99);
	});

	it.each([
		'../team',
		'../../api/v2/team',
		'a/b?c',
		'a#b',
		'%2e%2e',
		'1\r\nX-Injected: 1',
		'ä ö',
		'1;2',
		'\\..\\team',
	])('keeps the ID %j an ID', async (leadId) => {
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
	});
});

describe('A date without a time zone', () => {
	it.each([
		['as the picker writes it', '2026-01-31T09:30:00', '2026-01-31T12:30:00.000Z'],
		['a day', '2026-01-31', '2026-01-31T03:00:00.000Z'],
		['with a zone of its own', '2026-01-31T09:30:00Z', '2026-01-31T09:30:00.000Z'],
	])('is one of the workflow’s: %s', async (_, updatedAfter, sent) => {
		expect((await run('campaign.getAll', { filters: { updatedAfter } })).error).toBeUndefined();
		expect(sim.requests[0]?.query.updated_at__is_after).toBe(sent);
	});
});
