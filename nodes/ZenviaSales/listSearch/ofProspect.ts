import { type ILoadOptionsFunctions, UserError } from 'n8n-workflow';
import { listSearch } from '../../engine/operation/listSearch';
import { many } from '../../engine/operation/operation';
import { get, type Request } from '../../engine/http/request';
import { dig, isRecord } from '../../engine/util/json';
import { zenviaSales } from '../vendor';
import { filledIn } from './filledIn';

const { records } = many();

/** The list of what belongs to the prospect that is chosen in the node. @throws UserError where none is, by its ID */
function ofProspect(
	context: ILoadOptionsFunctions,
	things: string,
	request: (prospectId: string) => Request,
): Request {
	const prospectId = filledIn(context, 'prospectId');
	if (/^[a-z0-9]{24}$/.test(prospectId)) return request(prospectId);
	throw new UserError(`Choose the prospect From List or By ID to see its ${things}.`);
}

/** A moment as far as a person needs it: 2026-11-29 16:05. */
const minute = (moment: unknown): string => String(moment).slice(0, 16).replace('T', ' ');

/** Longest part of a message that tells it from others. */
const longestText = 60;

/** The quotes of the prospect. */
export const searchQuotes = listSearch(zenviaSales, {
	request: (_token, context) => ofProspect(context, 'quotes', (id) => get`/prospect/${id}/quotes`),
	records,
	entry: ({ id, items, total, status, createdAt }) => {
		const offered = (Array.isArray(items) ? items : []).filter(isRecord);
		const names = offered.map(({ product, concept, code }) => product ?? concept ?? code);
		const what = names.filter(Boolean).join(', ');
		const parts = [what, total, status, minute(createdAt)].filter(
			(part) => part !== undefined && part !== '',
		);
		return { name: parts.join(', '), value: String(id) };
	},
});

/** The calls, messages and notes of the prospect. */
export const searchInteractions = listSearch(zenviaSales, {
	request: (_token, context) =>
		ofProspect(context, 'interactions', (id) => get`/prospect/${id}/interactions`),
	records,
	entry: ({ id, via, createdAt, output }) => {
		const text = dig(output, 'message', 'content') ?? dig(output, 'comment');
		const said = typeof text === 'string' ? text.slice(0, longestText) : undefined;
		const parts = [minute(createdAt), via, said].filter((part) => part !== undefined);
		return { name: parts.join(', '), value: String(id) };
	},
});
