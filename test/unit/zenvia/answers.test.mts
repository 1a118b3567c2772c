import { describe, expect, it } from '@jest/globals';
import type { IDataObject } from 'n8n-workflow';
import { run } from './context.mts';
import { idOf, pathOf, run as runFor, send } from './prospectLocator.setup.mts';

const prospectId = idOf(1);
const person = { emails: 'ana@example.com', utmSource: 'website' };
const lead = { resource: 'lead', operation: 'create', ...person };

/** Finds nobody, takes leads with this answer, and does all else. */
const takesLeads = (answer: unknown) => (request: Parameters<typeof pathOf>[0]) => {
	const path = pathOf(request);
	if (path === '/prospect-by') return { body: [] };
	return { body: path === '/lead/retail' ? answer : [{ id: idOf(2) }] };
};

describe('the answer to a lead that was made for somebody', () => {
	const create = { ifNotFound: 'create', newLeadSource: 'website' };
	const sendTo = async (answer: unknown) =>
		await runFor({
			mode: 'email',
			values: ['ana@example.com'],
			more: create,
			server: takesLeads(answer),
		});

	it.each(['id', '_id'])('says by %s to whom the message goes', async (name) => {
		const { sent, error } = await sendTo({ [name]: idOf(7) });
		expect(error).toBeUndefined();
		expect(sent).toEqual([`POST /prospect/${idOf(7)}/messaging/whatsapp`]);
	});

	it.each([[{}], [{ id: null }], [{ id: '' }], [{ prospect: { id: idOf(7) } }]])(
		'that says it nowhere sends the message to nobody: %j',
		async (answer) => {
			const { sent, error } = await sendTo(answer);
			expect(sent).toEqual([]);
			expect(error?.message).toContain('did not say of which prospect it is');
			expect(error?.description).toContain(
				'This may have worked. Look for lead ana@example.com in Zenvia Sales',
			);
		},
	);

	it('updates nobody for the next row of the same person', async () => {
		const { requests, output } = await run({
			parameters: { ...lead, ifExists: 'update', additionalFields: { firstName: 'Ana' } },
			items: [{}, {}],
			typeVersion: 1.2,
			continueOnFail: true,
			server: takesLeads({}),
		});
		expect(requests.map(pathOf)).toEqual(['/prospect-by', '/lead/retail']);
		expect(output).toHaveLength(2);
		for (const { json } of output)
			expect(json.error).toContain('did not say of which prospect it is');
	});

	it('is the prospect that the next row of the same person updates, by _id too', async () => {
		const { requests } = await run({
			parameters: { ...lead, ifExists: 'update', additionalFields: { firstName: 'Ana' } },
			items: [{}, {}],
			typeVersion: 1.2,
			server: takesLeads({ _id: idOf(7) }),
		});
		expect(requests.map(pathOf)).toEqual(['/prospect-by', '/lead/retail', `/prospect/${idOf(7)}`]);
	});
});

describe('a refusal under HTTP 200', () => {
	const prospect = { resource: 'prospect', prospectId };
	const asked: Array<[string, IDataObject]> = [
		['a transfer', { ...prospect, operation: 'transfer', groupId: idOf(3) }],
		['a rating', { ...prospect, operation: 'addRating', result: 5 }],
		['a deletion', { ...prospect, operation: 'delete' }],
		['a label', { ...prospect, operation: 'setLabel', label: 'warm' }],
		['a check of the key', { resource: 'integration', operation: 'check' }],
		['a lead', lead],
		['a search', { resource: 'prospect', operation: 'find', email: 'ana@example.com' }],
		['a message', { ...send, prospectId }],
	];
	const bodies = [
		{ error: 'Out of order' },
		{ success: false, error: 'Out of order' },
		{ message: 'Out of order', code: 'UNEXPECTED_ERROR' },
	];

	it.each(asked)('is told, and is no success: %s', async (_, parameters) => {
		for (const body of bodies) {
			const { output, error } = await run({ parameters, server: () => ({ body }) });
			expect(error?.message).toBe('Zenvia Sales says: Out of order');
			expect(output).toEqual([]);
		}
	});

	it.each([
		[{ success: true, error: '' }],
		[{ success: true, error: 'Nobody was told of it' }],
		[{ id: prospectId, message: 'Hello', code: 'A-1' }],
		[{ message: 'Hello' }],
	])('is not what holds more, or says that it went well: %j', async (body) => {
		const { output, error } = await run({
			parameters: { ...prospect, operation: 'transfer', groupId: idOf(3) },
			server: () => ({ body }),
		});
		expect(error).toBeUndefined();
		expect(output.map(({ json }) => json)).toEqual([{ success: true, ...body }]);
	});
});

describe('an answer that says no more than that it was done', () => {
	it.each([
		['a message', { ...send, prospectId }],
		[
			'a note',
			{ resource: 'interaction', operation: 'create', prospectId, type: 'note', content: 'Hi' },
		],
	])('is an item all the same: %s', async (_, parameters) => {
		const { output } = await run({ parameters, items: [{}, {}], server: () => ({ body: [] }) });
		expect(output).toEqual(
			[0, 1].map((item) => ({ json: { success: true }, pairedItem: { item } })),
		);
	});
});

describe('several who match', () => {
	it('are told from one another where the whole record has _id', async () => {
		const { sent, error } = await runFor({
			mode: 'email',
			values: ['ana@example.com'],
			server: (request) => {
				const path = pathOf(request);
				if (path === '/prospect-by') return { body: [{ _id: idOf(4) }, { _id: idOf(5) }] };
				if (request.method === 'POST') return { body: [{ id: idOf(2) }] };
				return { body: { _id: path.slice(-24), status: path.endsWith('4') ? 'archived' : 'new' } };
			},
		});
		expect(error).toBeUndefined();
		expect(sent).toEqual([`POST /prospect/${idOf(5)}/messaging/whatsapp`]);
	});
});
