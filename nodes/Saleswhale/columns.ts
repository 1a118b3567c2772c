import type { Columns } from '../engine/operation/execute';

/** Written by `npm run schemas`: the columns of lists that are returned as CSV files, by their output schemas. */
export const columns: Columns = {
	'campaign.getAll': ['id', 'name', 'status', 'updated_at'],
	'conversation.getAll': ['id', 'started_at', 'handover_rep', 'leads', 'status', 'enrolment'],
	'enrolment.getAll': [
		'id',
		'state',
		'status',
		'campaign_id',
		'lead_id',
		'errors',
		'conversation_id',
	],
};
