/** What may come into a field from a spreadsheet, an expression or a form. */
const values: unknown[] = [
	'Ana',
	' Ana ',
	'5,51199E+12',
	'p:+55 11 98765-4321',
	'11987654321',
	5511987654321,
	45322,
	1706693400000,
	'2024-01-31',
	'2024-01-31T09:30:00Z',
	'TRUE',
	'true',
	true,
	'yes',
	'12',
	'12,5',
	'1.234',
	'#N/A',
	'[object Object]',
	'["a", "b"]',
	'a, b',
	'00123',
	12345678901234567890,
	'https://www.linkedin.com/in/ana-souza/?trk=x',
	'ana@example.com',
	'',
	null,
];

/** A field of each kind, in an operation of each vendor: parameters with `$json.value` where the value goes. */
const value = '={{ $json.value }}';
const fields: Array<[node: string, name: string, parameters: Record<string, unknown>]> = [
	['saleswhale', 'lead.create', { firstName: value, email: 'a@example.com' }],
	[
		'saleswhale',
		'lead.create',
		{ firstName: 'Ana', email: 'a@example.com', additionalFields: { crmObjectId: value } },
	],
	['saleswhale', 'lead.delete', { leadId: '1', force: value }],
	['zenviaSales', 'lead.create', { utmSource: 'x', emails: 'a@example.com', phones: value }],
	[
		'zenviaSales',
		'lead.create',
		{ utmSource: 'x', emails: 'a@example.com', additionalFields: { priority: value } },
	],
	[
		'zenviaSales',
		'lead.create',
		{
			...{ utmSource: 'x', emails: 'a@example.com' },
			additionalFields: { nin: { number: [{ type: 'CPF', number: value }] } },
		},
	],
	[
		'zenviaSales',
		'interaction.create',
		{
			prospectId: '507f191e810c19729de860ea',
			type: 'call',
			additionalFields: { startedAt: value },
		},
	],
	['salesflow', 'contact.import', { campaignId: '29854', linkedInUrl: value }],
	[
		'salesflow',
		'contact.update',
		{ contactId: '1', updateFields: { phone: value, lastName: 'L' } },
	],
	['convertalk', 'lead.upsert', { uuid: 'u', fields: { name: 'Ana', phone: value } }],
	['convertalk', 'lead.upsert', { uuid: 'u', fields: { name: 'Ana' }, tags: value }],
];

/** Each kind of field with each value. */
export const cases = fields.flatMap(([node, name, parameters]) => {
	const [resource, operation] = name.split('.');
	return values.map((one) => ({
		node,
		parameters: { resource, operation, ...parameters },
		item: { value: one },
	}));
});
