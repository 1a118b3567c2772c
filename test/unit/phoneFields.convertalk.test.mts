import { afterEach, describe, expect, it } from '@jest/globals';
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { ConvertalkApi } from '../../credentials/ConvertalkApi.credentials.ts';
import { Convertalk } from '../../nodes/Convertalk/Convertalk.node.ts';
import { simplified } from '../../nodes/Convertalk/trigger/event.ts';
import { type Options, newKey, runWith, e164 } from './phoneFields.setup.mts';
import { closeServers } from './server.mts';

afterEach(closeServers);
const convertalk = async (options: Options) =>
	await runWith(
		{ node: new Convertalk(), credential: new ConvertalkApi() },
		(baseUrl) => ({ token: newKey(), botId: 'bot', customerId: 'customer', baseUrl }),
		options,
	);

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
		[
			'a dial code whose phone is empty',
			{ name: 'Ana', dialCode: '+55', phone: '' },
			{},
			{ ...ids, name: 'Ana' },
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
