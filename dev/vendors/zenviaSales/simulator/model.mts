import type { Json } from '../../../kit/simulator.mts';

export interface Agent {
	id: string;
	firstName: string;
	lastName: string;
	email: string;
	phone: string;
}

export interface Group {
	id: string;
	name: string;
	displayName: string;
	parent?: string;
	ancestors: string[];
	descendants: string[];
	timezone: string;
	countryCode: string;
}

export interface Template {
	key: string;
	name: string;
	/** With placeholders as SEED writes those of extension points: ${prospect.firstName}. */
	body: string;
	/** As WhatsApp has it: {{1}}, {{2}}. */
	template: string;
}

export type ChannelName = 'whatsapp' | 'facebook' | 'instagram';

export interface Channel {
	channel: ChannelName;
	channelId: string;
	templates?: Template[];
}

export interface LeadData {
	created: string;
	source: string;
	utmSource: string;
	type: string;
	[field: string]: unknown;
}

export interface Prospect {
	id: string;
	created: string;
	account: string;
	accountId: string;
	group: string;
	groupId: string;
	firstName?: string;
	lastName?: string;
	label?: string;
	category?: string;
	status: 'unclaimed' | 'new' | 'followUp' | 'processing' | 'archived';
	archivingReason?: string;
	phones: string[];
	emails: string[];
	additionalData: Json;
	merged: boolean;
	leads: LeadData[];
	agent?: Agent;
	assigned?: string;
	transferred?: string;
	whatsAppDueAt?: string;
	facebookDueAt?: string;
	instagramDueAt?: string;
	[field: string]: unknown;
}

export interface Interaction {
	id: string;
	prospectId: string;
	agentId?: string;
	agent?: Agent;
	createdAt: string;
	status: string;
	proactive: boolean;
	via: string;
	output: Json;
}

export interface Quote {
	id: string;
	prospectId: string;
	status: 'pending' | 'accepted' | 'rejected';
	items: Array<{ quantity: number; price?: number; [field: string]: unknown }>;
	total: number;
	createdAt: string;
	acceptedAt?: string;
	rejectedAt?: string;
}

export interface Subscription {
	id: string;
	topics: string[];
	callbackUrl: string;
}

/** A file as it arrived. */
export interface SentFile {
	prospectId: string;
	channel: string;
	name: string;
	type: string;
	bytes: Buffer;
}

/** An API key: an app instance in one group, with scopes and perhaps a user to act as (SEED). */
export interface Key {
	key: string;
	integrationId: string;
	name: string;
	group: Group;
	scopes: Set<string>;
	user: Agent | undefined;
}

/** Who is told of a change, by topic (SEED, Webhooks). */
export type Tell = (
	topic: 'prospects' | 'interactions' | 'quotes' | 'agents',
	type: 'created' | 'updated',
	prospect: Prospect,
	more?: Json,
) => void;
