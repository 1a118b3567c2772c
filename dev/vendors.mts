import type { ICredentialDataDecryptedObject, ICredentialType, INodeType } from 'n8n-workflow';
import { ConvertalkApi } from '../credentials/ConvertalkApi.credentials.ts';
import { SalesflowApi } from '../credentials/SalesflowApi.credentials.ts';
import { SaleswhaleApi } from '../credentials/SaleswhaleApi.credentials.ts';
import { ZenviaSalesApi } from '../credentials/ZenviaSalesApi.credentials.ts';
import { Convertalk } from '../nodes/Convertalk/Convertalk.node.ts';
import { resources as convertalk } from '../nodes/Convertalk/resources/index.ts';
import { Salesflow } from '../nodes/Salesflow/Salesflow.node.ts';
import { resources as salesflow } from '../nodes/Salesflow/resources/index.ts';
import { Saleswhale } from '../nodes/Saleswhale/Saleswhale.node.ts';
import { resources as saleswhale } from '../nodes/Saleswhale/resources/index.ts';
import { ZenviaSales } from '../nodes/ZenviaSales/ZenviaSales.node.ts';
import { resources as zenviaSales } from '../nodes/ZenviaSales/resources/index.ts';
import type { Resource } from '../nodes/engine/operation/operation.ts';

/** A vendor's node, its operations and credential, and where its contract and its folder are. */
export interface Vendor {
	node: INodeType;
	resources: readonly Resource[];
	/** The folder under nodes/. */
	folder: string;
	contract: URL;
	credentialType: ICredentialType;
	/** What a credential holds that leads to the contract's server. */
	credential: ICredentialDataDecryptedObject;
}

const baseUrl = 'https://example.com';
const contractOf = (vendor: string) =>
	new URL(`./vendors/${vendor}/contract.yaml`, import.meta.url);

export const vendors: readonly Vendor[] = [
	{
		node: new Saleswhale(),
		resources: saleswhale,
		folder: 'Saleswhale',
		credentialType: new SaleswhaleApi(),
		contract: contractOf('saleswhale'),
		credential: { apiKey: 'not-a-key', baseUrl, requestsPerSecond: 0 },
	},
	{
		node: new ZenviaSales(),
		resources: zenviaSales,
		folder: 'ZenviaSales',
		credentialType: new ZenviaSalesApi(),
		contract: contractOf('zenviaSales'),
		credential: { apiKey: 'not-a-key', environment: 'sales' },
	},
	{
		node: new Salesflow(),
		resources: salesflow,
		folder: 'Salesflow',
		credentialType: new SalesflowApi(),
		contract: contractOf('salesflow'),
		credential: { token: 'not-a-token', accountId: '321', baseUrl, statisticsBaseUrl: baseUrl },
	},
	{
		node: new Convertalk(),
		resources: convertalk,
		folder: 'Convertalk',
		credentialType: new ConvertalkApi(),
		contract: contractOf('convertalk'),
		credential: { token: 'not-a-token', botId: 'bot', customerId: 'customer', baseUrl },
	},
];
