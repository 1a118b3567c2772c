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
});
