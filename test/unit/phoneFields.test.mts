import { afterEach, describe, expect, it } from '@jest/globals';
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { ConvertalkApi } from '../../credentials/ConvertalkApi.credentials.ts';
import { SalesflowApi } from '../../credentials/SalesflowApi.credentials.ts';
import { ZenviaSalesApi } from '../../credentials/ZenviaSalesApi.credentials.ts';
import { Convertalk } from '../../nodes/Convertalk/Convertalk.node.ts';
import { simplified } from '../../nodes/Convertalk/trigger/event.ts';
import { Salesflow } from '../../nodes/Salesflow/Salesflow.node.ts';
import { ZenviaSales } from '../../nodes/ZenviaSales/ZenviaSales.node.ts';
import type { Item } from '../../nodes/engine/form/fields.ts';
import { phones } from '../../nodes/engine/form/phoneField.ts';
import { run, type RunOptions } from './engine.mts';
import { closeServers, type Handler, type Received, serve } from './server.mts';

afterEach(closeServers);

type Options = Partial<RunOptions> & { handle?: Handler };

let runs = 0;

/** Runs a node of the new version against a server that records what it is asked. */
async function runWith(
	subject: Parameters<typeof run>[0],
	credential: (url: string) => RunOptions['credential'],
	{ handle = () => ({}), parameters = {}, ...options }: Options,
) {
	const { url, received } = await serve(handle);
	// Each run has a key of its own, and so a rate limiter of its own.
	const given = { parameters, credential: credential(url), typeVersion: 1.1, ...options };
	const { items, error } = await run(subject, given);
	return { received, json: items.map(({ json }) => json), error: error?.message };
}

const zenvia = async (options: Options) =>
	await runWith(
		{ node: new ZenviaSales(), credential: new ZenviaSalesApi() },
		(baseUrl) => ({ apiKey: `key-${++runs}`, environment: 'custom', baseUrl }),
		options,
	);
const convertalk = async (options: Options) =>
	await runWith(
		{ node: new Convertalk(), credential: new ConvertalkApi() },
		(baseUrl) => ({ token: `token-${++runs}`, botId: 'bot', customerId: 'customer', baseUrl }),
		options,
	);
const salesflow = async (options: Options) =>
	await runWith(
		{ node: new Salesflow(), credential: new SalesflowApi() },
		(baseUrl) => ({ token: `token-${++runs}`, accountId: '1', baseUrl }),
		options,
	);

const e164 = '+5511987654321';
const lead: INodeParameters = {
	resource: 'lead',
	operation: 'create',
	utmSource: 'google',
	phones: '={{ $json.phone }}',
};
const phonesOf = (received: Received[]) =>
	received.map(({ body }) => (body as IDataObject).phones as string[]).sort();
const bring = (...phones: unknown[]) => phones.map((phone) => ({ phone }) as IDataObject);

