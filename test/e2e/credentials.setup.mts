import { type SavedCredential } from '../../dev/n8n/workflow.mts';
import type { VendorName } from '../../dev/kit/vendorKit.mts';
import { vendorNames as names } from '../../dev/vendors.mts';
import { vendors } from './vendors.setup.mts';

/** How many requests each vendor had. */
export const asked = () => names.map((name) => vendors.sims[name].counts.requests);
/** The same where none was asked. */
export const nobody = names.map(() => 0);

/** A credential of a vendor whose data differs from the right one. */
export const credentialWith = async (name: VendorName, more: object): Promise<SavedCredential> =>
	await vendors.tested.credential(`${name}Api`, { ...vendors.dataFor(name), ...more });
