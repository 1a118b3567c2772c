import type { Columns } from '../engine/operation/simplify';

const campaignGetAll = ['id', 'name', 'status', 'updated_at'];
const conversationGetAll = ['id', 'started_at', 'handover_rep', 'leads', 'status', 'enrolment'];
const enrolmentGetAll = [
	'id',
	'state',
	'status',
	'campaign_id',
	'lead_id',
	'errors',
	'conversation_id',
];
const leadCreate = [
	'id',
	'first_name',
	'last_name',
	'email',
	'job_title',
	'follow_up_at',
	'do_not_contact',
	'lead_owner',
	'crm_object_id',
	'crm_object_type',
	'crm_type',
	'account_name',
	'custom_attribute_values',
	'warning',
];
const leadFindByEmail = [
	'matchedBy',
	'found',
	'id',
	'first_name',
	'last_name',
	'email',
	'job_title',
	'follow_up_at',
	'do_not_contact',
	'lead_owner',
	'crm_object_id',
	'crm_object_type',
	'crm_type',
	'account_name',
	'custom_attribute_values',
];
const leadGet = [
	'id',
	'first_name',
	'last_name',
	'email',
	'job_title',
	'follow_up_at',
	'do_not_contact',
	'lead_owner',
	'crm_object_id',
	'crm_object_type',
	'crm_type',
	'account_name',
	'custom_attribute_values',
];

/**
 * Written by `npm run schemas`: all fields of the records of lists, and of what Simplify makes smaller, by the
 * vendor's contract.
 */
export const columns: Columns = {
	'campaign.getAll': campaignGetAll,
	'conversation.getAll': conversationGetAll,
	'enrolment.getAll': enrolmentGetAll,
	'lead.create': leadCreate,
	'lead.findByEmail': leadFindByEmail,
	'lead.get': leadGet,
	'lead.update': leadCreate,
};
