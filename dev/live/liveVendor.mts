import type { ICredentialType } from 'n8n-workflow';
import type { LiveKit, VendorKit } from '../kit/vendorKit.mts';
import type { Vendor } from '../vendors.mts';

/** What `npm run check:live` knows of a vendor. */
export interface LiveVendor extends Required<LiveKit> {
	contract: URL;
	/** Authenticates as the node does. */
	credential: ICredentialType;
	/** The fields of the credential that another base address goes into. */
	address: VendorKit['address'];
}

const none = { leftOut: {}, postsThatRead: {}, given: {}, sent: {}, hosts: {}, pagedBy: {} };

export const liveVendor = ({ kit, contract, credentialType: credential }: Vendor): LiveVendor => ({
	...none,
	...kit.live,
	...{ contract, credential, address: kit.address },
});
