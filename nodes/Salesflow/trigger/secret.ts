import type { IHookFunctions, IWebhookFunctions } from 'n8n-workflow';
import { addressSecret } from '../../engine/webhook/addressSecret';

/** The secret in the URLs of this trigger's webhooks. @throws UserError when the credential has no token */
export const webhookSecret = async (context: IHookFunctions | IWebhookFunctions): Promise<string> =>
	await addressSecret(context, 'salesflowApi', 'token', 'API token');