describe('Phones of leads in Zenvia', () => {
	it('go out in E.164, with the default country where they have none', async () => {
		const { received, error } = await zenvia({
			parameters: { ...lead, defaultCountry: 'BR' },
			items: bring(
				'p:+5511987654321',
				'5511987654321.0',
				11987654321,
				"'(011) 98765-4321",
				'\u200b0055 11\u00a098765-4321\u200b',
				['+55 11 98765-4321', 11987654321],
			),
		});
		expect(error).toBeUndefined();
		expect(phonesOf(received)).toEqual(Array(6).fill([e164]));
	});

	it('are split where people put something between them, and each is sent once', async () => {
		const { received } = await zenvia({
			parameters: { ...lead, defaultCountry: 'BR' },
			items: bring(`${e164}; 11 3456-7890 / +54 9 11 4552-0371\n11987654321,`),
		});
		expect(phonesOf(received)).toEqual([[e164, '+551134567890', '+5491145520371']]);
	});

	it('take JSON text for a list, and brackets around an area code for none', async () => {
		const { received } = await zenvia({
			parameters: { ...lead, defaultCountry: 'BR' },
			items: bring('["+5511987654321"]', '[11] 98765-4321'),
		});
		expect(phonesOf(received)).toEqual([[e164], [e164]]);
	});

	it('may have a default country of each item', async () => {
		const { received, error } = await zenvia({
			parameters: { ...lead, defaultCountry: '={{ $json.country }}' },
			items: [
				{ phone: '11 4552-0371', country: 'AR' },
				{ phone: '(11) 3456-7890', country: 'BR' },
				{ phone: e164 },
			],
		});
		expect(error).toBeUndefined();
		expect(phonesOf(received)).toEqual([['+541145520371'], ['+551134567890'], [e164]]);
		const unknown = await zenvia({
			parameters: { ...lead, defaultCountry: '={{ $json.country }}' },
			items: [{ phone: e164, country: 'Atlantis' }],
		});
		expect(unknown.error).toMatch(/^'Default Country' is "Atlantis"/);
	});

	it('is not stopped by a country whose numbers it does not know, where the number has its code', async () => {
		const parameters = { ...lead, defaultCountry: '={{ $json.country }}' };
		const { received, error } = await zenvia({
			parameters,
			items: [
				{ phone: '+44 20 7946 0018', country: 'GB' },
				{ phone: '0033 6 12 34 56 78', country: 'fr' },
				{ phone: '(11) 98765-4321', country: ' br ' },
			],
		});
		expect(error).toBeUndefined();
		expect(phonesOf(received).flat().sort()).toEqual(['+33612345678', '+442079460018', e164]);
		// With another default country, the last would be read as Brazilian.
		const items = [
			{ phone: '020 7946 0018', country: 'GB' },
			{ phone: '5511987654321', country: 'DE' },
		];
		const refused = await zenvia({ parameters, items });
		expect(refused.received).toEqual([]);
		expect(refused.error).toMatch(/which has no country code \(items 0 and 1\)/);
	});

	it.each([
		[
			'5,51199E+12',
			/^'Phones' holds "5,51199E\+12", which a spreadsheet turned into scientific notation/,
		],
		['n/a', /^'Phones' holds "n\/a", which has letters/],
		[`${e164}; abc`, /^'Phones' holds "abc", which has letters/],
		[`${e164}; 12345`, /^'Phones' holds "12345", which has 5 digits/],
		['11987654321', /which has no country code.+choose its country in 'Default Country'/],
		['11\u200b987654321', /which has an invisible character inside \(U\+200B\)/],
	])('are refused before the first row is sent: %p in the last one', async (wrong, sentence) => {
		const items = bring(e164, e164, wrong);
		const stopped = await zenvia({ parameters: lead, items });
		expect(stopped.error).toMatch(sentence);
		expect(stopped.received).toEqual([]);
		const { received, json } = await zenvia({
			parameters: lead,
			items,
			onError: 'continueRegularOutput',
		});
		expect(received).toHaveLength(2);
		expect(json[2]?.error).toMatch(sentence);
	});

	it.each<[string, INodeParameters, number]>([
		['As It Is', { phoneFormat: 'asItIs' }, 1.1],
		['the version before', {}, 1],
		[
			'the version before, whatever is left in its parameters',
			{ phoneFormat: 'normalise', defaultCountry: 'BR' },
			1,
		],
	])('go out as they are with %s, but for invisible characters', async (_, more, typeVersion) => {
		const items = bring(
			'abc',
			'+55 11, (11) 98765-4321',
			' \u200b11 98765-4321 \u202c',
			5511987654321,
		);
		const { received, error } = await zenvia({
			parameters: { ...lead, ...more },
			items,
			typeVersion,
		});
		expect(error).toBeUndefined();
		expect(phonesOf(received)).toEqual([
			['+55 11', '(11) 98765-4321'],
			['11 98765-4321'],
			['5511987654321'],
			['abc'],
		]);
		const inside = await zenvia({
			parameters: { ...lead, ...more },
			items: bring('11\u20289\u00ad8'),
			typeVersion,
		});
		expect(inside.error).toMatch(/invisible character inside \(U\+00AD\)/);
		expect(inside.received).toEqual([]);
	});

	it('are left out by an AI agent that has none', async () => {
		const parameters = { ...lead, emails: 'ana@example.com' };
		const { received } = await zenvia({ parameters, items: bring('null', 'N/A'), asTool: true });
		expect(phonesOf(received)).toEqual([undefined, undefined]);
	});

	it('may be empty where there is an e-mail', async () => {
		const { received } = await zenvia({
			parameters: { ...lead, emails: 'ana@example.com' },
			items: bring('', null, ' \u00a0', ' ; '),
		});
		expect(phonesOf(received)).toEqual([undefined, undefined, undefined, undefined]);
	});
});

