import {
	type ICredentialDataDecryptedObject,
	type IDataObject,
	type IWebhookFunctions,
	sleep,
	UserError,
} from 'n8n-workflow';
import { trimKey } from '../../../credentials/key';
import { nameOf } from './duplicates';

/** How long what was read of a credential serves the deliveries that follow, in ms. */
const readEvery = 1000;

const credentials = new Map<string, Promise<ICredentialDataDecryptedObject>>();

/**
 * A trigger's credential, read once for deliveries that come close upon one another: n8n 2.x sets up a
 * sandbox for its expressions each time, which takes longer than all else that it does for a delivery.
 * @throws what n8n throws where there is none
 */
export async function credentialOf(
	context: IWebhookFunctions,
	type: string,
): Promise<ICredentialDataDecryptedObject> {
	const read = async () => await context.getCredentials<ICredentialDataDecryptedObject>(type);
	// A person who tests may just have corrected it.
	if (context.getMode() === 'manual') return await read();
	const name = `${nameOf(context)} ${context.getNode().credentials?.[type]?.id}`;
	const known = credentials.get(name);
	if (known) return await known;
	const reading = read();
	const forget = () => credentials.delete(name);
	credentials.set(name, reading);
	// One that could not be read is asked for again at once.
	reading.catch(forget);
	void sleep(readEvery).then(forget);
	return await reading;
}

/** What a credential holds, or a vendor shows, as a key, without what was pasted around it. */
export const bareKey = (value: unknown): string => trimKey(value);

/** A credential's secret, without which no signature can be checked. @throws UserError when it is empty */
export function secretOf(credentials: IDataObject, name: string, displayName: string): string {
	const secret = bareKey(credentials[name]);
	if (secret !== '') return secret;
	throw new UserError(
		`The credential has no ${displayName}. Enter it, or no delivery can be checked.`,
	);
}
