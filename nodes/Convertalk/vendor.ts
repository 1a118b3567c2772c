import { type IDataObject } from 'n8n-workflow';
import type { Vendor } from '../engine/http/vendor';
import { byPageNumber, type Pages, untilEmpty } from '../engine/pagination/pages';
import { dig } from '../engine/util/json';
import { trimmed, withoutTrailing } from '../engine/util/text';

/**
 * What is particular to Convertalk, a white label of BotPenguin. The sources (SEED, CT2, BPOLD, BPNEW,
 * WL, PD) are those that the contract names.
 */
export const convertalk: Vendor = {
	name: 'Convertalk',
	credential: 'convertalkApi',
	secrets: ['token'],
	address: ({ baseUrl }) => withoutTrailing(trimmed(baseUrl), '/'),
	// No document names a limit, and a bot's server is shared by its visitors: few at first.
	concurrency: 5,
	// SEED: both direct endpoints want the bot and the customer, one in the body, the other in the query.
	withAccount: (request, { botId, customerId }) => {
		if (!request.path.startsWith('/inbox/direct/')) return request;
		// What a custom call says itself, such as another bot of the same token, is meant; a list has no room for either.
		const account = { botId: trimmed(botId), customerId: trimmed(customerId) };
		if (request.method === 'GET') return { ...request, query: beside(request.query, account) };
		if (Array.isArray(request.body)) return request;
		return { ...request, body: beside(request.body, account) };
	},
	errorMessage: words,
	status: ({ status, body }) => (status < 300 ? (refusedStatus(body) ?? status) : status),
	hint: (status, { path }) => {
		if (status === 401 || status === 403) {
			return path.startsWith('/inbox/direct/')
				? 'Open the credential and check Token, Bot ID and Customer ID: the token has to belong to this bot and this customer. A token from the panel of BotPenguin needs Authentication: Bearer.'
				: 'Open the credential and check Token. All calls but those for leads need a token from the panel: More > Developer > API Access Token.';
		}
		return undefined;
	},
};

/**
 * WL: {success, message, code}. PD, on another endpoint of the same server: `data` is a list of
 * sentences, one for each thing that is wrong. That `message` may be such a list is inferred.
 */
function words(body: unknown): string | undefined {
	const said = [sentencesIn(dig(body, 'data')), sentencesIn(dig(body, 'message'))];
	const message = dig(body, 'message');
	if (typeof message === 'string' && message !== '') said.push([message]);
	return said.find(({ length }) => length > 0)?.join('; ');
}

/** Behind what is asked, since the marks of Only New go by the order of a request, and without taking its place. */
const beside = (asked: IDataObject = {}, account: IDataObject): IDataObject => ({
	...asked,
	...account,
	...asked,
});

const sentencesIn = (value: unknown): string[] =>
	Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];

/** WL: {success, message, code}; whether HTTP says the same is documented nowhere. A good answer says success: true. */
function refusedStatus(body: unknown): number | undefined {
	const success = dig(body, 'success');
	const code = Number(dig(body, 'code') ?? Number.NaN);
	const status = code >= 400 && code < 600 ? code : undefined;
	if (success === false || success === 'false') return status ?? 400;
	return success === undefined ? status : undefined;
}

const idOf = ({ _id: id, uuid }: IDataObject): unknown => id ?? uuid;

/**
 * What tells leads, chats and contacts apart (WL, BPNEW: _id; SEED: uuid).
 * @param stateOf what counts of a record that has no ID: it is told by that
 */
export const identity = (record: IDataObject, stateOf = (whole: IDataObject) => whole): string =>
	String(idOf(record) ?? JSON.stringify(stateOf(record)));

// Pages hold no total: they are read until one is empty, as PD reads /inbox/users.

/** CT2: the page's number is a field of the body. */
export const contactPages = byPageNumber({
	page: 'page',
	place: 'body',
	next: untilEmpty,
	identity: idOf,
});

/** WL, SEED: the page's number is a query parameter. */
export const queryPages = byPageNumber({ page: 'page', next: untilEmpty, identity: idOf });

/** SEED, Query Parameters, type; and what this package calls them. */
export const listTypes = { lead: 'lead', nonLead: 'non-lead' } as const;
/** One of the two lists that Convertalk keeps its chats in. */
export type ListName = keyof typeof listTypes;

/** The lists that the request's `type` names, one after the other; each record says where it is from. */
export const chatLists: Pages = async function* (read, first, wanted) {
	const types = [first.query?.type].flat();
	for (const type of types) {
		const name = type === listTypes.lead ? 'lead' : 'nonLead';
		const pages = queryPages(read, { ...first, query: { ...first.query, type } }, wanted);
		for await (const records of pages) yield records.map((record) => ({ ...record, type: name }));
	}
};