describe('What was read from a number without +', () => {
	it('is told of, and nothing else', () => {
		const told: string[] = [];
		const settings: Record<string, string> = { phoneFormat: 'normalise', defaultCountry: 'BR' };
		const item = {
			context: { getNode: () => ({ typeVersion: 1.1 }) },
			sibling: (name: string) => settings[name],
			notice: ({ displayName }: { displayName: string }, what: string) =>
				told.push(`${displayName} ${what}`),
		} as unknown as Item;
		const field = phones({ displayName: 'Phones', name: 'phones', type: 'string', default: '' });
		field.read(`${e164}; 0055 11 98765-4321; (11) 98765-4321, 5511987654321`, item);
		expect(told).toEqual([
			`Phones holds "(11) 98765-4321", which was read as ${e164}`,
			`Phones holds "5511987654321", which was read as ${e164}`,
		]);
	});
});

describe('The phone of a prospect in Zenvia', () => {
	const prospectId = 'a'.repeat(24);
	const update = (phone: unknown): INodeParameters => ({
		resource: 'prospect',
		operation: 'update',
		prospectId,
		updateFields: { phone: phone as string },
		defaultCountry: 'BR',
	});

	it.each(['(11) 98765-4321', '={{ "11987654321" }}', '={{ 11987654321 }}'])(
		'is added in E.164: %p',
		async (phone) => {
			const { received, error } = await zenvia({ parameters: update(phone) });
			expect(error).toBeUndefined();
			expect(received[0]?.body).toEqual({ phone: e164 });
		},
	);

	it('is one', async () => {
		const { error, received } = await zenvia({ parameters: update(`${e164}; ${e164}`) });
		expect(error).toMatch(/^'Phone' holds 2 phone numbers. Enter one./);
		expect(received).toEqual([]);
	});

	it('is archived with', async () => {
		const { received } = await zenvia({
			parameters: { ...update('(11) 98765-4321'), operation: 'archive', archivingReason: 'sold' },
		});
		expect(received[0]?.body).toEqual({ archivingReason: 'sold', phone: e164 });
	});

	it.each([';', 'tel:', '"', 'n/a'])('narrows nothing down with %p', async (phoneNumber) => {
		const { received, error } = await zenvia({
			parameters: { resource: 'prospect', operation: 'getAll', filters: { phoneNumber } },
			handle: () => [],
		});
		expect(error).toMatch(/^'Phone Number' holds/);
		expect(received).toEqual([]);
	});

	it('narrows a list down', async () => {
		const { received } = await zenvia({
			parameters: {
				resource: 'prospect',
				operation: 'getAll',
				filters: { phoneNumber: '(11) 98765-4321' },
				defaultCountry: 'BR',
			},
			handle: () => [],
		});
		expect(received[0]?.query.get('phoneNumber')).toBe(e164);
	});
});

