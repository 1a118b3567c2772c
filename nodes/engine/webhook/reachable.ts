import { type IDataObject, type IHookFunctions, UserError } from 'n8n-workflow';
import { isLoopback } from '../../../credentials/destination';
import type { Vendor } from '../http/vendor';
import { isPrivate } from './hosts';

/**
 * Refuses to register an address that the vendor cannot reach, or at which the address's secret could be read on its
 * way. A vendor on this very machine is a trial, and reaches all.
 * @param address n8n's own, as getNodeWebhookUrl() gives it
 * @param name what people call the vendor
 * @throws UserError with what to do
 */
export async function checkReachable(
	context: IHookFunctions,
	vendor: Vendor,
	address: string,
	name = vendor.name,
): Promise<void> {
	const { origin, protocol, hostname } = new URL(address);
	const isInside = isPrivate(hostname);
	if (!isInside && protocol === 'https:') return;
	if (isTrial(vendor, await context.getCredentials<IDataObject & object>(vendor.credential)))
		return;
	const why = isInside
		? `${name} cannot reach n8n at ${origin}.`
		: `${name} would call n8n at ${origin}, and others could read the secret in the address on its way.`;
	throw new UserError(
		`${why} Set WEBHOOK_URL to the https address of n8n, or read what is new by schedule (Get Many, Only New Since Last Run).`,
	);
}

function isTrial(vendor: Vendor, credentials: IDataObject): boolean {
	const address = vendor.address(credentials);
	return URL.canParse(address) && isLoopback(new URL(address));
}
