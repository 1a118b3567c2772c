import { customApiCall as make } from '../../engine/operation/customApiCall';
import { withoutAddressSecrets } from '../../engine/webhook/addressSecret';
import { pages } from './pages';

/** SEED, lists: what belongs to one thing has no cursor. Every id is ^[a-z0-9]{24}$. */
const hasId = (path: string): boolean => /\/[a-z0-9]{24}(\/|$)/.test(path);

/** Calls that Zenvia Sales takes and the other resources do not have. */
export const customApiCall = make({
	mapRecord: withoutAddressSecrets,
	example: '/prospects/quotes',
	pages: (read, first, wanted) =>
		pages(read, { ...first, targetsOneRecord: hasId(first.path) }, wanted),
});
