import { type IDataObject, type IHookFunctions, UserError } from 'n8n-workflow';
import { isLoopback } from '../../../credentials/destination';
import type { Vendor } from '../http/vendor';
import { isPrivate } from './hosts';

/** What makes n8n reachable. */
const setAddress = 'Set WEBHOOK_URL to the https address of n8n';

/** Where a test needs more: n8n 2.41 has WEBHOOK_URL for published workflows only (url.service.js). */
const testAddress =
	'If it is set, n8n tests at N8N_EDITOR_BASE_URL: set N8N_WEBHOOK_URL to the same address as WEBHOOK_URL';

/** What else can be done where n8n has no such address, and a list tells the same. */
const bySchedule = 'read what is new by schedule (Get Many, Only New Since Last Run)';

/**
 * The end of the notice of a trigger whose address a person enters at the vendor, where nothing can refuse it.
 * @param name what people call the vendor
 * @param hasLists whether a Get Many of its node gives the same
 */
export const reachableNotice = (name: string, hasLists = true): string =>
	`${name} cannot reach n8n at http://localhost:5678, or at another address without https:// and a public name. ${setAddress}${hasLists ? `, or ${bySchedule}` : ''}.`;

/**
 * Refuses to register an address that the vendor cannot reach, or at which the address's secret could be read on its
 * way. A vendor on this very machine is a trial, and reaches all.
 * @param address n8n's own, as getNodeWebhookUrl() gives it
 * @param name what people call the vendor
 * @param instead what else can be done; left out, a Get Many of the vendor's node gives the same
 * @throws UserError with what to do
 */
export async function checkReachable(
	context: IHookFunctions,
	vendor: Vendor,
	address: string,
	{ name = vendor.name, instead = bySchedule }: { name?: string; instead?: string } = {},
): Promise<void> {
	const { origin, protocol, hostname } = new URL(address);
	const isInside = isPrivate(hostname);
	if (!isInside && protocol === 'https:') return;
	if (isTrial(vendor, await context.getCredentials<IDataObject & object>(vendor.credential)))
		return;
	const why = isInside
		? `${name} cannot reach n8n at ${origin}.`
		: `${name} would call n8n at ${origin}, and others could read the secret in the address on its way.`;
	const isTest = context.getMode() === 'manual';
	throw new UserError(`${why} ${setAddress}, or ${instead}.${isTest ? ` ${testAddress}.` : ''}`);
}

function isTrial(vendor: Vendor, credentials: IDataObject): boolean {
	const address = vendor.address(credentials);
	return URL.canParse(address) && isLoopback(new URL(address));
}
