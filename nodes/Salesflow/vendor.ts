import type { IDataObject } from 'n8n-workflow';
import type { Vendor } from '../engine/http/vendor';
import { isNumericId } from '../engine/form/id';
import type { Pages } from '../engine/pagination/pages';
import type { Answer } from '../engine/http/response';
import { isoTime } from './resources/records';
import { isRecord } from '../engine/util/json';
import { withoutTrailing } from '../engine/util/text';

/** SEED, GetCampaignStatistics: the one endpoint that lives on another host. */
export const statisticsHost = 'statistics';

/** What is particular to Salesflow. SEED is the vendor's own document, shared with the contract. */
export const salesflow: Vendor = {
	name: 'Salesflow',
	credential: 'salesflowApi',
	secrets: ['token', 'accountId'],
	keys: ['token'],
	address: ({ baseUrl, statisticsBaseUrl }, host) =>
		withoutApi(String(host === statisticsHost ? statisticsBaseUrl : baseUrl)),
	credentialProblem: (name, value) =>
		name === 'accountId' && !isNumericId(value)
			? 'is not the number of a LinkedIn account in Salesflow'
			: undefined,
	errorMessage: (body) =>
		isRecord(body) && typeof body.Message === 'string' ? body.Message : undefined,
	status: ({ status, body }) => (status < 300 ? (refusedStatus(body) ?? status) : status),
	hint: (status, { path }) => {
		if (status === 401 || status === 403) {
			return 'Check the API token and the account ID in the credential: a token gives access to its own account only.';
		}
		if (path !== '/api/campaigns/start') return undefined;
		if (status === 409) return 'The campaign runs already, so there is nothing left to do.';
		if (status === 422) {
			return 'The campaign cannot start as it is. Open it in Salesflow, solve this, and start it again.';
		}
		return undefined;
	},
};

/** SEED prints its addresses with /api/ at the end, so people paste them so. */
function withoutApi(address: string): string {
	const bare = withoutTrailing(address, '/');
	return bare.endsWith('/api') ? withoutTrailing(bare.slice(0, -'/api'.length), '/') : bare;
}

/** Whether HTTP says the same is documented nowhere, so a body that refuses does so under HTTP 200 too. */
function refusedStatus(body: Answer['body']): number | undefined {
	const status = statusOfCall(body);
	return status !== undefined && status >= 400 && status < 600 ? status : undefined;
}

/**
 * SEED, Start campaign and others: {Status, Message}, where Status is that of the call. A contact has a Status of its
 * own among its other fields, and no Message.
 */
export function statusOfCall(body: unknown): number | undefined {
	if (!isRecord(body)) return undefined;
	const isOfCall = 'Message' in body || Object.keys(body).length === 1;
	return isOfCall && /^\d{3}$/.test(String(body.Status)) ? Number(body.Status) : undefined;
}

/**
 * SEED documents no pages: a list comes whole. The date filter is newer than SEED (version 1.8), and a
 * server that does not know it passes it over, so what is older is left out here too, where the record
 * says when it changed.
 */
export const changedSince: Pages = async function* (read, first) {
	const { records } = await read(first);
	const since = first.query?.updatedFromDate;
	yield typeof since === 'string' ? records.filter((record) => isSince(record, since)) : records;
};

function isSince({ LastModifiedAt: changed }: IDataObject, since: string): boolean {
	const moment = isoTime(changed);
	return typeof moment !== 'string' || !(Date.parse(moment) < Date.parse(since));
}
