import { type Lead, typeOf } from './model.mts';

interface Period {
	startAt: string;
	endsAt: string;
}

/** The body of POST /inbox/users (CT2, BPNEW), as far as this simulator filters by it. */
export interface ContactFilters {
	searchText: string;
	tags: string[];
	status: string[];
	isOnline: boolean;
	_agentAssigned: string[];
	lastMessageBy: string[];
	createdAt: Period;
	lastSeenAt: Period;
	isContact: boolean;
	page: number;
}

/** Leads as contacts of the inbox: the same people, in the form that PD shows. */
export function search(
	leads: Iterable<Lead>,
	filters: ContactFilters,
): Array<Record<string, unknown>> {
	return [...leads].filter((lead) => isWanted(lead, filters)).map(contactOf);
}

function isWanted(lead: Lead, filters: ContactFilters): boolean {
	const { userDetails } = lead.profile;
	const text = `${userDetails.name} ${userDetails.contact.email}`.toLowerCase();
	return (
		text.includes(filters.searchText.toLowerCase()) &&
		isOneOf(filters.tags, ...userDetails.tags) &&
		isOneOf(filters.status, lead.status) &&
		isOneOf(filters._agentAssigned, lead._agentAssigned ?? '') &&
		isOneOf(filters.lastMessageBy, lead.lastMessage.by) &&
		(!filters.isOnline || lead.isOnline) &&
		(!filters.isContact || typeOf(lead) === 'lead') &&
		isWithin(filters.createdAt, lead.createdAt) &&
		isWithin(filters.lastSeenAt, lead.lastSeenAt)
	);
}

/** A filter that is empty keeps all. */
const isOneOf = (wanted: string[], ...values: string[]): boolean =>
	wanted.length === 0 || values.some((value) => wanted.includes(value));

const isWithin = ({ startAt, endsAt }: Period, time: string): boolean =>
	(startAt === '' || time >= startAt) && (endsAt === '' || time <= endsAt);

function contactOf(lead: Lead): Record<string, unknown> {
	const { uuid: _uuid, profile, ...rest } = lead;
	const { name, ...details } = profile.userDetails;
	const isContact = typeOf(lead) === 'lead';
	return {
		...rest,
		platform: ['website'],
		isContact,
		profile: { ...profile, userDetails: { ...details, userProvidedName: name } },
	};
}
