import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import type { ICredentialDataDecryptedObject, ICredentialType } from 'n8n-workflow';
import type { VendorKit, VendorName } from './kit/vendorKit.mts';
import { readVendors, type Vendor as VendorCode } from './packages/vendor.mts';

/** A vendor: what its code says of it, and its kit. */
export interface Vendor extends VendorCode {
	/** Its folder in dev/vendors/, and what n8n calls its action node. */
	name: VendorName;
	/** Of the action node. */
	credentialType: ICredentialType;
	contract: URL;
	kit: VendorKit;
}

const folder = new URL('vendors/', import.meta.url);

/**
 * All vendors: those that package.json names nodes of, each with its kit in dev/vendors/.
 * @throws Error where one of the two is missing
 */
export const vendors: readonly Vendor[] = await readAll();

/** One after the other: Jest's loader fails where modules that share others are imported side by side. */
async function readAll(): Promise<Vendor[]> {
	const read: Vendor[] = [];
	for (const code of await readVendors()) read.push(await withKit(code));
	return read;
}

const strays = (await readdir(folder, { withFileTypes: true })).filter(
	(entry) => entry.isDirectory() && !vendors.some(({ name }) => name === entry.name),
);
if (strays.length > 0)
	throw new Error(`package.json has no nodes of ${strays.map(({ name }) => name).join(', ')}.`);

async function withKit(code: VendorCode): Promise<Vendor> {
	const name = code.folder.replace(/^[A-Z]/, (letter) => letter.toLowerCase()) as VendorName;
	const file = new URL(`${name}/kit.mts`, folder);
	if (!existsSync(file)) throw new Error(`dev/vendors/${name}/kit.mts is missing.`);
	const { default: kit } = (await import(file.href)) as { default: VendorKit };
	const credentialType = code.credentials.find(({ is }) => is.name === `${name}Api`)?.is;
	if (!credentialType) throw new Error(`package.json has no credential ${name}Api.`);
	return {
		...code,
		name,
		credentialType,
		contract: new URL(`${name}/contract.yaml`, folder),
		kit,
	};
}

export const vendorNames: readonly VendorName[] = vendors.map(({ name }) => name);

/** The vendor of this name. @throws Error where there is none */
export function vendorOf(name: string): Vendor {
	const found = vendors.find((vendor) => vendor.name === name);
	if (!found) throw new Error(`There is no vendor ${name}.`);
	return found;
}

/** What a vendor's credential holds, with this key, for a server at this address. */
export const credentialData = (
	{ kit }: Vendor,
	key: string,
	url: string,
): ICredentialDataDecryptedObject =>
	({
		[kit.keyField]: key,
		...kit.account,
		...kit.address(url + (kit.apiPath ?? '')),
	}) as ICredentialDataDecryptedObject;
