import { createHash } from 'node:crypto';
import type { Journal } from '../../../kit/simulator.mts';
import { type Lead, type LeadData, type ListType, type Order, orders, typeOf } from './model.mts';

/** What can be set about a lead that is put in. */
export interface NewLead {
	name?: string;
	email?: string;
	/** When it is created and changed last; the clock's time if not said. Milliseconds. */
	createdAt?: number;
	updatedAt?: number;
	lastSeenAt?: number;
}

/** The leads and chats of one bot, in pages. */
export class Leads {
	readonly byUuid = new Map<string, Lead>();
	/** Called before a page is made: what changes there, changes while a client reads pages. */
	beforePage: ((type: ListType, page: number) => void) | undefined;
	/** The server's clock, in milliseconds. */
	now: () => number = Date.now;
	pageSize = 20;
	private order: Order = 'updatedDescending';
	/** Breaks ties, and makes another order of leads that share a time. */
	private salt = '';
	private readonly sorted = new Map<ListType, Lead[]>();
	private readonly ties = new Map<string, string>();
	private made = 0;

	constructor(private readonly journal?: Journal) {}

	/** Puts a chat in, or a lead where it has an e-mail. */
	add({ name, email, createdAt, updatedAt, lastSeenAt }: NewLead = {}): Lead {
		const number = ++this.made;
		const created = iso(createdAt ?? this.now());
		const changed = updatedAt === undefined ? created : iso(updatedAt);
		const seen = lastSeenAt === undefined ? changed : iso(lastSeenAt);
		const lead: Lead = {
			_id: objectId(number),
			uuid: uuidOf(number),
			createdAt: created,
			updatedAt: changed,
			lastSeenAt: seen,
			isOnline: false,
			websiteVisits: 1,
			status: 'OPEN',
			lastMessage: { at: created, by: 'user', text: 'Hi' },
			profile: {
				notes: [],
				userDetails: {
					name: name ?? '',
					contact: email ? { email } : {},
					tags: [],
					attributes: [],
				},
			},
		};
		this.byUuid.set(lead.uuid, lead);
		this.sorted.clear();
		return lead;
	}

	/** Puts `count` leads in, `lead<n>@example.com`. */
	addMany(count: number, of: (n: number) => NewLead = () => ({})): Lead[] {
		const first = this.made;
		return Array.from({ length: count }, (_, n) => {
			const number = first + n + 1;
			return this.add({ name: `Lead ${number}`, email: `lead${number}@example.com`, ...of(n) });
		});
	}

	/**
	 * Changes a lead; records that were answered before stay as they were.
	 * @param at the new updatedAt in milliseconds; false leaves the old one
	 */
	change(uuid: string, change: (lead: Lead) => void, at: number | false = this.now()): Lead {
		const lead = structuredClone(this.require(uuid));
		change(lead);
		if (at !== false) lead.updatedAt = iso(at);
		this.byUuid.set(uuid, lead);
		this.sorted.clear();
		return lead;
	}

	/** The visitor comes again, which is no change of the lead. */
	visit(uuid: string): void {
		this.change(
			uuid,
			(lead) => {
				lead.isOnline = !lead.isOnline;
				lead.websiteVisits++;
				lead.lastSeenAt = iso(this.now());
			},
			false,
		);
	}

	remove(uuid: string): void {
		this.byUuid.delete(uuid);
		this.sorted.clear();
	}

	/** Sorts the lists otherwise; another salt shuffles leads that share a time. */
	sortBy(order: Order, salt = ''): void {
		this.order = order;
		this.salt = salt;
		this.ties.clear();
		this.sorted.clear();
	}

	/** A page of a list, from 1. */
	page(type: ListType, page: number): Lead[] {
		this.beforePage?.(type, page);
		return this.list(type).slice((page - 1) * this.pageSize, page * this.pageSize);
	}

	/** A whole list in its order. */
	list(type: ListType): Lead[] {
		const known = this.sorted.get(type);
		if (known) return known;
		const compare = orders[this.order];
		const list = [...this.byUuid.values()]
			.filter((lead) => typeOf(lead) === type)
			.sort((a, b) => compare(a, b) || (this.tie(a) < this.tie(b) ? -1 : 1));
		this.sorted.set(type, list);
		return list;
	}

	/** PUT /inbox/direct/lead: the first data for an unknown uuid create it (SEED). */
	upsert(data: LeadData): void {
		const known = this.byUuid.has(data.uuid);
		if (!known) {
			const { uuid, ...lead } = this.add();
			this.byUuid.delete(uuid);
			this.byUuid.set(data.uuid, { ...lead, uuid: data.uuid });
		}
		this.change(data.uuid, (lead) => apply(lead, data));
		this.journal?.add('lead.upsert', data.uuid, JSON.stringify(data));
	}

	private tie({ uuid }: Lead): string {
		const known = this.ties.get(uuid) ?? digest(this.salt + uuid);
		this.ties.set(uuid, known);
		return known;
	}

	private require(uuid: string): Lead {
		const lead = this.byUuid.get(uuid);
		if (!lead) throw new Error(`There is no lead ${uuid}`);
		return lead;
	}
}

function apply(lead: Lead, data: LeadData): void {
	const { userDetails, notes } = lead.profile;
	const { contact } = userDetails;
	if (data.name !== undefined) userDetails.name = data.name;
	if (data.email !== undefined) contact.email = data.email;
	if (data.picture !== undefined) userDetails.picture = data.picture;
	if (data.phone !== undefined || data.dialCode !== undefined) {
		const number = data.phone ?? contact.phone?.number ?? '';
		// The list answers the dial code without its plus (BPNEW, sample).
		const prefix = data.dialCode?.replace('+', '') ?? contact.phone?.prefix ?? '';
		contact.phone = { number, prefix };
	}
	if (data.status !== undefined) lead.status = data.status;
	if (data.agentId !== undefined) lead._agentAssigned = data.agentId;
	// Whether lists are added or replaced is in no document: tags and attributes are replaced here by
	// their name, notes added. Inferred.
	for (const tag of data.tags ?? [])
		if (!userDetails.tags.includes(tag)) userDetails.tags.push(tag);
	for (const { key, value } of data.attributes ?? []) {
		const others = userDetails.attributes.filter((attribute) => attribute.key !== key);
		userDetails.attributes = [...others, { key, value }];
	}
	for (const note of data.notes ?? []) notes.push({ _id: objectId(notes.length + 1), ...note });
}

const iso = (ms: number): string => new Date(ms).toISOString();
const digest = (text: string): string => createHash('sha256').update(text).digest('hex');
const objectId = (number: number): string => digest(`id ${number}`).slice(0, 24);

function uuidOf(number: number): string {
	const hex = digest(`uuid ${number}`);
	const parts = [
		hex.slice(0, 8),
		hex.slice(8, 12),
		`4${hex.slice(13, 16)}`,
		`8${hex.slice(17, 20)}`,
	];
	return [...parts, hex.slice(20, 32)].join('-');
}
