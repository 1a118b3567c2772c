import { something } from '../../engine/form/filled';
import { many, one, operation, type Output, type Resource } from '../../engine/operation/operation';
import { get, post, put } from '../../engine/http/request';
import { knownProspectId, optionalProspectId, prospectId } from './prospectLocator';
import { newOnes, pages, tellingRanges } from './pages';
import { interactionFilters, interactionQuery } from './interactionFilters';
import * as form from './interactionForm';

/** What most people read of an interaction, out of thirteen fields. */
export const essentials = [
	'id',
	'prospectId',
	'createdAt',
	'via',
	'proactive',
	'output',
	'status',
	'agent',
	'bot',
	'finishedAt',
] as const;

/** What a write made: a list of interactions, or the one. An empty list says no more than that it was done. */
export const interactions: Output = {
	records: (body) => {
		if (!Array.isArray(body)) return one().records(body);
		return body.length > 0 ? many().records(body) : [{ success: true }];
	},
};

/** SEED, Interactions; docs/zenvia-sales.md lists what only the vendor's description 1.10.0 has. */
export const interaction: Resource = {
	name: 'Interaction',
	value: 'interaction',
	operations: [
		operation({
			name: 'Get Many',
			value: 'getAll',
			action: 'Get many interactions',
			description:
				'Get messages, calls, notes and visits, newest first. Dates may span any length of time.',
			fields: [optionalProspectId('interaction'), tellingRanges(interactionFilters)],
			request: ({ prospectId, filters }) => ({
				...(prospectId ? get`/prospect/${prospectId}/interactions` : get`/prospects/interactions`),
				query: interactionQuery(prospectId, filters),
			}),
			output: many(undefined, {
				pages,
				newness: newOnes('Interaction'),
				date: 'createdAt',
				simplifyIfAsked: essentials,
			}),
		}),
		operation({
			name: 'Create',
			value: 'create',
			action: 'Create interaction',
			description:
				'Add a note, call, message or question to the history of a prospect. Nothing is sent to the prospect.',
			fields: [prospectId, form.type, form.content, form.eventFields],
			request: ({ prospectId, type, content, additionalFields }) => ({
				...post`/prospect/${prospectId}/interactions`,
				body: form.eventBody(type, content, additionalFields),
			}),
			writes: ({ prospectId, type }) => `of type ${type} for ${prospectId}`,
			output: interactions,
		}),
		operation({
			name: 'Get',
			value: 'get',
			action: 'Get interaction',
			description: 'Get an interaction by ID',
			fields: [knownProspectId, form.interactionId],
			request: ({ prospectId, interactionId }) =>
				get`/prospect/${prospectId}/interaction/${interactionId}`,
			output: one(undefined, { simplifyIfAsked: essentials }),
		}),
		operation({
			name: 'Update',
			value: 'update',
			action: 'Update interaction',
			description: 'Record the delivery status of a message, or the answer to a question',
			fields: [knownProspectId, form.interactionId, form.updatedType, form.interactionUpdates],
			request: ({ prospectId, interactionId, type, updateFields }) => ({
				...put`/prospect/${prospectId}/interaction/${interactionId}`,
				body: {
					type,
					...something(form.updateBody(type, updateFields), form.interactionUpdates),
				},
			}),
			writes: ({ prospectId, interactionId }) => `${interactionId} of ${prospectId}`,
			output: one(),
		}),
	],
};
