import { describe, expect, it } from '@jest/globals';
import type { IExecuteFunctions } from 'n8n-workflow';
import { saleswhale } from '../../nodes/Saleswhale/vendor.ts';
import { lead } from '../../nodes/Saleswhale/resources/lead.ts';
import {
	customAttributes,
	leadFields,
	leadUpdates,
	warnOfDroppedOwner,
} from '../../nodes/Saleswhale/resources/leadForm.ts';
import type { Operation } from '../../nodes/engine/operation/operation.ts';
import { del, get, post, put, type Request } from '../../nodes/engine/http/request.ts';

const operation = (value: string) =>
	lead.operations.find((one) => one.value === value) as Operation;

describe('what is empty', () => {
	const additionalFields = { lastName: '', jobTitle: 'CEO', crmObjectType: '', leadOwnerId: '' };

	it('is not sent when a lead is created, which may restore one', () => {
		const values = {
			firstName: 'Ada',
			email: 'ada@example.com',
			additionalFields,
			customAttributes: {},
		};
		expect(operation('create').request(values).body).toEqual({
			lead: { first_name: 'Ada', email: 'ada@example.com', job_title: 'CEO' },
		});
	});

	it('leaves a lead as it is when that is updated', () => {
		const values = { leadId: '7', updateFields: additionalFields, customAttributes: { 5: 'Gold' } };
		expect(operation('update').request(values).body).toEqual({
			lead: {
				job_title: 'CEO',
				custom_attribute_values: [{ custom_attribute_id: 5, value: 'Gold' }],
			},
		});
	});

	it.each(['email', 'firstName'])('may be %s, which only a new lead has to have', (name) => {
		const item = { index: 0, json: {}, context: {} as IExecuteFunctions };
		expect(leadUpdates.read({ [name]: '', lastName: 'Lovelace' }, item)).toMatchObject({
			lastName: 'Lovelace',
		});
	});

	it('leaves the kinds of its CRM ID as they are, too', () => {
		const item = { index: 0, json: {}, context: {} as IExecuteFunctions };
		const kinds = { crmObjectType: 'Contact', crmType: 'salesforce' };
		const raw = { crmObjectId: '', ...kinds };
		expect(leadUpdates.read(raw, item)).toEqual({});
		expect(leadUpdates.read(kinds, item)).toEqual(kinds);
		expect(leadUpdates.read({ ...raw, crmObjectId: '005' }, item)).toEqual({
			...kinds,
			crmObjectId: '005',
		});
		expect(leadUpdates.read(raw, { ...item, version: 1 })).toEqual(kinds);
	});

	it.each([{}, { lastName: '', crmType: '' }])('is no update: %j', (updateFields) => {
		const update = () =>
			operation('update').request({ leadId: '7', updateFields, customAttributes: {} });
		expect(update).toThrow("'Update Fields' is empty. Add at least one field to change.");
	});
});