describe('Finding a prospect by phone in Zenvia', () => {
	const find = (phoneNumber: string): INodeParameters => ({
		resource: 'prospect',
		operation: 'find',
		phoneNumber,
	});
	const numbersOf = (received: Received[]) => received.map(({ query }) => query.get('phoneNumber'));
	const storedAs =
		(stored: string): Handler =>
		({ query }) =>
			query.get('phoneNumber') === stored ? [{ _id: '1' }] : [];

	it.each([
		['+55 11 98765-4321', e164, [e164]],
		['+55 11 98765-4321', '+551187654321', [e164, '+551187654321']],
		['+55 11 8765-4321', e164, ['+551187654321', e164]],
		['+54 11 4552-0371', '+5491145520371', ['+541145520371', '+5491145520371']],
		['+52 55 1234 5678', '+5215512345678', ['+525512345678', '+5215512345678']],
	])('%s, which is stored as %s', async (entered, stored, asked) => {
		const { received, json } = await zenvia({
			parameters: find(entered),
			handle: storedAs(stored),
		});
		expect(numbersOf(received)).toEqual(asked);
		expect(json).toEqual([{ id: '1' }]);
	});

	it('asks once for each spelling where there is nobody', async () => {
		const { received, json } = await zenvia({ parameters: find(e164), handle: storedAs('none') });
		expect(numbersOf(received)).toEqual([e164, '+551187654321']);
		expect(json).toEqual([]);
	});

	it.each<[INodeParameters, number]>([
		[{ phoneFormat: 'asItIs' }, 1.1],
		[{}, 1],
	])('asks once for what was entered with %p in version %p', async (more, typeVersion) => {
		const { received } = await zenvia({
			parameters: { ...find(e164), ...more },
			handle: storedAs('none'),
			typeVersion,
		});
		expect(numbersOf(received)).toEqual([e164]);
	});
});

