import type { IHookFunctions, IWebhookFunctions } from 'n8n-workflow';
import { KeyedMutex } from '../../engine/util/mutex';
import { addressSecret } from '../../engine/webhook/addressSecret';
import { secretParameter } from '../../engine/webhook/ownAddress';

/**
 * By a trigger's address, one at a time: n8n gives up waiting for a slow activation and begins another one beside it,
 * and two that look at the same list would each create what is missing.
 */
export const turns = new KeyedMutex();

/** The secret stands in the URL, since a delivery carries nothing else to tell it by (SEED, Webhooks). */
export const urlOf = (address: string, event: string, secret: string): string =>
	`${address}?event=${event}&${secretParameter}=${secret}`;

/** The secret in the URLs of this trigger's webhooks. @throws UserError when the credential has no token */
export const webhookSecret = async (context: IHookFunctions | IWebhookFunctions): Promise<string> =>
	await addressSecret(context, 'salesflowApi', 'token', 'API token');
