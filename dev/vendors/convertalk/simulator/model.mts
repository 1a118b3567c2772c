/** A note, an attribute, and a lead, as GET /inbox/direct/chats answers them (WL, BPNEW). */
export interface Note {
	_id: string;
	title: string;
	description: string;
}

export interface Attribute {
	key: string;
	value: string;
}

export interface UserDetails {
	name?: string;
	picture?: string;
	contact: { email?: string; phone?: { number: string; prefix: string } };
	city?: string;
	country?: string;
	tags: string[];
	attributes: Attribute[];
}

export interface Lead {
	_id: string;
	uuid: string;
	createdAt: string;
	updatedAt: string;
	lastSeenAt: string;
	isOnline: boolean;
	websiteVisits: number;
	status: string;
	_agentAssigned?: string;
	lastMessage: { at: string; by: string; text: string };
	profile: { notes: Note[]; userDetails: UserDetails };
}

/** The body of PUT /inbox/direct/lead (SEED; the types of the lists from BPOLD and WL). */
export interface LeadData {
	uuid: string;
	botId: string;
	customerId: string;
	agentId?: string;
	name?: string;
	email?: string;
	phone?: string;
	dialCode?: string;
	status?: string;
	picture?: string;
	notes?: Array<Omit<Note, '_id'>>;
	tags?: string[];
	attributes?: Attribute[];
}

export type ListType = 'lead' | 'non-lead';

/** A visitor who left nothing to be reached by is no lead. */
export function typeOf({ profile }: Lead): ListType {
	const { email, phone } = profile.userDetails.contact;
	return email !== undefined || phone !== undefined ? 'lead' : 'non-lead';
}

/** By what a list may be sorted. No document says by what it is. */
export const orders = {
	updatedDescending: (a: Lead, b: Lead) => compare(b.updatedAt, a.updatedAt),
	updatedAscending: (a: Lead, b: Lead) => compare(a.updatedAt, b.updatedAt),
	createdDescending: (a: Lead, b: Lead) => compare(b.createdAt, a.createdAt),
	createdAscending: (a: Lead, b: Lead) => compare(a.createdAt, b.createdAt),
	seenDescending: (a: Lead, b: Lead) => compare(b.lastSeenAt, a.lastSeenAt),
	byUuid: (a: Lead, b: Lead) => compare(a.uuid, b.uuid),
} as const;

export type Order = keyof typeof orders;

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
