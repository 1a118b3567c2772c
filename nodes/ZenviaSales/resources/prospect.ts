import { type IDataObject, UserError } from 'n8n-workflow';
import { id } from '../../engine/form/id';
import { compact, namesOf, something } from '../../engine/form/filled';
import { list } from '../../engine/form/list';
import {
	done,
	many,
	one,
	operation,
	type Output,
	type Resource,
} from '../../engine/operation/operation';
import { del, get, patch, post, type Request } from '../../engine/http/request';
import { need, simplifyForAgent } from './fields';
import { knownProspectId, prospectId } from './prospectLocator';
import { newOnes, offsetPages, pages, tellingRanges } from './pages';
import { prospectFilters, prospectQuery } from './prospectFilters';
import * as form from './prospectForm';
import { foundProspects, prospectsBy } from './prospectLookup';
import { isRecord, dig } from '../../engine/util/json';

const selectionId = id({
	displayName: 'Selection ID',
	name: 'selectionId',
	type: 'string',
	required: true,
	default: '',
	description: 'The ID of a selection of contacts',
});

const selectionFields = list({
	displayName: 'Fields',
	name: 'fields',
	type: 'string',
	default: '',
	placeholder: 'e.g. firstName, phones',
	description:
		'Names of the fields to return, separated by commas. Leave empty for what Zenvia chooses.',
});

const prospectRecord = one(undefined, { simplifyForAgent });

/** What a write answers that says no more than that it was done: {success}, or nothing at all. */
const success: Output = {
	records: (body) => [{ success: true, ...(isRecord(body) && (body as IDataObject)) }],
};

const found: Output = { records: foundProspects };

/** Asks for the first spelling of the number, and for the next one where it finds nobody. */
function findUnder(email: string, [phoneNumber, ...others]: string[]): Request {
	return {
		...prospectsBy({ email, phoneNumber }),
		...(others.length > 0 && { ifNothing: findUnder(email, others) }),
	};
}

