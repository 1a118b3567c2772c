import type { IWebhookFunctions } from 'n8n-workflow';
import { isNothing } from '../../engine/form/empty';
import { credentialOf, secretOf } from '../../engine/webhook/credential';
import { queryText } from '../../engine/webhook/delivery';
import { hmacHex, isRecent, isSame } from '../../engine/webhook/digests';
import { saleswhale } from '../vendor';

const defaultToleranceSeconds = 300;

/**
 * Whether Saleswhale signed a delivery, not too long ago. SEED, Checking Signature: HMAC-SHA256 with the API key over
 * "<timestamp>.<raw body>", both in the query.
 * @param raw the body as it came
 * @param toleranceSeconds how old it may be, as the form has it
 */
export async function isSigned(
	context: IWebhookFunctions,
	raw: Buffer,
	toleranceSeconds: unknown,
): Promise<boolean> {
	const credentials = await credentialOf(context, saleswhale.credential);
	const key = secretOf(credentials, 'apiKey', 'API key');
	const timestamp = queryText(context, 'timestamp');
	const expected = hmacHex(key, `${timestamp}.`, raw);
	const isGenuine = isSame(queryText(context, 'signature'), expected);
	return isGenuine && isRecent(timestamp, secondsOf(toleranceSeconds));
}

/** With an age that is none, each delivery would be refused, and Saleswhale would give up. */
function secondsOf(given: unknown): number {
	const seconds = isNothing(given) ? Number.NaN : Number(given);
	return seconds >= 0 ? seconds : defaultToleranceSeconds;
}
