const mapped = (value: object) => ({
	customAttributes: { mappingMode: 'defineBelow', value, schema: [], matchingColumns: [] },
});
const myah = { firstName: 'Myah', email: 'myah@example.com' };
/** An expression that gives this value, as a column of the input would. */
export const column = (value: unknown) => `={{ ${JSON.stringify(value)} }}`;

/** Operation, parameters, the field that the sentence names, what it says to do. */
export type Case = [name: string, parameters: object, field: string, hint: string];

/** What is left empty in the form: n8n refuses it itself, and 1.x does so with a sentence of its own. */
export const emptyInForm: Record<string, Case> = {
	'an empty ID': ['lead.get', { leadId: '' }, 'Lead ID', 'is required'],
	'no campaign picked': ['enrolment.create', { leadId: '1' }, 'Campaign', 'is required'],
	'an empty first name': ['lead.create', { ...myah, firstName: '' }, 'First Name', 'is required'],
	'no e-mail': ['lead.create', { ...myah, email: '' }, 'Email', 'is required'],
};

/** What does not fit, by what is wrong with it. */
export const cases: Record<string, Case> = {
	'an ID that is empty in the input': [
		'lead.get',
		{ leadId: column('') },
		'Lead ID',
		'Enter a value',
	],
	'an empty campaign': [
		'enrolment.create',
		{ leadId: '1', campaignId: { __rl: true, mode: 'id', value: column('') } },
		'Campaign',
		'Enter a value',
	],
	'an e-mail that is empty in the input': [
		'lead.create',
		{ ...myah, email: column('') },
		'Email',
		'Enter a value',
	],
	'a blank ID': ['lead.get', { leadId: ' \t ' }, 'Lead ID', 'Enter a value'],
	'an ID that an expression did not find': [
		'lead.get',
		{ leadId: '={{ $json.none }}' },
		'Lead ID',
		'Enter',
	],
	'an ID that is an object': ['lead.get', { leadId: column({ id: 1 }) }, 'Lead ID', 'Enter text'],
	'an ID that is a list': ['lead.get', { leadId: column([1]) }, 'Lead ID', 'Enter text'],
	'an ID .': ['lead.get', { leadId: '.' }, 'Lead ID', 'Enter an ID'],
	'an ID ..': ['lead.delete', { leadId: '..' }, 'Lead ID', 'Enter an ID'],
	'an ID .. with blanks': ['lead.update', { leadId: ' .. ' }, 'Lead ID', 'Enter an ID'],
	'an ID far too long': [
		'enrolment.get',
		{ enrolmentId: '1'.repeat(600) },
		'Enrolment ID',
		'Enter',
	],
	'an e-mail without @': [
		'lead.create',
		{ ...myah, email: 'myah.example.com' },
		'Email',
		'Correct it',
	],
	'an e-mail with two @': [
		'lead.create',
		{ ...myah, email: 'a@b@example.com' },
		'Email',
		'Correct it',
	],
	'two e-mails': ['lead.create', { ...myah, email: 'a@x.com, b@x.com' }, 'Email', 'Correct it'],
	'a name in place of the e-mail': [
		'lead.update',
		{ leadId: '1', updateFields: { email: 'Myah' } },
		'Email',
		'Correct it',
	],
	'a filter that is no e-mail': [
		'salesRep.getAll',
		{ filters: { email: 'rep' } },
		'Email',
		'Correct it',
	],
	'a list as a custom attribute': [
		'lead.create',
		{ ...myah, ...mapped({ 51661: '={{ ["a"] }}' }) },
		"'51661' is a list",
		'Map',
	],
	'an object as a custom attribute': [
		'lead.create',
		{ ...myah, ...mapped({ 51661: '={{ {a: 1} }}' }) },
		"'51661' is an object",
		'Map',
	],
	'a custom attribute that is none': [
		'lead.create',
		{ ...myah, ...mapped({ industry: 'Web' }) },
		'custom attribute',
		'map it again',
	],
	'custom attributes that are a text': [
		'lead.create',
		{ ...myah, customAttributes: 'industry' },
		'Custom Attributes',
		'Map',
	],
	'a date that is none': [
		'campaign.getAll',
		{ filters: { updatedAfter: 'last week' } },
		'Updated After',
		'Pick one',
	],
	'a day that does not exist': [
		'campaign.getAll',
		{ filters: { updatedAfter: '2026-02-40' } },
		'Updated After',
		'Pick one',
	],
	'a limit of 0': ['campaign.getAll', { limit: 0 }, 'Limit', 'Enter a number'],
	'a limit below 0': ['conversation.getAll', { limit: -1 }, 'Limit', 'Enter a number'],
	'half a limit': ['enrolment.getAll', { limit: 1.5 }, 'Limit', 'Enter a whole number'],
	'a limit that is a word': [
		'campaign.getAll',
		{ limit: column('many') },
		'Limit',
		'Enter a whole number',
	],
	'a status that is none': [
		'campaign.getAll',
		{ filters: { status: column(['walking']) } },
		'Status',
		'Choose one of',
	],
};
