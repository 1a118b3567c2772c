import { createHash, randomBytes } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { does } from '../../dev/n8n/changes.mts';
import { chain, manualTrigger, type WorkflowNode } from '../../dev/n8n/workflow.mts';
import { columns } from '../../nodes/ZenviaSales/columns.ts';
import { until } from '../../dev/n8n/until.mts';
import { cases } from '../unit/zenvia/operations.mts';
import { expectSameRecords, readBack } from './listFile.mts';
import { describeSendAndWait } from './sendAndWait.mts';
import { apiKey, type Ids, Setup } from '../../dev/vendors/zenviaSales/n8n.mts';

let setup: Setup;
let ids: Ids;

beforeAll(async () => (setup = await Setup.start()));
afterAll(async () => await setup?.close());

beforeEach(async () => {
	setup.simulator.reset();
	ids = await setup.seed();
});

const unseeded: Ids = {
	prospect: '',
	interaction: '',
	quote: '',
	group: '',
	agent: '',
	subscription: '',
};

const titled = cases(unseeded).map(({ resource, operation }, n): [string, number] => [
	`${resource}.${operation} (${n})`,
	n,
]);

describe('an operation in the real n8n', () => {
	it.each(titled)('%s', async (_, n) => {
		const one = cases(ids)[n];
		if (!one) throw new Error(`There is no case ${n}`);
		const { resource, operation, parameters, method, path } = one;
		const sent = setup.simulator.counts.requests;
		const { items, error, execution } = await setup.run({ resource, operation, ...parameters });
		expect(error).toBeUndefined();
		expect(items.map(({ pairedItem }) => pairedItem)).toEqual(items.map(() => ({ item: 0 })));
		const made = setup.simulator.counts.requests - sent;
		expect(made).toBeGreaterThan(0);
		const requests = setup.simulator.requests.slice(-made);
		for (const request of requests) {
			expect(request).toMatchObject({
				method,
				path: `/api/v1${path}`,
				status: expect.any(Number),
			});
			expect(request.status).toBeLessThan(300);
		}
		expect(setup.simulator.violations()).toEqual([]);
		expect(JSON.stringify(execution.raw)).not.toContain(apiKey);
	});

	it('deletes what it says it deletes', async () => {
		const run = async (resource: string, parameters: object) =>
			(await setup.run({ resource, operation: 'delete', ...parameters })).items.map(
				({ json }) => json,
			);
		expect(await run('prospect', { prospectId: ids.prospect })).toEqual([{ deleted: true }]);
		expect(setup.simulator.vendor.prospects.byId.has(ids.prospect)).toBe(false);
		expect(await run('subscription', { subscriptionId: ids.subscription })).toEqual([
			{ deleted: true },
		]);
		expect(setup.simulator.vendor.subscriptions.active).toEqual([]);
	});
});

