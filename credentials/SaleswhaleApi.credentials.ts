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

/** The key of a Saleswhale team. SEED, Authentication: it goes into the query of each request as `token`. */
export class SaleswhaleApi implements ICredentialType {
	name = 'saleswhaleApi';

	displayName = 'Saleswhale API';

	icon: Icon = {
		light: 'file:../icons/saleswhale.svg',
		dark: 'file:../icons/saleswhale.dark.svg',
	};

	documentationUrl =
		'https://github.com/n8n-nodes-sales-engagement/n8n-nodes-sales-engagement/blob/main/docs/saleswhale.md';

	properties: INodeProperties[] = [
		{
			displayName: 'API Key',
			name: 'apiKey',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			description: 'In Saleswhale, open Settings and copy the API key',
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			required: true,
			default: 'https://engage-api.saleswhale.com',
			description: 'Leave as it is, unless Saleswhale gave you another address',
		},
		{
			displayName: 'Requests per Second',
			name: 'requestsPerSecond',
			type: 'number',
			typeOptions: { minValue: 0 },
			default: 5,
			description:
				'Saleswhale allows 5 for each key. Enter fewer if other software uses the same key, and 0 for no limit.',
		},
	];

	// A function, since n8n resolves an expression anew for each request, at twice the time of the request.
	authenticate: IAuthenticate = async (credentials, request) => {
		endTestInTime(request);
		destination('Saleswhale', credentials, request);
		request.qs = { ...request.qs, token: keyOf('API Key', credentials.apiKey) };
		return request;
	};

	test: ICredentialTestRequest = {
		request: {
			// A redirect would carry the key to wherever it points.
			disableFollowRedirect: true,
			headers: testHeaders,
			// The vendor prints its addresses with /api/v2; the nodes leave that out, too.
			baseURL:
				'={{ String($credentials.baseUrl).replace(/\\p{Cf}/gu, "").trim().replace(/(\\/api\\/v2)?\\/*$/, "") }}',
			url: '/api/v2/team',
		},
		rules: [
			...noWebPage('Saleswhale'),
			{
				type: 'responseCode',
				properties: {
					value: 401,
					message:
						'Saleswhale does not accept this API key. Copy it again from Saleswhale, Settings.',
				},
			},
		] as ICredentialTestRequest['rules'],
	};
}
