import type { IAllExecuteFunctions, IExecuteFunctions } from 'n8n-workflow';
import { attempt } from '../util/attempt';
import {
	checkedCredential,
	type CredentialData,
	CredentialError,
	ofNode,
	type Place,
} from './credentialCheck';
import type { Vendor } from './vendor';

/** n8n gives an expression in a credential a value only where there is an item. */
const outsideOfRun = ({ name }: Vendor): Place => ({
	whose: `of the ${name} credential`,
	hint: 'Open the credential and correct it. What it takes from items is known only when the workflow runs: enter IDs yourself, and give a trigger a credential of its own.',
});

/**
 * Reads the node's credential and looks at it before anything is sent.
 * @param index the item that its expressions are about; left out where there are no items, as in a dropdown
 * @throws CredentialError about a field that is empty or cannot be sent
 */
export async function readCredential(
	context: IAllExecuteFunctions,
	vendor: Vendor,
	index?: number,
): Promise<CredentialData> {
	const place = index === undefined ? outsideOfRun(vendor) : { whose: `of item ${index}` };
	const read = await resolve(context, vendor, place, index);
	return checkedCredential(
		vendor,
		context.getCredentialsProperties(vendor.credential),
		read,
		place,
	);
}

/**
 * Reads a credential that is the same for all items.
 * @param count how many items there are
 * @returns undefined where it holds an expression, so that it has to be read for each item
 * @throws CredentialError as readCredential() does
 */
export async function readShared(
	context: IExecuteFunctions,
	vendor: Vendor,
	count: number,
): Promise<CredentialData | undefined> {
	const watched = new WatchedIndex();
	const index = watched as unknown as number;
	const read = await attempt(
		async () => await context.getCredentials<CredentialData>(vendor.credential, index),
	);
	if (watched.isRead) return undefined;
	if ('thrown' in read) throw read.thrown;
	if (count > 1) {
		// Should n8n once evaluate expressions without a look at the index, then that it did not look says nothing.
		context.evaluateExpression('0', index);
		if (!watched.isRead) return undefined;
	}
	const properties = context.getCredentialsProperties(vendor.credential);
	return checkedCredential(vendor, properties, read.made, ofNode(vendor));
}

/**
 * An item's index that knows whether n8n looked at it. n8n does so for each expression that it evaluates, whatever is
 * in it (n8n-workflow, workflow-data-proxy.ts, `$thisItem`), and for nothing else. In no other way does a node learn
 * whether a credential holds an expression; to resolve it for each item all the same costs more than the request.
 */
class WatchedIndex {
	isRead = false;

	[Symbol.toPrimitive](): number {
		this.isRead = true;
		return 0;
	}
}

/** n8n's words at the end of what it throws for an expression that it cannot evaluate. */
const n8nSuffix = / \[Error resolving credentials\]$/;

async function resolve(
	context: IAllExecuteFunctions,
	{ credential, name }: Vendor,
	place: Place,
	index?: number,
): Promise<CredentialData> {
	const read = await attempt(
		async () => await context.getCredentials<CredentialData>(credential, index),
	);
	if ('made' in read) return read.made;
	const { thrown } = read;
	const { name: kind, message } = thrown instanceof Error ? thrown : new Error(String(thrown));
	if (kind !== 'ExpressionError' && !n8nSuffix.test(message)) throw thrown;
	const why = message.replace(n8nSuffix, '').replace(/\.$/, '').slice(0, 200);
	const what = `An expression in the ${name} credential cannot be read: ${why}`;
	throw new CredentialError(undefined, what, place);
}
