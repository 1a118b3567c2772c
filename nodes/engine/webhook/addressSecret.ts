import { createHmac } from 'node:crypto';
import {
	type ICredentialDataDecryptedObject,
	type IDataObject,
	type IHookFunctions,
	type INodeProperties,
	type IWebhookFunctions,
} from 'n8n-workflow';
import { type Client, connect } from '../http/client';
import type { Vendor } from '../http/vendor';
import { unlessAborted } from '../util/abort';
import { forgetOldest } from '../util/oldest';
import { credentialOf, secretOf } from './credential';
import { queryText } from './delivery';
import { nameOf } from './duplicates';
import { OwnAddress, putBack, secretParameter } from './ownAddress';
import { isSame } from './digests';
import { steadyNow } from '../util/steadyClock';

/** Characters of an address's secret: 256 bits, as base64url. */
export const addressSecretLength = 43;

/** The option that addressSecret() reads. */
export const newSecret: INodeProperties = {
	displayName: 'New Secret',
	name: 'newAddress',
	type: 'string',
	typeOptions: { password: true },
	default: '',
	placeholder: 'e.g. 2026-11-28',
	description:
		'If somebody else may know the address that the vendor calls, enter anything that was never here before, and publish. The address gets a new secret, and the old one is refused.',
};

/**
 * The secret in the address of a trigger whose vendor signs nothing. Made of the credential's key, of what names this
 * n8n and the trigger, and of its option New Secret, so that every process knows it before anything is stored. Nothing
 * of it is stored with the workflow: that would show wherever the workflow is read, and whoever writes a workflow's
 * file could choose it.
 * @param key name of the key among the credential's fields, and how its form calls it
 * @returns addressSecretLength characters, which a URL takes as they are
 * @throws UserError when the key is empty
 */
export async function addressSecret(
	context: IHookFunctions | IWebhookFunctions,
	credential: string,
	...key: [name: string, displayName: string]
): Promise<string> {
	forgetStored(context);
	// What a hook registers is asked for anew.
	if (!('getRequestObject' in context)) registered.delete(nameOf(context));
	const data =
		'getRequestObject' in context
			? await credentialOf(context, credential)
			: await context.getCredentials<ICredentialDataDecryptedObject>(credential);
	const { newAddress: round = '' } = context.getNodeParameter('options', {}) as {
		newAddress?: string;
	};
	const named = JSON.stringify([context.getInstanceId(), nameOf(context), round]);
	return createHmac('sha256', secretOf(data, ...key))
		.update(named)
		.digest('base64url');
}

/** Versions before this one stored the secret, and took what was stored. */
function forgetStored(context: IHookFunctions | IWebhookFunctions): void {
	const memory = context.getWorkflowStaticData('node');
	if ('secret' in memory) delete memory.secret;
}

/** How long the vendor's answer counts, and how long it is waited for. Milliseconds. */
const registeredForMs = 30_000;
const longestLookMs = 5_000;

/** What the vendor has registered for a trigger. */
interface Registered {
	secrets: Promise<string[]>;
	/** When the vendor was asked, by steadyNow(). */
	at: number;
}

/** A cache of the process, by the triggers' names. */
const registered = new Map<string, Registered>();
const mostTriggers = 1000;

/**
 * Whether a delivery was sent to the trigger's own address, which then is remembered. What was registered with an
 * earlier key has another secret than the present key makes: there the vendor is asked, at most every half minute, and
 * what it has registered for this trigger counts.
 * @param secret as addressSecret() gives it
 * @param addresses asks the vendor for all addresses that it calls
 */
export async function isToOwnAddress(
	context: IWebhookFunctions,
	vendor: Vendor,
	secret: string,
	addresses: (client: Client) => Promise<string[]>,
): Promise<boolean> {
	const given = queryText(context, secretParameter);
	const isOwn =
		isSame(given, secret) ||
		(given.length === addressSecretLength &&
			(await registeredSecrets(context, vendor, secret, addresses))
				.map((one) => isSame(given, one))
				.includes(true));
	if (isOwn) putBack(context, secret);
	return isOwn;
}

async function registeredSecrets(
	context: IWebhookFunctions,
	vendor: Vendor,
	secret: string,
	addresses: (client: Client) => Promise<string[]>,
): Promise<string[]> {
	const trigger = nameOf(context);
	const known = registered.get(trigger);
	if (known && steadyNow() - known.at < registeredForMs) return await known.secrets;
	const signal = AbortSignal.timeout(longestLookMs);
	const asking = connect(context, vendor, { signal, isAwaited: true }).then(addresses);
	const secrets = unlessAborted(asking, signal)
		.then((all) => {
			const own = new OwnAddress(context, secret);
			return all.filter((one) => own.leadsHere(one)).map(secretIn);
		})
		// What cannot be known is refused, and a vendor that repeats what was refused comes again.
		.catch(() => []);
	registered.delete(trigger);
	registered.set(trigger, { secrets, at: steadyNow() });
	forgetOldest(registered, mostTriggers);
	return await secrets;
}

const secretIn = (address: string): string =>
	new URL(address).searchParams.get(secretParameter) ?? '';

/**
 * A record as a node may give it to a workflow, where one of its fields is an address that a vendor calls: the secret
 * of a trigger is no matter of other workflows, nor is the password of whoever receives there.
 */
export function withoutAddressSecret(record: IDataObject, name: string): IDataObject {
	const address = record[name];
	if (typeof address !== 'string') return record;
	return { ...record, [name]: withoutSecrets(address) };
}

/** The same where nobody knows which of its fields, at whatever depth, is such an address. */
export const withoutAddressSecrets = (record: IDataObject): IDataObject =>
	JSON.parse(withoutSecrets(JSON.stringify(record))) as IDataObject;

const withoutSecrets = (text: string): string =>
	text.replace(ownSecret, '$1[hidden]').replace(password, '$1[hidden]@');

/** User and password of an address (RFC 3986, 3.2.1). */
const password = /(https?:\/\/)[^/?#@\s"\\]{1,200}:[^/?#@\s"\\]{0,200}@/gi;

const ownSecret = new RegExp(
	`([?&]${secretParameter}=)[\\w-]{${addressSecretLength}}(?![\\w-])`,
	'g',
);
