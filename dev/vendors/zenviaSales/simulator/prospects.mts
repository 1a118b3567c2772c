import type { Call, Journal, Json } from '../../../kit/simulator.mts';
import { ACCOUNT, AGENTS, ARCHIVING_REASONS, GROUPS, LABELS } from './account.mts';
import { find, Refusal, text, texts } from './answers.mts';
import type { Ids } from './ids.mts';
import { isWithin, page, spanOf, Stored } from './lists.mts';
import type { DateBounds } from './lists.mts';
import type { Agent, Group, LeadData, Prospect, Tell } from './model.mts';

/** What a prospect takes over from a lead. */
const TAKEN_OVER = ['firstName', 'lastName', 'category', 'nin'];

/** Phone numbers are compared by their digits: people write them with blanks and without. */
const digits = (phone: unknown): string => String(phone).replace(/\D/g, '');
const lower = (email: unknown): string => String(email).trim().toLowerCase();

/** The prospects of the account. */
export class Prospects {
	readonly byId = new Map<string, Prospect>();
	private readonly stored = new Stored<Prospect>();
	/** By phone number and by e-mail: newest last, since several may share one (KB, merging). */
	private readonly byPhone = new Map<string, Prospect[]>();
	private readonly byEmail = new Map<string, Prospect[]>();

	constructor(
		private readonly ids: Ids,
		private readonly journal: Journal,
		private readonly tell: Tell,
		private readonly bounds: DateBounds,
	) {}

	get(id: unknown): Prospect {
		return find('Prospect', this.byId, id);
	}

	/**
	 * Makes a prospect of a lead, or adds the lead to the one that shares a phone number or e-mail.
	 * @param joins whether there may be such a one: joining ends after a period, 90 days by default
	 */
	addLead(group: Group, type: string, lead: Json, joins = true): Prospect {
		const phones = (lead['phones'] ?? []) as string[];
		const emails = (lead['emails'] ?? []) as string[];
		const known = joins ? this.find(phones, emails)[0] : undefined;
		const { id, at } = this.ids.next();
		const prospect: Prospect = known ?? {
			id,
			created: at,
			...ACCOUNT,
			group: group.name,
			groupId: group.id,
			initialGroup: group.name,
			initialGroupId: group.id,
			status: 'unclaimed',
			phones: [],
			emails: [],
			additionalData: {},
			merged: false,
			leads: [],
		};
		if (!known) this.keep(prospect);
		for (const name of TAKEN_OVER) if (lead[name] !== undefined) prospect[name] = lead[name];
		for (const phone of phones) this.addPhone(prospect, phone);
		for (const email of emails) this.addEmail(prospect, email);
		prospect.merged = known !== undefined;
		prospect.leads.push(leadData(at, type, lead));
		const key = String(lead['providerLeadId'] ?? emails[0] ?? phones[0]);
		this.journal.add('lead.create', prospect.id, key);
		this.tell('prospects', known ? 'updated' : 'created', prospect);
		return prospect;
	}

	/** Those who have one of the phone numbers or e-mails, newest first. */
	find(phones: string[], emails: string[]): Prospect[] {
		const found = [
			...phones.flatMap((phone) => this.byPhone.get(digits(phone)) ?? []),
			...emails.flatMap((email) => this.byEmail.get(lower(email)) ?? []),
		];
		return [...new Set(found)].sort((one, other) => (one.id < other.id ? 1 : -1));
	}

	/** PHP21, UpdateProspect: names and label are changed, phone number and e-mail are added. */
	update(prospect: Prospect, changes: Json): Prospect {
		const { phone, email, label, archivingReason, ...names } = changes;
		if (label !== undefined && !LABELS.some(({ key }) => key === label)) {
			throw new Refusal(400, 'INVALID_LABEL', `There is no label ${String(label)}`);
		}
		if (archivingReason !== undefined) checkReason(archivingReason);
		Object.assign(prospect, names, label !== undefined && { label });
		if (phone !== undefined) this.addPhone(prospect, String(phone));
		if (email !== undefined) this.addEmail(prospect, String(email));
		this.journal.add('prospect.update', prospect.id, JSON.stringify(changes));
		const updates = Object.entries(changes).map(([field, value]) => ({ field, value }));
		this.tell('prospects', 'updated', prospect, { updates });
		return prospect;
	}

	archive(prospect: Prospect, changes: Json): Prospect {
		const { archivingReason, ...others } = changes;
		if (archivingReason === undefined) {
			throw new Refusal(400, 'SCHEMA_VALIDATION_FAILED', 'An archivingReason is needed');
		}
		checkReason(archivingReason);
		prospect.status = 'archived';
		prospect.archivingReason = String(archivingReason);
		this.journal.add('prospect.archive', prospect.id, prospect.id);
		return this.update(prospect, others);
	}

	/** To a group, or to a user and that user's group. */
	transfer(prospect: Prospect, target: Target): void {
		const { group, agent } = targetOf(target);
		Object.assign(prospect, { group: group.name, groupId: group.id });
		if (agent) {
			prospect.agent = agent;
			prospect.assigned = new Date().toISOString();
			prospect.status = 'new';
		} else {
			delete prospect.agent;
			prospect.status = 'unclaimed';
		}
		prospect.transferred = new Date().toISOString();
		this.journal.add('prospect.transfer', prospect.id, `${prospect.id} ${agent?.id ?? group.id}`);
		const updates = [{ field: 'group', value: group.id }];
		this.tell('prospects', 'updated', prospect, { updates });
		if (!agent) return;
		this.tell('agents', 'updated', prospect, { updates: [{ field: 'agent', value: agent.id }] });
	}