describe('a file', () => {
	const bytes = randomBytes(15_000_000);
	const sha = (data: Buffer) => createHash('sha256').update(data).digest('hex');
	let server: Server;
	let url: string;

	beforeAll(async () => {
		server = createServer((_, response) => {
			response.setHeader('content-type', 'video/mp4');
			response.setHeader('content-disposition', 'attachment; filename="film.mp4"');
			response.end(bytes);
		});
		await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
		url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/film.mp4`;
	});
	afterAll(() => {
		server.close();
	});

	it('of 15 MB arrives byte for byte, with its name and type', async () => {
		const download: WorkflowNode = {
			name: 'Download',
			type: 'n8n-nodes-base.httpRequest',
			typeVersion: 4.2,
			parameters: { url, options: { response: { response: { responseFormat: 'file' } } } },
		};
		const send = setup.tested.node({
			node: 'zenviaSales',
			parameters: {
				resource: 'message',
				operation: 'sendFile',
				prospectId: ids.prospect,
				channel: 'whatsapp',
			},
			credential: setup.credential,
		});
		const execution = await setup.tested.n8n.run(
			chain('Send a film', [manualTrigger, download, send]),
		);
		expect(execution.error).toBeUndefined();
		const [file] = setup.simulator.vendor.messages.files;
		expect(file).toMatchObject({
			name: 'film.mp4',
			type: 'video/mp4',
			prospectId: ids.prospect,
		});
		expect(sha(file?.bytes ?? Buffer.alloc(0))).toBe(sha(bytes));
		expect(setup.simulator.violations()).toEqual([]);
	});

	it('that is not there is said before anything is sent', async () => {
		const sent = setup.simulator.counts.requests;
		const { error } = await setup.run({
			resource: 'message',
			operation: 'sendFile',
			prospectId: ids.prospect,
			channel: 'whatsapp',
		});
		expect(error?.message).toContain(
			`'Input Binary Field' is "data", and the item has no such file`,
		);
		expect(setup.simulator.counts.requests).toBe(sent);
	});
});

describe('a list as a file', () => {
	const dayMs = 86_400_000;
	const parameters = () => ({
		resource: 'interaction',
		operation: 'getAll',
		filters: {
			createdAfter: new Date(Date.now() - 90 * dayMs).toISOString(),
			createdBefore: new Date().toISOString(),
		},
	});
	const seedInteractions = (count: number) =>
		setup.simulator.vendor.seedInteractions({
			count,
			from: new Date(Date.now() - 89 * dayMs).toISOString(),
			to: new Date(Date.now() - dayMs).toISOString(),
		});

	it('has the same records as its items, over several windows of dates', async () => {
		seedInteractions(5000);
		const { tested, credential } = setup;
		const options = { node: 'zenviaSales', parameters: parameters(), credential };
		expect(await expectSameRecords(tested, options)).toBeGreaterThanOrEqual(5000);
	});

	it('is read by n8n as CSV for Excel in Brazil', async () => {
		seedInteractions(50);
		const { tested, credential } = setup;
		const { vendor } = setup.simulator;
		vendor.receiveMessage(ids.prospect, { content: 'São; "Paulo"\n=1+1' });
		const fileOptions = { separator: ';', byteOrderMark: true, fileName: 'interações' };
		const { item, read, execution } = await readBack(
			tested,
			{
				node: 'zenviaSales',
				parameters: { ...parameters(), fileFormat: 'csv', fileOptions },
				credential,
			},
			{ operation: 'csv', options: { delimiter: ';', enableBOM: true, includeEmptyCells: true } },
		);
		expect(item?.json).toMatchObject({ fileName: 'interações.csv', count: read.length });
		expect(item?.binary?.data).toMatchObject({ mimeType: 'text/csv' });
		expect(Object.keys(read[0] ?? {})).toEqual([...(columns['interaction.getAll'] ?? [])]);
		const outputs = read.map(({ output }) => String(output)).filter((text) => text !== '');
		expect(outputs.map((text) => JSON.parse(text) as object)).toContainEqual(
			expect.objectContaining({
				message: expect.objectContaining({ content: 'São; "Paulo"\n=1+1' }),
			}),
		);
		const hints = execution.nodes.Node?.at(-1)?.hints.map(({ message }) => message) ?? [];
		expect(hints.some((hint) => hint.startsWith('This n8n does not keep files on disk'))).toBe(
			!does('keepsFilesOnDisk'),
		);
	});

	/** Files that n8n itself leaves until their execution is deleted. */
	const leftOver = does('keepsFilesOnDisk') && !does('takesPartialFilesAway') ? 1 : 0;
	const files = async () => {
		const all = await readdir(setup.tested.n8n.folder, { recursive: true });
		return all.filter((path) => path.includes('binary_data/')).length;
	};

	it('that Zenvia refuses half way leaves nothing in n8n’s folder, and says how far it came', async () => {
		seedInteractions(5000);
		const { tested, credential, simulator } = setup;
		const before = await files();
		let asked = 0;
		simulator.setFault(() =>
			++asked > 3
				? {
						kind: 'answer',
						when: 'before',
						answer: { status: 403, body: { message: 'No more', code: 'FORBIDDEN' } },
					}
				: undefined,
		);
		const { items, error } = await tested.runNode({
			node: 'zenviaSales',
			parameters: { ...parameters(), returnAll: true, returnAs: 'file', fileFormat: 'csv' },
			credential,
		});
		simulator.setFault(undefined);
		expect(items).toEqual([]);
		const said = `${error?.message} ${error?.description}`;
		expect(said).toContain('No more');
		expect(said).toMatch(/[1-9]\d* records had been read; their file was not kept\./);
		expect(await files()).toBe(before + leftOver);
	});

	it('that is cancelled half way leaves nothing in n8n’s folder', async () => {
		seedInteractions(20_000);
		const { tested, credential, simulator } = setup;
		const before = await files();
		const node = tested.node({
			node: 'zenviaSales',
			parameters: { ...parameters(), returnAll: true, returnAs: 'file' },
			credential,
		});
		simulator.change({ latencyMs: 300 });
		const sent = simulator.counts.requests;
		const id = await tested.n8n.begin(chain('A list to cancel', [manualTrigger, node]));
		await until(
			async () => simulator.counts.requests - sent >= 8 || undefined,
			() => `Only ${simulator.counts.requests - sent} pages were asked for`,
		);
		await tested.n8n.cancel(id);
		const { status } = await tested.n8n.untilEnded(id);
		simulator.change({ latencyMs: 0 });
		expect(status).toBe('canceled');
		await until(
			async () => (await files()) === before + leftOver || undefined,
			() => 'Not as many files are there as before',
			5000,
		);
	});
});

describe('a prospect by phone or e-mail', () => {
	const named = (mode: string, value: unknown) => ({ __rl: true, mode, value });
	const note = {
		resource: 'interaction',
		operation: 'create',
		type: 'note',
		content: 'Called',
		prospectId: named('phone', '={{ $json.phone }}'),
	};
	const run: Setup['run'] = async (parameters, more = {}) =>
		await setup.run(parameters, { typeVersion: 1.2, ...more });
	const counted = (operationId: string) =>
		setup.simulator.requests.filter((one) => one.operationId === operationId).length;

	it('is looked up once, created once, and skipped, within the contract', async () => {
		const [here = ''] = setup.simulator.vendor.seedProspects(1);
		const [known = ''] = setup.simulator.vendor.prospects.get(here).phones;
		const rows = [known, '+5511987654321', known, '+55 11 98765-4321'].map((phone) => ({ phone }));
		const skip = await run({ ...note, ifNotFound: 'skip' }, { items: rows });
		expect(skip.error).toBeUndefined();
		expect(skip.items.map(({ json }) => json.skipped ?? json.matchedBy)).toEqual([
			known,
			true,
			known,
			true,
		]);
		const more = { ifNotFound: 'create', newLeadSource: 'website' };
		const before = setup.simulator.vendor.prospects.byId.size;
		const { error, items } = await run({ ...note, ...more }, { items: rows });
		expect(error).toBeUndefined();
		expect(items.map(({ pairedItem }) => pairedItem)).toEqual(rows.map((_, item) => ({ item })));
		expect(new Set(items.map(({ json }) => json.prospectId)).size).toBe(2);
		expect(setup.simulator.vendor.prospects.byId.size).toBe(before + 1);
		expect(counted('lead.create.retail')).toBe(1);
		// Two people in two runs; who is not found is looked for in both spellings.
		expect(counted('prospect.find')).toBe(6);
		expect(setup.simulator.violations()).toEqual([]);
	});

	it('is the one that is not archived, or nobody where two are open', async () => {
		const { vendor } = setup.simulator;
		const [first = ''] = vendor.seedProspects(1);
		const twin = vendor.seedTwin(first);
		const [email = ''] = vendor.prospects.get(first).emails;
		const byEmail = { ...note, prospectId: named('email', email) };
		vendor.prospects.get(first).status = 'archived';
		vendor.foundAs = 'list';
		expect((await run(byEmail)).items[0]?.json).toMatchObject({
			prospectId: twin,
			matchedBy: email,
		});
		vendor.prospects.get(first).status = 'new';
		const made = counted('interaction.create');
		const { error } = await run(byEmail);
		expect(error?.message).toContain(first);
		expect(error?.message).toContain(`${twin} (Twin`);
		expect(counted('interaction.create')).toBe(made);
	});

	it('is found in the list by name, phone and e-mail', async () => {
		const { vendor } = setup.simulator;
		const [id = ''] = vendor.seedProspects(1);
		const { lastName, phones, emails } = vendor.prospects.get(id);
		const chosen = setup.tested.node({
			node: 'zenviaSales',
			parameters: note,
			credential: setup.credential,
		});
		for (const filter of [`seed ${lastName}`, phones[0], emails[0]]) {
			const { results } = await setup.tested.n8n.listSearch(chosen, 'searchProspects', {
				path: 'parameters.prospectId',
				filter,
			});
			expect(results.map(({ value }) => value)).toEqual([id]);
		}
	});

	it('is still named by its ID in nodes of the version before', async () => {
		const { error, items } = await run(
			{ ...note, prospectId: '={{ $json.id }}' },
			{ items: [{ id: ids.prospect }], typeVersion: 1.1 },
		);
		expect(error).toBeUndefined();
		expect(items[0]?.json).toMatchObject({ prospectId: ids.prospect });
		expect(counted('prospect.find')).toBe(0);
	});
});

describe('a message, or a template where the window is closed', () => {
	it('is sent as what the prospect can get, within the contract', async () => {
		const [silent = ''] = setup.simulator.vendor.seedProspects(1);
		const { items, error } = await setup.run(
			{
				resource: 'message',
				operation: 'send',
				prospectId: '={{ $json.id }}',
				channel: 'whatsapp',
				content: 'Hi',
				ifWindowClosed: 'template',
				templateKey: { __rl: true, mode: 'id', value: 'appointment' },
				parameters: {
					mappingMode: 'defineBelow',
					value: { date: '1 May', place: 'Lima' },
					schema: [
						{ id: 'date', required: true },
						{ id: 'place', required: true },
					],
				},
			},
			{ items: [{ id: ids.prospect }, { id: silent }], typeVersion: 1.2 },
		);
		expect(error).toBeUndefined();
		expect(items.map(({ json }) => [json.prospectId, json.sentAs])).toEqual([
			[ids.prospect, 'message'],
			[silent, 'template'],
		]);
		expect(setup.simulator.violations()).toEqual([]);
	});
});

describe('a lead whose prospect is there', () => {
	const created = () =>
		setup.simulator.requests.filter((one) => one.operationId === 'lead.create.retail').length;

	it.each([
		['skip', { skipped: true }],
		['update', { updated: true, firstName: 'Ana' }],
	])('%s: is not created, and who is new is created once', async (ifExists, expected) => {
		const { vendor } = setup.simulator;
		const [known = ''] = vendor.prospects.get(ids.prospect).phones;
		const people = vendor.prospects.byId.size;
		const rows = [known, '+5511987654321', '+55 11 98765-4321'].map((phone) => ({ phone }));
		const { items, error } = await setup.run(
			{
				resource: 'lead',
				operation: 'create',
				utmSource: 'website',
				phones: '={{ $json.phone }}',
				ifExists,
				additionalFields: { firstName: 'Ana' },
			},
			{ items: rows, typeVersion: 1.2 },
		);
		expect(error).toBeUndefined();
		expect(items[0]?.json).toMatchObject({ ...expected, id: ids.prospect });
		expect(items[2]?.json).toMatchObject({ ...expected, id: items[1]?.json.id });
		expect(vendor.prospects.byId.size).toBe(people + 1);
		expect(created()).toBe(1);
		expect(setup.simulator.violations()).toEqual([]);
	});

	it('fail: stops all rows before the first is sent', async () => {
		const [known = ''] = setup.simulator.vendor.prospects.get(ids.prospect).phones;
		const lead = { resource: 'lead', operation: 'create', utmSource: 'website' };
		const { error } = await setup.run(
			{ ...lead, phones: '={{ $json.phone }}', ifExists: 'fail' },
			{ items: ['+5511987654321', known].map((phone) => ({ phone })), typeVersion: 1.2 },
		);
		expect(error?.message).toContain(`'Phones' is "${known}", which prospect ${ids.prospect} has`);
		expect(created()).toBe(0);
	});
});

describe('the guard-rails of a template', () => {
	const welcome = {
		...{ resource: 'message', operation: 'sendTemplate', channel: 'whatsapp' },
		templateKey: { __rl: true, mode: 'id', value: 'welcome' },
		prospectId: { __rl: true, mode: 'phone', value: '={{ $json.phone }}' },
		ifNotFound: 'skip',
	};
	const run = async (options: object, phones: unknown[]) =>
		await setup.run(
			{ ...welcome, options },
			{ items: phones.map((phone) => ({ phone })), typeVersion: 1.2 },
		);
	const written = () =>
		setup.simulator.requests.filter(
			({ method, path }) => method === 'POST' && /\bmessaging\b/.test(path),
		);

	it('Dry Run: people are looked up, nothing is sent, and each item says what would happen', async () => {
		const [known = ''] = setup.simulator.vendor.prospects.get(ids.prospect).phones;
		const { items, error, execution } = await run({ dryRun: true }, [known, '+5511987654321']);
		expect(error).toBeUndefined();
		expect(items.map(({ json }) => json)).toEqual([
			{ dryRun: true, would: `send template welcome to ${known}` },
			{
				...{ dryRun: true, would: 'skip this item' },
				reason: 'No prospect has "+5511987654321".',
			},
		]);
		expect(items.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 1 }]);
		expect(JSON.stringify(execution.raw)).toContain('This was a dry run: nothing was written.');
		expect(written()).toEqual([]);
		expect(setup.simulator.violations()).toEqual([]);
	});

	it('Most Items: more than 500 are refused, and nothing is asked of Zenvia', async () => {
		const before = setup.simulator.counts.requests;
		const phones = Array.from(
			{ length: 501 },
			(_, n) => `+5511912345${String(n).padStart(3, '0')}`,
		);
		const { error } = await run({}, phones);
		expect(error).toMatchObject({
			message: 'This would send 501 templates.',
			description: "Raise 'Most Items' if that is meant. Nothing has been sent.",
		});
		expect(setup.simulator.counts.requests).toBe(before);
	});
});

describe('the replies of a prospect', () => {
	it('are what came in after the message that was sent', async () => {
		const of = { resource: 'message', prospectId: ids.prospect };
		const sent = await setup.run({ ...of, operation: 'send', channel: 'whatsapp', content: 'Hi' });
		const sinceMessage = String(sent.items[0]?.json.id);
		const reply = setup.simulator.vendor.receiveMessage(ids.prospect, { content: 'Yes' });
		const { items, error } = await setup.run({
			...of,
			operation: 'getReplies',
			since: 'message',
			sinceMessage,
		});
		expect(error).toBeUndefined();
		expect(items.map(({ json }) => json.id)).toEqual([reply.id]);
		expect(setup.simulator.violations()).toEqual([]);
	});

	it('are those since a date, or all of them, and nothing that was sent', async () => {
		const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString();
		const { vendor } = setup.simulator;
		vendor.seedInteractions({
			...{ count: 40, from: daysAgo(50), to: daysAgo(40) },
			prospectIds: [ids.prospect],
		});
		const of = { resource: 'message', prospectId: ids.prospect, returnAll: true };
		await setup.run({ ...of, operation: 'send', channel: 'whatsapp', content: 'Hi' });
		const contents = async (since: object) => {
			const { items, error } = await setup.run({ ...of, operation: 'getReplies', ...since });
			expect(error).toBeUndefined();
			return items.map(({ json }) => (json.output as { message: object }).message);
		};
		const hello = expect.objectContaining({ content: 'Hello' });
		expect(await contents({ since: 'date', sinceDate: daysAgo(35) })).toEqual([hello]);
		// Of each ten in the history, two are messages that the prospect wrote.
		expect(await contents({ since: 'date', sinceDate: daysAgo(60) })).toHaveLength(1 + 8);
		expect(await contents({})).toHaveLength(1 + 8);
		expect(setup.simulator.violations()).toEqual([]);
	});
});

describe('Send and Wait for Response', () => {
	describeSendAndWait(
		() => setup,
		() => ids.prospect,
	);
});

describe('a refusal', () => {
	it('for a scope names the scope', async () => {
		setup.simulator.vendor.keys.revoke(apiKey, 'prospects:read');
		const { error } = await setup.run({
			resource: 'prospect',
			operation: 'get',
			prospectId: ids.prospect,
		});
		expect(error?.message).toContain('need prospects:read');
		expect(error?.description).toContain('Give the key the scope prospects:read in Zenvia.');
		expect(error?.description).toContain('20 minutes');
	});

	it('for a missing acting user says so', async () => {
		const [key] = setup.simulator.vendor.keys.all;
		if (key) key.user = undefined;
		const { error } = await setup.run({
			resource: 'prospect',
			operation: 'setLabel',
			prospectId: ids.prospect,
			label: 'warm',
		});
		expect(error?.description).toContain('The key has no acting user.');
	});

	it('with an empty body says what was not found', async () => {
		const unknown = 'f'.repeat(24);
		const { error } = await setup.run({
			resource: 'interaction',
			operation: 'create',
			prospectId: unknown,
			type: 'note',
			content: 'Hi',
		});
		expect(error?.message).toContain(`Zenvia Sales has no prospect ${unknown}`);
	});

	it('outside of the free window names the template', async () => {
		const [silent = ''] = setup.simulator.vendor.seedProspects(1);
		const { error } = await setup.run({
			resource: 'message',
			operation: 'send',
			prospectId: silent,
			channel: 'whatsapp',
			content: 'Hi',
		});
		expect(error?.description).toContain('Send a template instead.');
	});
});

describe('the editor', () => {
	const node = (parameters: object) =>
		setup.tested.node({
			node: 'zenviaSales',
			parameters: { ...parameters },
			credential: setup.credential,
		});

	it('tests the credential', async () => {
		const { id, name, type } = setup.credential;
		const data = { apiKey, environment: 'custom', baseUrl: `${setup.simulator.url}/api/v1` };
		expect(await setup.tested.n8n.testCredential({ id, name, type }, data)).toMatchObject({
			status: 'OK',
		});
		const wrong = await setup.tested.n8n.testCredential(
			{ id, name, type },
			{ ...data, apiKey: 'wrong' },
		);
		expect(wrong.status).not.toBe('OK');
	});

	it('fills the lists of the node', async () => {
		const { n8n } = setup.tested;
		const transfer = node({
			resource: 'prospect',
			operation: 'transfer',
			prospectId: ids.prospect,
		});
		const found = await n8n.listSearch(transfer, 'searchGroups', {
			path: 'parameters.groupId',
		});
		expect(found.results.map(({ value }) => value)).toContain(ids.group);
		const users = await n8n.listSearch(transfer, 'searchUsers', { path: 'parameters.userId' });
		expect(users.results.map(({ value }) => value)).toContain(ids.agent);
		const labels = await n8n.dynamicOptions(
			node({ resource: 'prospect', operation: 'setLabel' }),
			'getLabels',
			'parameters.label',
		);
		expect(labels).toContainEqual(expect.objectContaining({ value: 'warm' }));
		const message = {
			resource: 'message',
			operation: 'sendTemplate',
			prospectId: ids.prospect,
			channel: 'whatsapp',
		};
		const channels = await n8n.dynamicOptions(node(message), 'getChannels', 'parameters.channel');
		expect(channels).toContainEqual({ name: 'WhatsApp', value: 'whatsapp' });
		const templates = await n8n.listSearch(node(message), 'searchTemplates', {
			path: 'parameters.templateKey',
		});
		expect(templates.results.map(({ value }) => value)).toContain('appointment');
	});

	it('has the variables of a template as fields', async () => {
		const chosen = node({
			resource: 'message',
			operation: 'sendTemplate',
			prospectId: ids.prospect,
			channel: 'whatsapp',
			templateKey: { __rl: true, mode: 'list', value: 'appointment' },
		});
		const { fields } = await setup.tested.n8n.resourceMapperFields(
			chosen,
			'getTemplateVariables',
			'parameters.parameters',
		);
		expect(fields.map(({ id, required }) => [id, required])).toEqual([
			['prospect.firstName', false],
			['date', true],
			['place', true],
		]);
	});
});
