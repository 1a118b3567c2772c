/** What points at a sales rep: an owner of leads, or the one who takes a conversation over. */
export interface SalesRepReference {
	id: number;
	type: string;
}

export interface SalesRep extends SalesRepReference {
	email: string;
	first_name: string;
	last_name: string;
}

export interface CustomAttribute {
	id: number;
	name: string;
	fallback_value: string;
	attr_type: string;
}

export interface CustomAttributeValue {
	custom_attribute_id: number;
	custom_attribute_name: string;
	value: string;
}

export interface Lead {
	id: number;
	first_name: string;
	last_name: string | null;
	email: string;
	job_title: string | null;
	follow_up_at: string | null;
	do_not_contact: boolean;
	lead_owner: SalesRepReference | null;
	crm_object_id: string | null;
	crm_object_type: string | null;
	crm_type: string | null;
	account_name: string | null;
	custom_attribute_values: CustomAttributeValue[];
}

/** A lead as a request brings it. */
export interface LeadInput {
	first_name?: string;
	last_name?: string;
	email?: string;
	job_title?: string;
	lead_owner?: SalesRepReference;
	crm_object_id?: string;
	crm_object_type?: string;
	crm_type?: string;
	account_name?: string;
	custom_attribute_values?: Array<{ custom_attribute_id: number; value: string }>;
}

export type CampaignStatus = 'draft' | 'scheduled' | 'running' | 'ended' | 'canceled' | 'paused';

export interface Campaign {
	id: number;
	name: string;
	status: CampaignStatus;
	updated_at: string;
}

export type EnrolmentState =
	'planned' | 'pending' | 'scheduled' | 'processed' | 'invalidated' | 'canceled';

export interface Enrolment {
	id: number;
	state: EnrolmentState;
	status: 'processed' | 'error';
	campaign_id: number;
	lead_id: number;
	errors: string[] | null;
	conversation_id: number | null;
}

export const ONGOING = ['pending_lead_response', 'pending_bot_response', 'human_review'];

export interface Conversation {
	id: number;
	started_at: string;
	handover_rep: SalesRepReference | null;
	leads: Array<{ id: number; email: string; is_main: boolean; is_original: boolean }>;
	status: string;
	/** The samples of a conversation show its enrolment without `state`. */
	enrolment: Omit<Enrolment, 'state'>;
}
