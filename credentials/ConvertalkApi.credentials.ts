import type {
	IAuthenticate,
	ICredentialTestRequest,
	ICredentialType,
	Icon,
	INodeProperties,
} from 'n8n-workflow';
import { destination } from './destination';
import { keyOf } from './key';
import { endTestInTime, testHeaders } from './timeLimit';
import { noWebPage } from './webPage';

const refused = 'Convertalk does not accept this token for this bot and customer. Check all three.';

/** The token of a Convertalk bot, or of BotPenguin and its other white labels. */
export class ConvertalkApi implements ICredentialType {
	name = 'convertalkApi';

	displayName = 'Convertalk API';

	icon: Icon = {
		light: 'file:../icons/convertalk.svg',
		dark: 'file:../icons/convertalk.dark.svg',
	};

	documentationUrl =
		'https://github.com/n8n-nodes-sales-engagement/n8n-nodes-sales-engagement/blob/main/docs/convertalk.md';

	properties: INodeProperties[] = [
		{
			displayName: 'Token',
			name: 'token',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			description:
				'Ask Convertalk support for it. In BotPenguin, open More > Developer > API Access Token. A new token there ends the old one for everything that uses it.',
		},
		{
			displayName: 'Bot ID',
			name: 'botId',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. 64b0f3a2c9e77c0012ab34cd',
			description:
				"The first of the two IDs in the address of the bot's own page, after the host: page.convertalk.com/BotId/CustomerId",
		},
		{
			displayName: 'Customer ID',
			name: 'customerId',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. 64b0f3a2c9e77c0012ab34ce',
			description: "The second of the two IDs in the address of the bot's own page",
		},
		{
			displayName: 'Authentication',
			name: 'authentication',
			type: 'options',
			default: 'tokenHeaders',
			options: [
				{
					name: 'Bearer',
					value: 'bearer',
					description: "For tokens that were made in BotPenguin's own panel",
				},
				{
					name: 'Token Headers',
					value: 'tokenHeaders',
					description: 'As Convertalk documents it: x-bp-token and x-bot-token',
				},
			],
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			required: true,
			default: 'https://api.v7.convertalk.com',
			description:
				'For BotPenguin, enter https://api.v7.botpenguin.com. Other white labels have addresses of their own.',
		},
	];

	// SEED names x-bp-token for one endpoint and x-bot-token for the other, so both go to each. CT2 and
	// BPNEW document the search of contacts, and all that SEED does not have, with Bearer only.
	authenticate: IAuthenticate = async (credentials, request) => {
		endTestInTime(request);
		const { pathname } = destination('Convertalk', credentials, request);
		const { authentication } = credentials;
		const token = keyOf('Token', credentials.token);
		const bearer = { Authorization: `Bearer ${token}`, authtype: 'Key' };
		const both = { 'x-bp-token': token, 'x-bot-token': token };
		const isDirect = pathname.includes('/inbox/direct/');
		request.headers = {
			...request.headers,
			...(authentication === 'bearer' ? bearer : isDirect ? both : { ...both, ...bearer }),
		};
		return request;
	};

	test: ICredentialTestRequest = {
		request: {
			// A redirect would carry the key to wherever it points.
			disableFollowRedirect: true,
			headers: testHeaders,
			baseURL: '={{ String($credentials.baseUrl).replace(/\\p{Cf}/gu, "").trim() }}',
			url: '/inbox/direct/chats',
			qs: {
				botId: '={{ String($credentials.botId).trim() }}',
				customerId: '={{ String($credentials.customerId).trim() }}',
				page: '1',
				type: 'lead',
			},
		},
		// n8n looks at each rule by itself; its type has them all of one kind.
		rules: [
			...noWebPage('Convertalk'),
			// WL: {success, message, code}. Whether HTTP says the same is documented nowhere, and the nodes go by both.
			...[false, 'false'].map((value) => ({
				type: 'responseSuccessBody' as const,
				properties: { key: 'success', value, message: refused },
			})),
			{ type: 'responseCode', properties: { value: 401, message: refused } },
			{
				type: 'responseCode',
				properties: {
					value: 400,
					message: 'Convertalk does not know this bot or customer. Check Bot ID and Customer ID.',
				},
			},
		] as ICredentialTestRequest['rules'],
	};
}
