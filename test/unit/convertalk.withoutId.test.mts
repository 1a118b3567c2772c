import { afterEach, describe, expect, it } from '@jest/globals';
import type { IDataObject, ILoadOptionsFunctions } from 'n8n-workflow';
import { ConvertalkTrigger } from '../../nodes/Convertalk/ConvertalkTrigger.node.ts';
import { inBot, lead, startBot, subject } from './convertalk.bot.mts';
import { Host } from './engine.mts';
import { PollHost } from './poll.setup.mts';
import { closeServers } from './server.mts';

afterEach(closeServers);

describe('Records without an ID', () => {
	const nameless = ['Ana', 'Bea', 'Zoe'].map((name) => ({
		createdAt: '2026-01-01T00:00:00.000Z',
		profile: { userDetails: { name } },
	}));

	it('come each as a new one with Only New Since Last Run', async () => {
		const parameters = {
			...{ operation: 'getAll', returnAll: true },
			...{ onlyNew: true, startFrom: 'date', startDate: '2025-01-01' },
		};
		const { items } = await inBot(parameters, { records: nameless, host: new Host('w') });
		expect(items).toHaveLength(3);
	});

	it('are told by the trigger when they come, once each, and not for a visit', async () => {
		const records: IDataObject[] = [...nameless.slice(0, 1)];
		const { server } = await startBot({ records });
		const host = new PollHost(
			{ ...subject, node: new ConvertalkTrigger() },
			{ events: ['leadCreated', 'leadUpdated'], options: {} },
			{
				...{ token: 't', botId: 'bot-1', customerId: 'customer-1' },
				...{ authentication: 'tokenHeaders', baseUrl: server.url },
			},
		);
		const told = async () => (await host.poll()).map(({ name }) => name);
		expect(await told()).toEqual([]);
		records.push(...nameless.slice(1));
		expect(await told()).toEqual(['Bea', 'Zoe']);
		records[0] = { ...records[0], isOnline: true, websiteVisits: 7 };
		expect(await told()).toEqual([]);
	});
});

it('The list to choose a lead from has none without a chat ID, and no status that is not there', async () => {
	const { server } = await startBot({
		records: [lead(1, { status: undefined }), lead(2, { uuid: undefined }), lead(3)],
	});
	const credential: IDataObject = { token: 't', botId: 'b', customerId: 'c', baseUrl: server.url };
	const context = {
		getNode: () => ({ name: 'Convertalk' }),
		getCredentials: async () => credential,
		getCredentialsProperties: () => [],
		helpers: {
			httpRequestWithAuthentication: async (
				_: string,
				{ url, qs }: { url: string; qs: object },
			) => {
				const got = await fetch(`${url}?${new URLSearchParams(qs as Record<string, string>)}`);
				return { statusCode: got.status, headers: {}, body: await got.json() };
			},
		},
	} as unknown as ILoadOptionsFunctions;
	const { results } = await subject.node.methods.listSearch.searchLeads.call(context);
	expect(results).toEqual([
		{ name: 'Lead 1, 1@example.com', value: 'chat-1' },
		{ name: 'Lead 3, 3@example.com (OPEN)', value: 'chat-3' },
	]);
});
