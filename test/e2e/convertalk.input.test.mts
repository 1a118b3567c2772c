import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { jsons, Setup } from './convertalk.setup.mts';
import { does } from '../../dev/n8n/changes.mts';

let setup: Setup;

beforeAll(async () => (setup = await Setup.start(4)));
afterAll(async () => await setup?.close());
beforeEach(() => setup.sim.reset());

describe('bad input', () => {
	const cases: Array<[string, object, string]> = [
		['no uuid', { uuid: "={{ '' }}" }, "'Chat ID' is empty"],
		[
			'a status that is none',
			{ uuid: 'u', fields: { status: '={{ "DONE" }}' } },
			`'Status' is "DONE"`,
		],
		[
			'a picture that is no web address',
			{ uuid: 'u', fields: { picture: 'ftp://example.com/a.png' } },
			`'Picture' is "ftp://example.com/a.png", which is not a valid http or https address`,
		],
		[
			'an attribute without a key',
			{ uuid: 'u', attributes: { attribute: [{ key: "={{ '' }}", value: 'Pro' }] } },
			"'Attribute Key' is empty",
		],
		[
			'the same in JSON',
			{ uuid: 'u', specifyLists: 'json', attributes: '[{"value": "Pro"}]' },
			"'Attribute Key' is empty",
		],
		[
			'attributes as one object',
			{ uuid: 'u', specifyLists: 'json', attributes: '={{ { plan: "Pro" } }}' },
			"'Attributes' is not a list of rows",
		],
		['broken JSON', { uuid: 'u', specifyLists: 'json', notes: '[{' }, "'Notes' is not valid JSON"],
		[
			'a dial code without its plus sign',
			{ uuid: 'u', fields: { dialCode: '55' } },
			`'Dial Code' is "55", which is not a dial code with its plus sign`,
		],
		[
			'a lead told by an e-mail without @',
			{ matchBy: 'email', matchEmail: 'ana', fields: { name: 'Ana' } },
			`'Email to Match' is "ana", which is not a valid e-mail address`,
		],
		[
			'a lead told by a phone without digits',
			{ matchBy: 'phone', matchPhone: 'n/a', fields: { name: 'Ana' } },
			`'Phone to Match' holds "n/a", which has letters`,
		],
		[
			'a lead told by a phone without a country',
			{ matchBy: 'phone', matchPhone: '11 98765-4321', fields: { name: 'Ana' } },
			`'Phone to Match' holds "11 98765-4321", which has no country code`,
		],
	];

	it.each(cases)(
		'%s is told in a sentence, before anything is sent',
		async (_, parameters, said) => {
			const { error } = await setup.run('lead', 'upsert', parameters);
			expect(error?.message).toContain(said);
			expect(setup.sim.requests).toEqual([]);
		},
	);

	it('does not begin where the form has no uuid, and sends nothing', async () => {
		const running = setup.run('lead', 'upsert', { uuid: '' });
		if (!does('startsWithEmptyFields'))
			await expect(running).rejects.toThrow('The workflow has issues');
		else expect((await running).error?.message).toContain('"Chat ID" is required');
		expect(setup.sim.requests).toEqual([]);
	});

	it('fails its own item only, where the node goes on', async () => {
		const parameters = { uuid: '={{ $json.uuid }}' };
		const items = [{ uuid: 'u-1' }, { uuid: '' }, { uuid: 'u-3' }];
		const result = await setup.run('lead', 'upsert', parameters, {
			items,
			onError: 'continueRegularOutput',
		});
		expect(jsons(result)).toEqual([
			{ uuid: 'u-1', success: true },
			expect.objectContaining({ error: expect.stringContaining("'Chat ID' is empty") }),
			{ uuid: 'u-3', success: true },
		]);
	});
});
