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

const refused = (status: number) => ({
	type: 'responseCode' as const,
	properties: {
		value: status,
		message:
			'Zenvia does not accept this API key. Check the key and its scopes, that its integration is enabled, and the environment.',
	},
});

/** The key of an integration of Zenvia Sales. It goes into the query of each request as `api-key`. */
export class ZenviaSalesApi implements ICredentialType {
	name = 'zenviaSalesApi';

	displayName = 'Zenvia Sales API';

	icon: Icon = {
		light: 'file:../icons/zenviaSales.svg',
		dark: 'file:../icons/zenviaSales.dark.svg',
	};

	documentationUrl =
		'https://github.com/n8n-nodes-sales-engagement/n8n-nodes-sales-engagement/blob/main/docs/zenvia-sales.md';

	properties: INodeProperties[] = [
		{
			displayName: 'API Key',
			name: 'apiKey',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			description:
				'In Zenvia Customer Cloud, open Sales > Integrations > the icon at the bottom right > API Access. In Zenvia Conversion, open App Marketplace > API Access. A new scope needs up to 20 minutes.',
		},
		{
			displayName: 'Environment',
			name: 'environment',
			type: 'options',
			default: 'sales',
			options: [
				{
					name: 'Conversion (Legacy)',
					value: 'conversion',
					description: 'You sign in to Zenvia Conversion, once Sirena',
				},
				{ name: 'Custom', value: 'custom', description: 'Zenvia gave you another address' },
				{
					name: 'Sales (Zenvia Customer Cloud)',
					value: 'sales',
					description: 'You sign in to Zenvia Customer Cloud',
				},
			],
			description: 'How you sign in to Zenvia',
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. https://sales.zenvia.com/api/v1',
			displayOptions: { show: { environment: ['custom'] } },
			description: 'The address of the API, with its version',
		},
	];

	// A function, since n8n resolves an expression anew for each request, at twice the time of the request.
	authenticate: IAuthenticate = async (credentials, request) => {
		endTestInTime(request);
		destination('Zenvia Sales', credentials, request);
		request.qs = { ...request.qs, 'api-key': keyOf('API Key', credentials.apiKey) };
		return request;
	};

	test: ICredentialTestRequest = {
		request: {
			// A redirect would carry the key to wherever it points.
			disableFollowRedirect: true,
			headers: testHeaders,
			baseURL:
				'={{ { sales: "https://sales.zenvia.com/api/v1", conversion: "https://conversion.zenvia.com/v1" }[$credentials.environment] || String($credentials.baseUrl).replace(/\\p{Cf}/gu, "").trim() }}',
			url: '/integration',
		},
		rules: [
			refused(401),
			refused(403),
			...noWebPage('Zenvia Sales'),
		] as ICredentialTestRequest['rules'],
	};
}
