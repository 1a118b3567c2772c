import type { Journal } from '../../../kit/simulator.mts';
import { find } from './answers.mts';
import { BITS, type Contact, sevenDigitTime } from './model.mts';

const FIRST_CONTACT_ID = 46_875_434;

/** What an import or a change may set. */
export type ContactInput = Partial<
	Pick<
		Contact,
		'FirstName' | 'LastName' | 'Location' | 'Occupation' | 'Industry' | 'Email' | 'Phone'
	>
>;

/** The contacts of all campaigns. */
export class Contacts {
	readonly byId = new Map<number, Contact>();
	private readonly byIdentifier = new Map<string, Contact[]>();

	constructor(private readonly journal: Journal) {}

	/**
	 * Adds a contact. One that the account has already is added once more and marked as a duplicate;
	 * that the vendor does so is inferred from the name of the bit.
	 */
	import(
		campaignId: number,
		identifier: string,
		input: ContactInput,
		custom: Record<string, string> = {},
	): Contact {
		const others = this.withIdentifier(identifier);
		const now = sevenDigitTime();
		const contact: Contact = {
			MemberId: FIRST_CONTACT_ID + this.byId.size,
			FirstName: null,
			LastName: null,
			Location: null,
			Occupation: null,
			Industry: null,
			Email: null,
			Phone: null,
			...input,
			PublicIdentifier: identifier,
			LastModifiedAt: now,
			AddedAt: now,
			ConnectedAt: null,
			CampaignId: campaignId,
			status: BITS.MEMBER_IMPORTED + (others.length > 0 ? BITS.MEMBER_DUPLICATE : 0),
			isMuted: false,
			custom,
			messages: [],
		};
		this.byId.set(contact.MemberId, contact);
		this.byIdentifier.set(identifier.toLowerCase(), [...others, contact]);
		this.journal.add('contact.import', contact.MemberId, `${campaignId}/${identifier}`);
		return contact;
	}

	get(id: unknown): Contact {
		return find('Member', this.byId, id);
	}

	withIdentifier(identifier: string): Contact[] {
		return this.byIdentifier.get(identifier.toLowerCase()) ?? [];
	}

	update(id: unknown, input: ContactInput): Contact {
		const contact = Object.assign(this.get(id), input, { LastModifiedAt: sevenDigitTime() });
		this.journal.add('contact.update', contact.MemberId, JSON.stringify(input));
		return contact;
	}

	delete(id: unknown): void {
		const contact = this.get(id);
		const key = contact.PublicIdentifier.toLowerCase();
		this.byId.delete(contact.MemberId);
		this.byIdentifier.set(
			key,
			this.withIdentifier(key).filter((other) => other !== contact),
		);
		this.journal.add('contact.delete', contact.MemberId, String(contact.MemberId));
	}

	inCampaign(campaignId: number): Contact[] {
		return [...this.byId.values()].filter(({ CampaignId }) => CampaignId === campaignId);
	}
}