/** SEED, Prospects; docs/zenvia-sales.md lists what only the vendor's description 1.10.0 has. */
export const prospect: Resource = {
	name: 'Prospect',
	value: 'prospect',
	operations: [
		operation({
			name: 'Get Many',
			value: 'getAll',
			action: 'Get many prospects',
			description: 'Get prospects (contacts), newest first. Dates may span any length of time.',
			fields: [tellingRanges(prospectFilters)],
			request: ({ filters }) => ({ ...get`/prospects`, query: prospectQuery(filters) }),
			output: many(undefined, {
				pages,
				newness: newOnes('Prospect'),
				date: 'created',
				simplifyForAgent,
			}),
		}),
		operation({
			name: 'Add Satisfaction Rating',
			value: 'addRating',
			action: 'Add satisfaction rating to prospect',
			description: 'Record how satisfied the customer is (CSAT)',
			fields: [knownProspectId, form.result, form.comment],
			request: ({ prospectId, result, comment }) => ({
				...post`/prospect/${prospectId}/csat`,
				body: compact({ result, comment }),
			}),
			writes: ({ prospectId, result }) => `${prospectId}: ${result}`,
			output: success,
		}),
		operation({
			name: 'Archive',
			value: 'archive',
			action: 'Archive prospect',
			description:
				'Archive a prospect. Zenvia shows the user of this API key as the one who did it.',
			fields: [knownProspectId, form.archivingReason, form.archiveUpdates],
			request: ({ prospectId, archivingReason, updateFields }) => ({
				...post`/prospect/${prospectId}/as-user/archive`,
				body: compact({ archivingReason, ...updateFields }),
			}),
			writes: ({ prospectId }) => prospectId,
			output: prospectRecord,
		}),
		operation({
			name: 'Delete',
			value: 'delete',
			action: 'Delete prospect',
			description: 'Delete a prospect',
			fields: [knownProspectId],
			request: ({ prospectId }) => del`/prospect/${prospectId}`,
			writes: ({ prospectId }) => prospectId,
			output: done({ deleted: true }),
		}),
		operation({
			name: 'Find',
			value: 'find',
			action: 'Find prospect',
			description:
				'Find a prospect by e-mail address or phone number. Returns nothing if there is no match.',
			fields: [form.findEmail, form.findPhone],
			request: ({ email, phoneNumber: spellings }) => {
				if (email === '' && spellings.length === 0) {
					throw new UserError("'Email' and 'Phone Number' are both empty. Enter one of them.");
				}
				return findUnder(email, spellings);
			},
			output: found,
		}),
		operation({
			name: 'Get',
			value: 'get',
			action: 'Get prospect',
			description: 'Get a prospect by ID',
			fields: [knownProspectId],
			request: ({ prospectId }) => get`/prospect/${prospectId}`,
			output: prospectRecord,
		}),
		operation({
			name: 'Get Additional Fields',
			value: 'getAdditionalFields',
			action: 'Get additional fields of prospect',
			description: 'Get the keys and names of the additional data of a prospect',
			fields: [knownProspectId],
			request: ({ prospectId }) => get`/prospect/${prospectId}/prospectAdditionalFields`,
			output: many(),
		}),
		operation({
			name: 'Get Archiving Reasons',
			value: 'getArchivingReasons',
			action: 'Get archiving reasons',
			description: 'Get the reasons for which a prospect may be archived',
			fields: [],
			request: () => get`/as-user/archiving-reasons`,
			output: many(),
		}),
		operation({
			name: 'Get Labels',
			value: 'getLabels',
			action: 'Get labels',
			description: 'Get the labels that a prospect may have',
			fields: [],
			request: () => get`/as-user/labels`,
			output: many(),
		}),
		operation({
			name: 'Get Many in Selection',
			value: 'getSelection',
			action: 'Get many prospects in selection',
			description: 'Get the prospects of a selection of contacts',
			fields: [selectionId, selectionFields],
			request: ({ selectionId, fields }) => ({
				...get`/contacts/selection/${selectionId}`,
				query: compact({ fields: fields.join(',') }),
			}),
			output: {
				records: (body) => many().records(dig(body, 'contacts')),
				pages: offsetPages,
				date: 'created',
				// What is inside of another one, as additionalData.cpf, comes in that one.
				fieldsAsked: ({ fields = [] }) =>
					(fields as string[]).filter((name) => !name.includes('.')),
			},
		}),
		operation({
			name: 'Get Orders',
			value: 'getOrders',
			action: 'Get orders of prospect',
			description: 'Get the WhatsApp orders of a prospect',
			fields: [knownProspectId, form.ordersLimit],
			request: ({ prospectId, limit }) => ({
				...get`/prospect/${prospectId}/orders`,
				query: compact({ limit }),
			}),
			output: many(),
		}),
		operation({
			name: 'Set Label',
			value: 'setLabel',
			action: 'Set label of prospect',
			description: 'Label a prospect. Zenvia shows the user of this API key as the one who did it.',
			fields: [prospectId, form.label],
			request: ({ prospectId, label }) => ({
				...post`/prospect/${prospectId}/as-user/label`,
				body: { label },
			}),
			writes: ({ prospectId, label }) => `${prospectId} to ${label}`,
			output: prospectRecord,
		}),
		operation({
			name: 'Transfer',
			value: 'transfer',
			action: 'Transfer prospect',
			description: 'Hand a prospect over to a group or a user',
			fields: [prospectId, form.transferTo, form.transferGroup, form.transferUser, form.asUser],
			request: ({ prospectId, transferTo, groupId, userId, asUser }) => ({
				...(asUser
					? post`/prospect/${prospectId}/as-user/transfer`
					: post`/prospect/${prospectId}/transfer`),
				body:
					transferTo === 'user'
						? { user: need(userId, form.transferUser, 'Choose a user.') }
						: { group: need(groupId, form.transferGroup, 'Choose a group.') },
			}),
			writes: ({ prospectId, transferTo, groupId, userId }) =>
				`${prospectId} to ${transferTo} ${transferTo === 'user' ? userId : groupId}`,
			output: success,
		}),
		operation({
			name: 'Update',
			value: 'update',
			action: 'Update prospect',
			description:
				'Change the names or the label of a prospect, or add an e-mail address or a phone',
			fields: [prospectId, form.prospectUpdates],
			request: ({ prospectId, updateFields }) => ({
				...patch`/prospect/${prospectId}`,
				body: something(compact(updateFields), form.prospectUpdates),
			}),
			writes: ({ prospectId, updateFields }) => `${prospectId}: ${namesOf(updateFields)}`,
			output: prospectRecord,
		}),
		operation({
			name: 'Update Additional Data',
			value: 'updateAdditionalData',
			action: 'Update additional data of prospect',
			description: 'Set your own data about a prospect',
			fields: [prospectId, form.additionalData],
			request: ({ prospectId, additionalData = {} }) => ({
				...patch`/prospect/${prospectId}/additionalData`,
				body: something(additionalData, form.additionalData),
			}),
			writes: ({ prospectId, additionalData = {} }) => `${prospectId}: ${namesOf(additionalData)}`,
			output: prospectRecord,
		}),
	],
};
