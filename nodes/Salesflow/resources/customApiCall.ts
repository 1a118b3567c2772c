import { customApiCall as make } from '../../engine/operation/customApiCall';
import { withoutAddressSecrets } from '../../engine/webhook/addressSecret';
import { singlePage } from '../../engine/pagination/pages';
import { statisticsHost } from '../vendor';

/** SEED, ImportMember and CreateWebhook: what is called so writes, although the document shows or names a GET. */
const writing = /\/(?:import|create|start|attach|detach|delete)\/*$/i;

/** Calls that Salesflow takes and the other resources do not have. SEED documents no pages: a list comes whole. */
export const customApiCall = make({
	mapRecord: withoutAddressSecrets,
	example: '/api/members/42',
	pages: singlePage,
	writesByGet: (path) => writing.test(path),
	hosts: [{ name: 'Statistics', value: statisticsHost }],
});
