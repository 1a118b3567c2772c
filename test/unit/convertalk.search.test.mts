import { afterEach, describe, expect, it } from '@jest/globals';
import type { IDataObject } from 'n8n-workflow';
import { inBot } from './convertalk.bot.mts';
import { closeServers } from './server.mts';

afterEach(closeServers);

describe('Contact Search', () => {
	const asked = async (filters: IDataObject, typeVersion = 1.1) => {
		const parameters = { resource: 'contact', operation: 'search', filters };
		return (await inBot(parameters, { typeVersion })).received[0]?.body;
	};

	it('looks for a text without the blanks of its cell', async () => {
		const searchText = ' ana@example.com\u00a0';
		expect(await asked({ searchText })).toMatchObject({ searchText: 'ana@example.com' });
		expect(await asked({ searchText }, 1)).toMatchObject({ searchText });
	});

	it('asks for those who have ordered where it says when', async () => {
		const lastAt = '2026-01-31T00:00:00.000Z';
		for (const hasOrdered of [{}, { hasOrdered: false }, { hasOrdered: true }]) {
			const filters = { lastOrderAt: lastAt, ...hasOrdered };
			expect(await asked(filters)).toMatchObject({ hasOrdered: { status: true, lastAt } });
		}
		const none = { status: false, lastAt: '' };
		expect(await asked({ isOnline: true })).toMatchObject({ hasOrdered: none });
		const before = { hasOrdered: { status: false, lastAt } };
		expect(await asked({ lastOrderAt: lastAt }, 1)).toMatchObject(before);
	});
});
