import type { IHookFunctions, IWebhookFunctions } from 'n8n-workflow';
import * as webhook from '../../engine/webhook/delivery';

/** The secret in the URLs of this trigger's webhooks. @throws UserError when the credential has no token */
export const addressSecret = async (context: IHookFunctions | IWebhookFunctions): Promise<string> =>
	await webhook.addressSecret(context, 'salesflowApi', 'token', 'API token');
