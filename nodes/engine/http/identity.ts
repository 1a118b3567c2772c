import { createHash } from 'node:crypto';
import type { IDataObject } from 'n8n-workflow';
import { trimKey } from '../../../credentials/key';
import type { Request } from './request';
import type { Vendor } from './vendor';

/**
 * A name for what a request asks and whom: the same for the same request with the same key at the same address, and
 * for no other. A hash, so that it can be kept where a key cannot.
 */
export function requestIdentity(vendor: Vendor, data: IDataObject, request: Request): string {
	const { method, path, query, body } = vendor.withAccount?.(request, data) ?? request;
	const keys = vendor.secrets.map((name) => trimKey(data[name]));
	const all = [vendor.address(data, request.host), keys, method, path, query, body];
	return hashed(all).slice(0, 16);
}

/** A name for a credential: the same for the same values in all of its fields, and for no others. A hash, too. */
export const credentialId = (vendor: Vendor, data: IDataObject): string =>
	hashed([vendor.credential, data]);

const hashed = (value: unknown): string =>
	createHash('sha256').update(JSON.stringify(value)).digest('base64url');
