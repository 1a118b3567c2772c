import { createHmac } from 'node:crypto';
import type { IHookFunctions, IWebhookFunctions } from 'n8n-workflow';
import { secretOf } from './credential';
import { nameOf } from './duplicates';

/** Characters of an address's secret: 256 bits, as base64url. */
export const addressSecretLength = 43;

/**
 * The secret in the address of a trigger whose vendor signs nothing. Made of the credential's key: a vendor may call
 * while n8n is still activating, and n8n stores what a node remembers only after that. What is stored counts, so that
 * a new key does not end what is registered.
 * @param key name of the key among the credential's fields, and how its form calls it
 * @returns addressSecretLength characters, which a URL takes as they are
 * @throws UserError when the key is empty
 */
export async function addressSecret(
	context: IHookFunctions | IWebhookFunctions,
	credential: string,
	...key: [name: string, displayName: string]
): Promise<string> {
	const { secret } = context.getWorkflowStaticData('node');
	if (typeof secret === 'string' && secret !== '') return secret;
	const own = secretOf(await context.getCredentials(credential), ...key);
	return createHmac('sha256', own).update(nameOf(context)).digest('base64url');
}
