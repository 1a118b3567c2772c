import type { IDataObject } from 'n8n-workflow';
import { objectionToBaseUrl } from '../../../credentials/destination';
import type { Vendor } from './vendor';
import { ApiError } from './apiError';
import { withoutTrailing } from '../util/text';

/**
 * The base address that a key may be sent to. The credential looks again when it puts the key into a request; here
 * it is known before anything is waited for.
 * @param data the credential's data
 * @throws ApiError where it is none, would show the key, or is not what the credential allows
 */
export function checkedAddress({ name }: Vendor, address: string, data: IDataObject): string {
	const trimmed = withoutTrailing(address.trim(), '/');
	const objection = objectionToBaseUrl(name, trimmed, data);
	if (objection) throw new ApiError(objection.message, { hint: objection.hint });
	return trimmed;
}
