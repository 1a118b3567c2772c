import type { IDataObject, IWebhookFunctions } from 'n8n-workflow';
import * as call from './call';
import { bareKey } from '../../engine/webhook/credential';
import { queryText } from '../../engine/webhook/delivery';
import { hmacHex, isSame } from '../../engine/webhook/digests';
import { findWebhookAddress } from '../../engine/webhook/webhookAddress';

/** SEED: "Apps should reject requests with missing or invalid credentials". */
export function isOfApp(shown: call.Shown, { appId, appSecret }: IDataObject): boolean {
	// Both are compared in any case, so that the time tells nothing of the first.
	const isId = isSame(shown.appId, bareKey(appId));
	const isSecret = isSame(shown.appSecret, bareKey(appSecret));
	return isId && isSecret && bareKey(appSecret) !== '' && bareKey(appId) !== '';
}

/**
 * SEED, Request Signature: HMAC-SHA256 over the address without the signature. The address as Zenvia has
 * it is not in the request: scheme and host are n8n's own webhook address, and the path is that address's
 * too, unless a proxy took a part of it away.
 */
export function isSigned(context: IWebhookFunctions, privateKey: string): boolean {
	const own = findWebhookAddress(context);
	if (privateKey === '' || own === undefined) return false;
	const { originalUrl } = context.getRequestObject();
	const query = originalUrl.includes('?') ? originalUrl.slice(originalUrl.indexOf('?')) : '';
	const given = queryText(context, 'signature');
	const addresses = [new URL(own).origin + originalUrl, own + query].map(call.withoutSignature);
	const isOne = addresses.map((address) => isSame(given, hmacHex(privateKey, address)));
	return isOne.includes(true);
}