describe('what stands in a cell', () => {
	const item = { index: 0, json: {}, context: {} as IExecuteFunctions };
	const before = { ...item, version: 1 };

	it.each(['n/a', '-', 'null', 0, false, '7\n8', '1.5'])(
		'without a CRM ID is no CRM ID: %j',
		(crmObjectId) => {
			const read = () => leadFields.read({ crmObjectId }, item);
			expect(read).toThrow(/^'CRM Object ID' is "/);
			expect(leadFields.read({ crmObjectId }, before)).toEqual({ crmObjectId: `${crmObjectId}` });
		},
	);

	it('with a CRM ID is one, without what clings to it', () => {
		const given = { crmObjectId: ' 005UK00000118iRYAS\u200b', crmObjectType: 'Lead' };
		expect(leadFields.read(given, item)).toEqual({
			...given,
			crmObjectId: '005UK00000118iRYAS',
		});
	});

	it.each(['rep@example.com', 'Ana', 'Ana (4421)'])(
		'with the e-mail or the name of an owner is no ID of one: %j',
		(leadOwnerId) => {
			const read = () => leadFields.read({ leadOwnerId }, item);
			expect(read).toThrow(`'Lead Owner' is "${leadOwnerId}", which is not the ID of a sales rep.`);
			expect(leadFields.read({ leadOwnerId }, before)).toEqual({ leadOwnerId });
		},
	);

	it.each([4421, '4421', { __rl: true, mode: 'list', value: '4421' }])(
		'with the ID of an owner is that: %j',
		(leadOwnerId) => {
			expect(leadFields.read({ leadOwnerId }, item)).toEqual({ leadOwnerId: '4421' });
		},
	);

	it.each([
		[['a'], 'is a list'],
		[{ a: 1 }, 'is an object'],
	])('of an attribute is named by the attribute: %j', (value, what) => {
		const schema = [{ id: '51661', displayName: 'industry' }];
		for (const [mappingMode, json] of [
			['defineBelow', {}],
			['autoMapInputData', { industry: value }],
		] as const) {
			const raw = { mappingMode, value: { 51661: value }, schema };
			const read = () => customAttributes.read(raw, { ...item, json });
			expect(read).toThrow(
				`'industry' ${what}. Map a column that holds text in 'Custom Attributes'.`,
			);
		}
	});
});

it('An owner who was kept is not warned of, however the ID was written', () => {
	const record = { id: 7, lead_owner: { id: 4421, type: 'sales_rep' } };
	for (const wanted of [undefined, '4421', '04421'])
		expect(warnOfDroppedOwner(record, wanted)).toEqual(record);
	expect(warnOfDroppedOwner(record, '4422').warning).toContain('did not keep sales rep 4422');
});

describe('what to do about a refusal', () => {
	const missing = 'Lead 7 does not exist.';
	const enrol = 'Check that the lead and the campaign exist';
	const cases: Array<[request: Request, status: number, said: string, advice: string | undefined]> =
		[
			[
				{ ...post`/leads`, label: 'lead a@example.com' },
				422,
				'Email has already been taken',
				'to Skip or Update',
			],
			[post`/leads`, 422, 'Email has already been taken', 'Another lead may have'],
			[put`/leads/${'7'}`, 422, 'Email has already been taken', 'Two leads cannot have one'],
			[put`/leads/${'7'}`, 422, missing, 'Check the ID'],
			[get`/leads/${'7'}`, 422, missing, 'Check the ID'],
			[del`/leads/${'7'}`, 422, missing, 'Check the ID'],
			[
				{ ...del`/leads/${'7'}`, body: { force: false } },
				422,
				'The lead is in a conversation.',
				'Switch on Force',
			],
			[put`/leads/${'7'}`, 422, 'Sales rep 3 does not exist.', 'Check the values'],
			[
				{ ...del`/leads/${'7'}`, body: { force: true } },
				422,
				'The lead is in a conversation.',
				undefined,
			],
			[post`/enrolments`, 422, missing, enrol],
			[get`/enrolments/${'9'}`, 422, 'Enrolment 9 does not exist.', 'Check the ID'],
			[post`/enrolments/${'9'}/cancel`, 422, 'It is a conversation already.', undefined],
			[get`/sales_reps/${'9'}`, 422, 'Sales rep 9 does not exist.', 'Check the ID'],
			[get`/enrolments`, 404, '', 'does not list the enrolments of this account'],
			[get`/leads/${'7'}`, 404, '', undefined],
		];

	it.each(cases)('is right for %j: %d %s', (request, status, said, advice) => {
		const given = saleswhale.hint?.(status, request, said);
		if (advice === undefined) expect(given).toBeUndefined();
		else expect(given).toContain(advice);
	});
});

it('A base URL of Saleswhale may end as the vendor prints its addresses', () => {
	for (const end of ['', '/', '/api/v2', '/api/v2/'])
		expect(saleswhale.address({ baseUrl: `https://a.example${end}` })).toBe(
			'https://a.example/api/v2',
		);
});
