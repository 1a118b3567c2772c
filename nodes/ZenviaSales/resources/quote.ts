import { UserError } from 'n8n-workflow';
import { choice } from '../../engine/form/choice';
import { fieldError } from '../../engine/form/fields';
import { date } from '../../engine/form/date';
import { number } from '../../engine/form/number';
import { reference, text } from '../../engine/form/text';
import { compact } from '../../engine/form/filled';
import { rows } from '../../engine/form/collections';
import { many, one, operation, type Resource } from '../../engine/operation/operation';
import { get, post, put } from '../../engine/http/request';
import { dateFilter, listedId, objectId } from './fields';
import { knownProspectId, optionalProspectId, prospectId } from './prospectLocator';
import { quoteStatuses } from './options';
import { anyRange, checkedRanges, newOnes, pages, tellingRanges } from './pages';
import { filters } from '../../engine/form/fieldSets';

const quoteId = listedId(
	{ displayName: 'Quote ID', name: 'quoteId', description: 'The ID of the quote' },
	{
		displayName: 'Quote',
		description: 'The quote',
		list: { search: 'searchQuotes', placeholder: 'Select a quote…' },
	},
);

const items = rows(
	{
		displayName: 'Items',
		name: 'items',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true },
		required: true,
		placeholder: 'Add Item',
		default: {},
		description: 'What is offered',
	},
	{ displayName: 'Item', name: 'item' },
	[
		reference({ displayName: 'Code', name: 'code', type: 'string', default: '' }),
		text({ displayName: 'Concept', name: 'concept', type: 'string', default: '' }),
		// A row always carries its defaults: 0 would go out as a price (PHP21, QuoteItem: optional).
		number({ displayName: 'Price', name: 'price', type: 'number', default: '' }),
		text({ displayName: 'Product', name: 'product', type: 'string', default: '' }),
		number({
			displayName: 'Quantity',
			name: 'quantity',
			type: 'number',
			required: true,
			default: 1,
		}),
	],
);

const status = choice({
	displayName: 'Status',
	name: 'status',
	type: 'options',
	options: quoteStatuses,
	default: 'pending',
	description: 'The status of the quote',
});

const decision = choice({
	displayName: 'Status',
	name: 'status',
	type: 'options',
	required: true,
	options: quoteStatuses.filter(({ value }) => value !== 'pending'),
	default: 'accepted',
	description: 'The status of the quote',
});

const quoteFilters = filters(
	'quote',
	[
		date(dateFilter('Accepted After', 'acceptedAfter', 'Only quotes accepted after this date')),
		date(dateFilter('Accepted Before', 'acceptedBefore', 'Only quotes accepted before this date')),
		objectId({
			displayName: 'After Quote ID',
			name: 'after',
			type: 'string',
			default: '',
			description: 'Only quotes created after this one. Cannot be combined with a prospect.',
		}),
		objectId({
			displayName: 'Before Quote ID',
			name: 'before',
			type: 'string',
			default: '',
			description: 'Only quotes created before this one. Cannot be combined with a prospect.',
		}),
		date(dateFilter('Created After', 'createdAfter', 'Only quotes created after this date')),
		date(dateFilter('Created Before', 'createdBefore', 'Only quotes created before this date')),
		date(dateFilter('Rejected After', 'rejectedAfter', 'Only quotes rejected after this date')),
		date(dateFilter('Rejected Before', 'rejectedBefore', 'Only quotes rejected before this date')),
		choice({
			displayName: 'Status',
			name: 'status',
			type: 'options',
			options: quoteStatuses,
			default: 'pending',
		}),
	],
	anyRange,
);

/** PHP21, Quotes. SEED names quotes in its scopes and topics only. */
export const quote: Resource = {
	name: 'Quote',
	value: 'quote',
	operations: [
		operation({
			name: 'Get Many',
			value: 'getAll',
			action: 'Get many quotes',
			description: 'Get the quotes of the account or of a prospect, newest first',
			fields: [optionalProspectId('quote'), tellingRanges(quoteFilters)],
			request: ({ prospectId, filters }) => {
				if (prospectId && (filters.after || filters.before)) {
					throw new UserError(
						"'After Quote ID' and 'Before Quote ID' cannot filter the quotes of one prospect. Remove them, or choose no prospect.",
					);
				}
				const query = checkedRanges(compact(filters));
				return {
					...(prospectId ? get`/prospect/${prospectId}/quotes` : get`/prospects/quotes`),
					query,
				};
			},
			output: many(undefined, { pages, newness: newOnes('Quote'), date: 'createdAt' }),
		}),
		operation({
			name: 'Create',
			value: 'create',
			action: 'Create quote',
			description: 'Make an offer to a prospect',
			fields: [prospectId, items, status],
			request: ({ prospectId, items: offered, status }) => {
				if (offered.length === 0)
					throw fieldError(items.property, 'is empty', 'Add at least one item.');
				const body = { items: offered.map(compact), ...compact({ status }) };
				return { ...post`/prospect/${prospectId}/quotes`, body };
			},
			writes: ({ prospectId, items: { length } }) =>
				`of ${length} ${length === 1 ? 'item' : 'items'} for ${prospectId}`,
			output: one(),
		}),
		operation({
			name: 'Get',
			value: 'get',
			action: 'Get quote',
			description: 'Get a quote by ID',
			fields: [knownProspectId, quoteId],
			request: ({ prospectId, quoteId }) => get`/prospect/${prospectId}/quote/${quoteId}`,
			output: one(),
		}),
		operation({
			name: 'Update',
			value: 'update',
			action: 'Update quote',
			description: 'Accept or reject a quote',
			fields: [knownProspectId, quoteId, decision],
			request: ({ prospectId, quoteId, status }) => ({
				...put`/prospect/${prospectId}/quote/${quoteId}`,
				body: { status },
			}),
			writes: ({ prospectId, quoteId, status }) => `${quoteId} of ${prospectId} to ${status}`,
			output: one(),
		}),
	],
};