describe('The phone of a lead in Convertalk', () => {
	const upsert = (
		fields: Record<string, unknown>,
		more: INodeParameters = {},
	): INodeParameters => ({
		resource: 'lead',
		operation: 'upsert',
		uuid: 'u1',
		fields: fields as INodeParameters,
		...more,
	});
	const ids = { botId: 'bot', customerId: 'customer', uuid: 'u1' };
	const brazil = { ...ids, dialCode: '+55', phone: '11987654321' };

	it.each<[string, Record<string, unknown>, INodeParameters, IDataObject]>([
		['one value', { phone: '+55 11 98765-4321' }, {}, brazil],
		['one value without its code', { phone: '(11) 98765-4321' }, { defaultCountry: 'BR' }, brazil],
		['two values', { dialCode: '+55', phone: '11987654321' }, {}, brazil],
		['a code that lost its +', { dialCode: '={{ 55 }}', phone: '={{ 11987654321 }}' }, {}, brazil],
		['a national 0', { dialCode: '+55', phone: '011 98765-4321' }, {}, brazil],
		['a code in both', { dialCode: '+55', phone: '+5511987654321' }, {}, brazil],
		[
			'a national 0 of any country',
			{ dialCode: '+44', phone: '07911 123456' },
			{},
			{ ...ids, dialCode: '+44', phone: '7911123456' },
		],
		['a dial code alone', { dialCode: '+55' }, {}, { ...ids, dialCode: '+55' }],
		// It would become the code of the number that the lead has.
		['a dial code whose phone is empty', { dialCode: '+55', phone: '' }, {}, ids],
		[
			'a dial code whose phone is empty, As It Is',
			{ dialCode: '+55', phone: '' },
			{ phoneFormat: 'asItIs' },
			{ ...ids, dialCode: '+55' },
		],
		['nothing', { name: 'Ana' }, {}, { ...ids, name: 'Ana' }],
		[
			'As It Is',
			{ dialCode: '+55', phone: '011 98765-4321\u200b' },
			{ phoneFormat: 'asItIs' },
			{ ...ids, dialCode: '+55', phone: '011 98765-4321' },
		],
	])('%s', async (_, fields, more, body) => {
		const { received, error } = await convertalk({ parameters: upsert(fields, more) });
		expect(error).toBeUndefined();
		expect(received.map((one) => one.body)).toEqual([body]);
	});

	it('and no attribute whose value came out empty, which would be cleared', async () => {
		const attribute = [
			{ key: 'plan', value: '={{ $json.plan }}' },
			{ key: 'city', value: 'Lima' },
		];
		const parameters = upsert({}, { attributes: { attribute } });
		const items = [{ plan: '' }, { plan: 'Pro' }];
		const { received } = await convertalk({ parameters, items });
		const city = { key: 'city', value: 'Lima' };
		expect(received.map(({ body }) => (body as IDataObject).attributes)).toEqual([
			[city],
			[{ key: 'plan', value: 'Pro' }, city],
		]);
		const before = await convertalk({ parameters, items: [{ plan: '' }], typeVersion: 1 });
		expect(before.received[0]?.body).toMatchObject({
			attributes: [{ key: 'plan', value: '' }, city],
		});
	});

	it('goes out as it is in the version before', async () => {
		const fields = { dialCode: '+55', phone: '+55 11' };
		const { received } = await convertalk({ parameters: upsert(fields), typeVersion: 1 });
		expect(received[0]?.body).toEqual({ ...ids, ...fields });
	});

	it.each([
		[
			{ dialCode: '+55', phone: '+44 7911 123456' },
			/^'Phone' holds .+ does not begin with its dial code \+55/,
		],
		[{ dialCode: '+55', phone: '5,51199E+12' }, /^'Phone' holds .+ scientific notation/],
		[{ phone: '11987654321' }, /^'Phone' holds .+ no country code/],
		[{ dialCode: 'BR', phone: '11987654321' }, /^'Dial Code' is "BR"/],
	])('is refused before it is sent: %p', async (fields, sentence) => {
		const { received, error } = await convertalk({ parameters: upsert(fields) });
		expect(error).toMatch(sentence);
		expect(received).toEqual([]);
	});

	it.each([
		[{ number: '11987654321', prefix: '55' }, e164],
		[{ number: '07911123456', prefix: '44' }, '+447911123456'],
		[{ number: '+447911123456', prefix: '+44' }, '+447911123456'],
		[{ number: '+5511987654321', prefix: '' }, e164],
		[{ number: '11987654321', prefix: '' }, undefined],
		[{ number: 'abc', prefix: '55' }, undefined],
		[undefined, undefined],
	])('comes out of the trigger as a whole: %p', (phone, whole) => {
		const record = { profile: { userDetails: { contact: { phone } } } } as unknown as IDataObject;
		expect(simplified(record).phoneNumber).toBe(whole);
	});
});

describe('The phone of a contact in Salesflow', () => {
	const update = (phone: string, more: INodeParameters = {}): INodeParameters => ({
		resource: 'contact',
		operation: 'update',
		contactId: '7',
		updateFields: { phone },
		...more,
	});
	const phoneOf = ([one]: Received[]) =>
		Object.entries(one?.body as IDataObject).find(([name]) => name.toLowerCase() === 'phone')?.[1];

	it('goes out in E.164', async () => {
		const { received } = await salesflow({
			parameters: update('1 (212) 555-1234', { defaultCountry: 'US' }),
		});
		expect(phoneOf(received)).toBe('+12125551234');
	});

	it('is refused before it is sent', async () => {
		const { received, error } = await salesflow({ parameters: update('n/a') });
		expect(error).toMatch(/^'Phone' holds "n\/a", which has letters/);
		expect(received).toEqual([]);
	});

	it('goes out as it is in the version before', async () => {
		const { received } = await salesflow({ parameters: update('n/a'), typeVersion: 1 });
		expect(phoneOf(received)).toBe('n/a');
	});
});
