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

/** SEED, List Accounts: the one endpoint that takes no accountId, since it tells which there are. */
const listsAccounts = ({ pathname }: URL): boolean => pathname.endsWith('/accounts/list');

const message = 'Salesflow does not accept this token for this account. Check both and try again.';

const refused = (value: number) => ({
	type: 'responseCode' as const,
	properties: { value, message },
});

/** A refusal may come under HTTP 200: an object, such as {Status: 403, Message}, in place of the list. */
const refusedInBody = {
	type: 'responseSuccessBody' as const,
	properties: { key: '0', value: '{', message },
};

/** The token and the LinkedIn account it acts for. SEED: both go into the query of each request. */
export class SalesflowApi implements ICredentialType {
	name = 'salesflowApi';

	displayName = 'Salesflow API';

	icon: Icon = {
		light: 'file:../icons/salesflow.svg',
		dark: 'file:../icons/salesflow.dark.svg',
	};

	documentationUrl =
		'https://github.com/n8n-nodes-sales-engagement/n8n-nodes-sales-engagement/blob/main/docs/salesflow.md';

	properties: INodeProperties[] = [
		{
			displayName: 'API Token',
			name: 'token',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			description:
				'In Salesflow, open Settings, LinkedIn Account Settings, and copy the Account API Token',
		},
		{
			displayName: 'Account ID',
			name: 'accountId',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. 321',
			description:
				'The number of the LinkedIn account in Salesflow that the token belongs to. If you do not know it, enter 0 and run Account: Get Many, which lists it.',
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			required: true,
			default: 'https://mvc.salesflow.io',
			description: 'Leave as it is, unless your agency has a Salesflow under its own address',
		},
		{
			displayName: 'Statistics Base URL',
			name: 'statisticsBaseUrl',
			type: 'string',
			required: true,
			default: 'https://app.salesflow.io',
			description:
				'The address for campaign statistics. Leave it as it is, unless you have your own address.',
		},
	];

	// A function, since n8n resolves an expression anew for each request, at twice the time of the request.
	authenticate: IAuthenticate = async (credentials, request) => {
		endTestInTime(request);
		const address = destination('Salesflow', credentials, request);
		const token = keyOf('API Token', credentials.token);
		const account = listsAccounts(address)
			? {}
			: { accountId: keyOf('Account ID', credentials.accountId) };
		request.qs = { ...request.qs, token, ...account };
		return request;
	};

	test: ICredentialTestRequest = {
		request: {
			// A redirect would carry the key to wherever it points.
			disableFollowRedirect: true,
			headers: testHeaders,
			// SEED prints its addresses with /api/ at the end, so people paste them so; the nodes leave it out, too.
			baseURL:
				'={{ String($credentials.baseUrl).replace(/\\p{Cf}/gu, "").trim().replace(/(\\/api)?\\/*$/, "") }}',
			url: '/api/campaigns/list-campaigns',
			// As text, since n8n ends with a TypeError where the list is empty and there is a rule about the body.
			encoding: 'text',
		},
		// n8n looks at each rule by itself; its type has them all of one kind.
		rules: [
			...[401, 403, 404].map(refused),
			refusedInBody,
			...noWebPage('Salesflow', ['<']),
		] as ICredentialTestRequest['rules'],
	};
}
