import type { IDataObject } from 'n8n-workflow';
import { flag } from '../../engine/form/flag';
import { namesOf, something } from '../../engine/form/filled';
import {
	done,
	one,
	oneOrMany,
	operation,
	type Output,
	type Resource,
} from '../../engine/operation/operation';
import { del, get, post, put } from '../../engine/http/request';
import * as form from './leadForm';
import { existingLead, ifExists } from './leadIfExists';
import { leadId } from './leadLocator';
import { emailToFind, mostPagesToUpdate } from './leadLookup';

const force = flag({
	displayName: 'Force',
	name: 'force',
	type: 'boolean',
	default: false,
	description:
		'Whether to delete the lead even during a conversation. The conversation is canceled.',
});

/** Ten of the thirteen fields of a lead; the CRM's own ids are left out. */
const simplify = [
	'id',
	'email',
	'first_name',
	'last_name',
	'job_title',
	'account_name',
	'follow_up_at',
	'do_not_contact',
	'lead_owner',
	'custom_attribute_values',
] as const;

const { records: leadIn } = one('lead');

/** A lead that a conversation named; one that was archived since is not there any more. */
const foundLead: Output = {
	simplify,
	records: (body) =>
		body === undefined
			? [{ found: false, reason: 'The lead with this e-mail address was deleted.' }]
			: leadIn(body).map((record) => ({ found: true, ...record })),
};

/** SEED, Leads. */
export const lead: Resource = {
	name: 'Lead',
	value: 'lead',
	operations: [
		operation({
			name: 'Create',
			value: 'create',
			action: 'Create lead',
			description:
				'Create a lead. No e-mail is sent before it is enrolled. An archived lead with this e-mail is restored.',
			fields: [
				form.firstName,
				form.email,
				ifExists,
				mostPagesToUpdate,
				form.leadFields,
				form.customAttributes,
			],
			request: (values) => ({
				...post`/leads`,
				body: { lead: newLead(values) },
				lockKey: values.email.toLowerCase(),
				label: `lead ${values.email}`,
			}),
			ifExists: (values) =>
				existingLead(values, (id) => ({ ...put`/leads/${id}`, body: { lead: newLead(values) } })),
			writes: ({ email }) => email,
			output: one('lead', { simplify }),
			mapRecord: (record, { additionalFields }) =>
				form.warnOfDroppedOwner(record, additionalFields.leadOwnerId),
			notice: form.noticeOfDroppedOwner,
		}),
		operation({
			name: 'Delete',
			value: 'delete',
			action: 'Delete lead',
			description: 'Archive a lead. Creating one with the same e-mail brings it back.',
			fields: [leadId, force],
			request: ({ leadId, force }) => ({ ...del`/leads/${leadId}`, body: { force } }),
			writes: ({ leadId }) => leadId,
			output: done({ deleted: true }),
		}),
		operation({
			name: 'Find by Email',
			value: 'findByEmail',
			action: 'Find lead by email',
			description:
				'Find a lead that is or was in a conversation. Each item gets its own answer, found or not.',
			fields: [emailToFind],
			request: ({ email: leadId }) => ({ ...get`/leads/${leadId}`, allow404: true }),
			output: foundLead,
		}),
		operation({
			name: 'Get',
			value: 'get',
			action: 'Get lead',
			description: 'Get a lead by ID',
			fields: [leadId],
			request: ({ leadId }) => get`/leads/${leadId}`,
			output: one('lead', { simplify }),
		}),
		operation({
			name: 'Get Conversations',
			value: 'getConversations',
			action: 'Get conversations of lead',
			description: 'Get the conversations that a lead takes part in',
			fields: [leadId],
			// SEED, Fetch conversations of Lead: the path ends in a slash.
			request: ({ leadId }) => get`/leads/${leadId}/conversations/`,
			output: oneOrMany('conversation', 'conversations'),
		}),
		operation({
			name: 'Update',
			value: 'update',
			action: 'Update lead',
			description: 'Change fields of a lead',
			fields: [leadId, form.leadUpdates, form.customAttributes],
			request: ({ leadId, updateFields, customAttributes }) => ({
				...put`/leads/${leadId}`,
				body: { lead: something(form.leadBody(updateFields, customAttributes), form.leadUpdates) },
			}),
			writes: ({ leadId, updateFields, customAttributes }) =>
				`${leadId}: ${namesOf({ ...updateFields, ...customAttributes })}`,
			output: one('lead', { simplify }),
			mapRecord: (record, { updateFields }) =>
				form.warnOfDroppedOwner(record, updateFields.leadOwnerId),
			notice: form.noticeOfDroppedOwner,
		}),
	],
};

/** What a create sends of a lead, and an update of one that is there. */
const newLead = ({ firstName, email, additionalFields, customAttributes }: NewLead): IDataObject =>
	form.leadBody({ firstName, email, ...additionalFields }, customAttributes);

interface NewLead {
	firstName: string;
	email: string;
	additionalFields: IDataObject & { leadOwnerId?: string };
	customAttributes: Record<string, unknown>;
}