	remove(prospect: Prospect): void {
		this.byId.delete(prospect.id);
		this.stored.records.splice(this.stored.records.indexOf(prospect), 1);
		for (const phone of prospect.phones) forget(this.byPhone, digits(phone), prospect);
		for (const email of prospect.emails) forget(this.byEmail, lower(email), prospect);
		this.journal.add('prospect.delete', prospect.id, prospect.id);
	}

	/** GET /prospects. */
	list(call: Call): Prospect[] {
		return page(call, [this.stored], {
			span: spanOf(call, ['createdAfter', 'start'], ['createdBefore', 'end']),
			bounds: this.bounds,
			createdAt: ({ created }) => created,
			accepts: filterOf(call, this.bounds),
		});
	}

	private keep(prospect: Prospect): void {
		this.byId.set(prospect.id, prospect);
		this.stored.records.push(prospect);
	}

	private addPhone(prospect: Prospect, phone: string): void {
		if (!prospect.phones.some((one) => digits(one) === digits(phone))) prospect.phones.push(phone);
		remember(this.byPhone, digits(phone), prospect);
	}

	private addEmail(prospect: Prospect, email: string): void {
		if (!prospect.emails.some((one) => lower(one) === lower(email))) prospect.emails.push(email);
		remember(this.byEmail, lower(email), prospect);
	}
}

function remember(index: Map<string, Prospect[]>, key: string, prospect: Prospect): void {
	const others = (index.get(key) ?? []).filter((one) => one !== prospect);
	index.set(key, [...others, prospect]);
}

function forget(index: Map<string, Prospect[]>, key: string, prospect: Prospect): void {
	index.set(
		key,
		(index.get(key) ?? []).filter((one) => one !== prospect),
	);
}

function leadData(created: string, type: string, lead: Json): LeadData {
	const { priority, comments, company, store, agent, product, provider } = lead;
	const utmSource = String(lead['utmSource'] ?? lead['source']);
	const more = { priority, comments, company, store, agent, product, providerKey: provider };
	const given = Object.entries(more).filter(([, value]) => value !== undefined);
	return { created, source: utmSource, utmSource, type, ...Object.fromEntries(given) };
}

function checkReason(reason: unknown): void {
	if (ARCHIVING_REASONS.some((one) => one.reason === reason)) return;
	throw new Refusal(400, 'INVALID_ARCHIVING_REASON', `There is no reason ${String(reason)}`);
}

/** Where a transfer goes. */
interface Target {
	group?: string;
	user?: string;
}

function targetOf({ group: groupId, user }: Target): { group: Group; agent?: Agent } {
	const home = GROUPS.find(({ id }) =>
		user === undefined ? id === groupId : AGENTS.get(id)?.some((agent) => agent.id === user),
	);
	if (!home) throw new Refusal(404, 'NOT_FOUND', 'The group or user was not found');
	const agent = AGENTS.get(home.id)?.find(({ id }) => id === user);
	return agent ? { group: home, agent } : { group: home };
}

function filterOf(call: Call, bounds: DateBounds): (prospect: Prospect) => boolean {
	const claimed = spanOf(call, ['claimedAfter', 'claimStart'], ['claimedBefore', 'claimEnd']);
	const [after, before] = [
		['transferredAfter', 'transferStart'],
		['transferredBefore', 'transferEnd'],
	];
	const moved = spanOf(call, after, before);
	const { withAgent } = call.query;
	const [category, status, agent, group] = ['category', 'status', 'agent', 'group'].map((name) =>
		text(call, name),
	);
	const search = text(call, 'search')?.toLowerCase();
	const phone = text(call, 'phoneNumber');
	const additional = texts(call, 'additionalData[]', 'additionalData') ?? [];
	return (one) =>
		(category === undefined || one.category === category) &&
		(status === undefined || one.status === status) &&
		(agent === undefined || one.agent?.id === agent) &&
		(group === undefined || one.groupId === group) &&
		(withAgent === undefined || (one.agent !== undefined) === (String(withAgent) === 'true')) &&
		(phone === undefined || one.phones.some((own) => digits(own).includes(digits(phone)))) &&
		(search === undefined || isFoundBy(search, one)) &&
		(!claimed || isWithin(one.assigned, claimed, bounds)) &&
		(!moved || isWithin(one.transferred, moved, bounds)) &&
		additional.every((filter) => hasData(one, filter));
}

function isFoundBy(search: string, { firstName, lastName, emails, phones }: Prospect): boolean {
	const texts = [
		`${firstName ?? ''} ${lastName ?? ''}`,
		...emails,
		...phones.map(digits),
		...phones,
	];
	return texts.some((one) => one.toLowerCase().includes(search));
}

/** PHP21: FIELD, one of = >= > <= < ~ (contains), and VALUE. */
function hasData({ additionalData }: Prospect, filter: string): boolean {
	const [, field = '', operator, value = ''] =
		/^([^=<>~]+)(>=|<=|=|>|<|~)(.*)$/s.exec(filter) ?? [];
	const own = additionalData[field];
	if (own === undefined || operator === undefined) return false;
	if (operator === '=') return String(own) === value;
	if (operator === '~') return String(own).includes(value);
	const difference = Number(own) - Number(value);
	if (operator === '>=') return difference >= 0;
	if (operator === '<=') return difference <= 0;
	return operator === '>' ? difference > 0 : difference < 0;
}
