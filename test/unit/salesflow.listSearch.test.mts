import { expect, it } from '@jest/globals';
import type { ILoadOptionsFunctions } from 'n8n-workflow';
import { methods } from '../../nodes/Salesflow/listSearch/index.ts';

/** An editor that is answered with a list. */
const editor = (body: unknown) =>
	({
		getCredentials: async () => ({
			...{ token: 'a-token-of-tests', accountId: '321' },
			...{ baseUrl: 'https://salesflow.example', statisticsBaseUrl: 'https://salesflow.example' },
		}),
		getCredentialsProperties: () => [],
		getNode: () => ({ name: 'Node' }),
		helpers: {
			httpRequestWithAuthentication: async () => ({ statusCode: 200, headers: {}, body }),
		},
	}) as unknown as ILoadOptionsFunctions;

const { searchCampaigns, searchWebhooks } = methods.listSearch;

it('A campaign is shown by its name and status, or by what it has of them', async () => {
	const campaigns = [
		{ CampaignId: 1, CampaignName: 'Sales', Status: 'CAMPAIGN_RUNNING' },
		{ CampaignId: 2, CampaignName: null, Status: 'CAMPAIGN_STOPPED' },
		{ CampaignId: 3, CampaignName: 'Founders' },
	];
	const names = ['Sales (running)', '2 (stopped)', 'Founders'];
	const { results } = await searchCampaigns.call(editor(campaigns));
	expect(results.map(({ name }) => name)).toEqual(names);
	const options = await methods.loadOptions.getCampaigns.call(editor(campaigns));
	expect(options.map(({ name }) => name)).toEqual(names);
});

it('A webhook is shown by its name, or by its ID where it has none', async () => {
	const webhooks = [
		{ WebhookId: 7, Name: 'CRM' },
		{ WebhookId: 8, Name: '' },
	];
	const { results } = await searchWebhooks.call(editor(webhooks));
	expect(results.map(({ name }) => name)).toEqual(['CRM', '8']);
});

it('A list that was refused is told in the words of Salesflow', async () => {
	const body = { Message: 'No such account' };
	await expect(searchCampaigns.call(editor(body))).rejects.toThrow(
		'Salesflow says: No such account',
	);
});
