import type { IWebhookFunctions } from 'n8n-workflow';
import { isNothing } from '../../engine/form/empty';
import { credentialOf, secretOf } from '../../engine/webhook/credential';
import { queryText } from '../../engine/webhook/delivery';
import { hmacHex, isRecent, isSame } from '../../engine/webhook/digests';
import { saleswhale } from '../vendor';

const defaultToleranceSeconds = 300;

/**
 * Looks whether Saleswhale signed a delivery, not too long ago. SEED, Checking Signature: HMAC-SHA256 with the API key over
 * "<timestamp>.<raw body>", both in the query.
 * @param raw the body as it came
 * @param toleranceSeconds how old it may be, as the form has it
 * @returns why it is refused; nothing where Saleswhale signed it
 */
export async function refusalOf(
	context: IWebhookFunctions,
	raw: Buffer,
	toleranceSeconds: unknown,
): Promise<string | undefined> {
	const credentials = await credentialOf(context, saleswhale.credential);
	const key = secretOf(credentials, 'apiKey', 'API key');
	const timestamp = queryText(context, 'timestamp');
	const expected = hmacHex(key, `${timestamp}.`, raw);
	const given = queryText(context, 'signature');
	if (!isSame(given, expected)) return given === '' ? unsigned : signedOtherwise;
	const seconds = secondsOf(toleranceSeconds);
	return isRecent(timestamp, seconds) ? undefined : tooOld(timestamp, seconds);
}

const unsigned = 'it has no signature';
const signedOtherwise =
	'its signature does not fit the API key in the credential. If Saleswhale sent it, enter the key that the account has now';

/** What is signed is the vendor's, so its time may be told. */
function tooOld(timestamp: string, seconds: number): string {
	const signedAt = new Date(Number(timestamp) * 1000);
	if (Number.isNaN(signedAt.getTime())) return 'its timestamp is not a time in seconds';
	return `Saleswhale signed it at ${signedAt.toISOString()}, and 'Maximum Age (Seconds)' is ${seconds}. Check the clock of n8n's machine`;
}

/** With an age that is none, each delivery would be refused, and Saleswhale would give up. */
function secondsOf(given: unknown): number {
	const seconds = isNothing(given) ? Number.NaN : Number(given);
	return seconds >= 0 ? seconds : defaultToleranceSeconds;
}
