import type { Journal } from '../../../kit/simulator.mts';
import { find, Refusal } from './answers.mts';
import type { CustomAttribute, Lead, LeadInput } from './model.mts';
import { customAttributes, salesReps } from './seed.mts';

const FIRST_LEAD_ID = 21_248_461;
const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;

/** Leads, the sales reps who may own them, and the custom attributes that they may carry. */
export class Leads {
	/** Leads that are not archived. */
	readonly byId = new Map<number, Lead>();
	readonly reps = new Map(salesReps().reps.map((rep) => [rep.id, rep]));
	readonly handoff = salesReps().handoff;
	readonly attributes = new Map<number, CustomAttribute>(
		customAttributes().map((attribute) => [attribute.id, attribute]),
	);
	private readonly byEmail = new Map<string, Lead>();
	private readonly archived = new Map<string, Lead>();
	private nextId = FIRST_LEAD_ID;

	constructor(private readonly journal: Journal) {}

	/** Creates a lead, or restores the archived one with this email (SEED, Delete a Lead). */
	create(input: LeadInput): Lead {
		const changes = this.check(input, undefined);
		const key = (input.email ?? '').toLowerCase();
		const restored = this.archived.get(key);
		const lead: Lead = restored ?? {
			id: this.nextId++,
			first_name: '',
			last_name: null,
			email: '',
			job_title: null,
			follow_up_at: null,
			do_not_contact: false,
			lead_owner: null,
			crm_object_id: null,
			crm_object_type: null,
			crm_type: null,
			account_name: null,
			custom_attribute_values: [],
		};
		Object.assign(lead, changes);
		this.archived.delete(key);
		this.byEmail.set(key, lead);
		this.byId.set(lead.id, lead);
		this.journal.add(restored ? 'lead.restore' : 'lead.create', lead.id, key);
		return lead;
	}

	update(id: unknown, input: LeadInput): Lead {
		const lead = find('Lead', this.byId, id);
		const changes = this.check(input, lead);
		this.byEmail.delete(lead.email.toLowerCase());
		Object.assign(lead, changes);
		this.byEmail.set(lead.email.toLowerCase(), lead);
		this.journal.add('lead.update', lead.id, JSON.stringify(input));
		return lead;
	}

	/** Archives: the profile is no longer accessible, the email free to be restored. */
	archive(lead: Lead): void {
		const key = lead.email.toLowerCase();
		this.byId.delete(lead.id);
		this.byEmail.delete(key);
		this.archived.set(key, lead);
		this.journal.add('lead.delete', lead.id, key);
	}

	/** Refuses what is no valid lead; gives the fields to set. The messages are inferred. */
	private check(input: LeadInput, current: Lead | undefined): Partial<Lead> {
		const { email, first_name, lead_owner, custom_attribute_values, ...rest } = input;
		const messages: string[] = [];
		if (first_name?.trim() === '') messages.push("First name can't be blank");
		if (email !== undefined && !EMAIL.test(email)) messages.push('Email is invalid');
		const holder = this.byEmail.get(email?.toLowerCase() ?? '');
		if (holder && holder !== current) messages.push('Email has already been taken');
		if (messages.length > 0) throw new Refusal(422, ...messages);
		const changes: Partial<Lead> = { ...rest };
		if (email !== undefined) changes.email = email;
		if (first_name !== undefined) changes.first_name = first_name;
		if (custom_attribute_values) {
			changes.custom_attribute_values = this.valuesOf(custom_attribute_values, current);
		}
		// An owner who is no handoff rep is discarded without a word (SEED, Create a lead with an owner).
		if (lead_owner && this.handoff.has(lead_owner.id)) {
			changes.lead_owner = { id: lead_owner.id, type: 'sales_rep' };
		}
		return changes;
	}

	/** The lead's values with the new ones put over them; that others stay is inferred. */
	private valuesOf(
		input: NonNullable<LeadInput['custom_attribute_values']>,
		current: Lead | undefined,
	): Lead['custom_attribute_values'] {
		const values = new Map(
			current?.custom_attribute_values.map((one) => [one.custom_attribute_id, one]),
		);
		for (const { custom_attribute_id: id, value } of input) {
			const { name } = find('Custom attribute', this.attributes, id);
			values.set(id, { custom_attribute_id: id, custom_attribute_name: name, value });
		}
		return [...values.values()];
	}
}
