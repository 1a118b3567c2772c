import { afterEach, describe, expect, it } from '@jest/globals';
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import type { Item } from '../../nodes/engine/form/fields.ts';
import { phones } from '../../nodes/engine/form/phoneField.ts';
import { zenvia, e164 } from './phoneFields.setup.mts';
import { closeServers, type Received } from './server.mts';

afterEach(closeServers);
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
