import { afterEach, describe, expect, it } from '@jest/globals';
import type { IDataObject } from 'n8n-workflow';
import { inBot, lead } from './convertalk.bot.mts';
import { closeServers } from './server.mts';

afterEach(closeServers);

const byEmail = { matchBy: 'email', matchEmail: '1@example.com', fields: { name: 'Ana' } };
const withEmail = (email: string): IDataObject => ({
	profile: { userDetails: { contact: { email } } },
});

describe('A lead that is looked for', () => {
	it.each([undefined, null, ''])(
		'is not written to as %p where it is listed without its chat ID',
		async (uuid) => {
			const { said, written } = await inBot(byEmail, { records: [lead(1, { uuid }), lead(2)] });
			expect(said).toMatch(
				/^'Email to Match' is "1@example\.com", which a lead has .+ without its chat ID/,
			);
			expect(said).toContain('Nothing has been sent.');
			expect(written).toEqual([]);
			const other = await inBot(
				{ ...byEmail, matchEmail: '2@example.com' },
				{ records: [lead(1, { uuid }), lead(2)] },
			);
			expect(other.items).toMatchObject([{ uuid: 'chat-2', success: true }]);
		},
	);

	it.each(['null', 'None', 'N/A'])(
		'is not the one who left no e-mail, where an AI agent writes %p',
		async (matchEmail) => {
			const records = [lead(1, withEmail(''))];
			const { items, written } = await inBot({ ...byEmail, matchEmail }, { records, asTool: true });
			expect(items).toEqual([{ error: expect.stringContaining("'Email to Match' is empty") }]);
			expect(written).toEqual([]);
		},
	);

	it('has the address that is stored with blanks around it', async () => {
		const { items } = await inBot(byEmail, {
			records: [lead(7, withEmail(' 1@Example.com\u00a0'))],
		});
		expect(items).toMatchObject([{ uuid: 'chat-7', matchedBy: '1@example.com' }]);
	});

	it('is to be left open alone where several have it, be they all closed', async () => {
		const closed = { status: 'CLOSED', ...withEmail('1@example.com') };
		const { said } = await inBot(byEmail, { records: [lead(1, closed), lead(2, closed)] });
		expect(said).toContain('which several leads have: chat-1 (CLOSED), chat-2 (CLOSED).');
		expect(said).toContain('Leave the chat of only one of them open');
	});

	it.each([
		[{}, { typeVersion: 1 }, false],
		[{ phoneFormat: 'asItIs' }, {}, false],
		[{}, {}, true],
	])('names Default Country where the form has it: %j, %j', async (parameters, how, isShown) => {
		const match = { matchBy: 'phone', matchPhone: '11 98765-4321', fields: { name: 'Ana' } };
		const { said } = await inBot({ ...match, ...parameters }, how);
		expect(said).toMatch(/^'Phone to Match' holds .+ has no country code\. Enter it with \+ and/);
		expect(said?.includes("'Default Country'")).toBe(isShown);
	});
});
