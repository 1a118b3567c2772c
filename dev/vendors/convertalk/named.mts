import type { NamedThings } from '../../kit/namedThings.mts';
import type { Convertalk } from './simulator/index.mts';

/** What the node's resource locator names. */
export const named: NamedThings<Convertalk> = {
	seed({ leads }) {
		const [lead] = leads.addMany(1);
		return {
			uuid: { id: lead?.uuid ?? '', called: lead?.profile.userDetails.contact.email },
		};
	},
	twins: {},
};
