import { afterEach, describe, expect, it } from '@jest/globals';
import type { IDataObject } from 'n8n-workflow';
import { chat, inBot } from './convertalk.bot.mts';
import { closeServers } from './server.mts';

afterEach(closeServers);

const account = { botId: 'bot-1', customerId: 'customer-1' };
const uuid = 'chat-1';

describe('Create or Update', () => {
	const rows = [
		{ id: 'chat-1', name: 'Ana', plan: 'Pro', tag: 'a', note: 'Called' },
		{ id: 'chat-2', name: '', plan: '', tag: '', note: '' },
	];
	const mapped = { uuid: chat('={{ $json.id }}') };

	it.each<[string, Record<string, unknown>]>([
		['a name', { fields: { name: '={{ $json.name }}' } }],
		['a dial code of a phone', { fields: { dialCode: '+55', phone: '={{ $json.name }}' } }],
		['attributes', { attributes: { attribute: [{ key: 'plan', value: '={{ $json.plan }}' }] } }],
		[
			'attributes in JSON',
			{ specifyLists: 'json', attributes: '={{ [{ key: "plan", value: $json.plan }] }}' },
		],
	])(
		'is refused for an item that has nothing to write of what was added, %s',
		async (_, parameters) => {
			const items = rows.slice(1);
			const { said, written } = await inBot({ ...mapped, ...parameters }, { items });
			expect(said).toBe(
				"'Fields' is empty. Add at least one field to change. Nothing has been sent.",
			);
			expect(written).toEqual([]);
			const before = await inBot({ ...parameters, uuid }, { items, typeVersion: 1 });
			expect(before.items).toEqual([{ uuid, success: true }]);
		},
	);

	it.each<[Record<string, unknown>, IDataObject]>([
		[{ tags: '={{ $json.tag }}' }, { tags: ['a'] }],
		[
			{ notes: { note: [{ title: '={{ $json.note }}', description: '' }] } },
			{ notes: [{ title: 'Called', description: '' }] },
		],
		[
			{ attributes: { attribute: [{ key: 'plan', value: '={{ $json.plan }}' }] } },
			{ attributes: [{ key: 'plan', value: 'Pro' }] },
		],
	])('has something to write with %j alone', async (parameters, body) => {
		const { written } = await inBot({ ...mapped, ...parameters }, { items: rows.slice(0, 1) });
		expect(written).toEqual([{ uuid, ...body, ...account }]);
	});

	it('goes out with the chat alone, as ever, where nothing was added', async () => {
		const { written } = await inBot({ uuid: chat(uuid) });
		expect(written).toEqual([{ uuid, ...account }]);
	});

	it('takes the name of an attribute without what stands around it unseen', async () => {
		const attributes = [{ key: '\uFEFF plan ', value: ' Pro' }];
		const { written } = await inBot({ uuid: chat(uuid), specifyLists: 'json', attributes });
		expect(written).toEqual([{ uuid, attributes: [{ key: 'plan', value: ' Pro' }], ...account }]);
	});

	it.each([
		['As It Is', { phoneFormat: 'asItIs' }, { typeVersion: 1.1 }],
		['in version 1', {}, { typeVersion: 1 }],
		['for an AI agent that has none', { phone: 'null' }, { asTool: true }],
	])('sends no dial code of a phone that came out empty, %s', async (_, parameters, how) => {
		const { phone = '', ...format } = parameters as { phone?: string };
		const fields = { name: 'Ana', dialCode: '+55', phone };
		const isOld = 'typeVersion' in how && how.typeVersion === 1;
		const { written } = await inBot({ uuid: isOld ? uuid : chat(uuid), fields, ...format }, how);
		expect(written).toEqual([{ uuid, name: 'Ana', ...account }]);
	});

	it('refuses the 0 of a formula for an empty cell as a dial code', async () => {
		const fields = { name: 'Ana', dialCode: '={{ $json.code }}' };
		const { said } = await inBot({ uuid: chat(uuid), fields }, { items: [{ code: 0 }] });
		expect(said).toMatch(/^'Dial Code' is "\+0", which is not a dial code/);
	});

	it.each([
		['+1 809 555 1234', '+1809'],
		['(809) 555-1234', '+1'],
		['555 1234', '1809'],
	])('knows %s behind %s, with the digits of its area', async (phone, dialCode) => {
		const { written } = await inBot({ uuid: chat(uuid), fields: { phone, dialCode } });
		expect(written).toEqual([{ uuid, dialCode: '+1', phone: '8095551234', ...account }]);
	});
});
