import { fieldError } from '../form/fields';
import type { Asked, IfExists } from '../form/lookup';
import { quote } from '../util/text';
import type { Lookups } from './lookups';

/** Whose a contact is. */
interface Owner {
	/** Somebody who is there, by the ID, or whom an item makes: the same for all contacts of one. */
	person: string;
	/** What is wrong with the contact, as goes on behind its value. */
	has: string;
	/** Whether it was an earlier item that named it. */
	isNamed: boolean;
}

/** What to do about somebody who is there. */
export const ifThere = "Choose Skip or Update in 'If It Exists', or leave the item out.";

/** What is wrong with a contact that somebody has. @param id left out where only the vendor's refusal tells of it */
export const isThere = ({ lookup: { entered, thing } }: Asked, id?: string): string =>
	`is ${quote(entered)}, ${hasIt(id === undefined ? `a ${thing}` : `${thing} ${id}`)}`;

const hasIt = (who: string): string => `which ${who} has`;

/**
 * Whose the contacts of a run's items are, told before anything is sent: who is made for an earlier item is there when
 * a later one has its turn, since the items of one person keep their order.
 */
export class People {
	/** By the key of the contact's look-up. */
	private readonly named = new Map<string, Owner>();

	/**
	 * @param lookups has looked for all contacts
	 * @throws FieldError where the item may not be sent
	 */
	place(index: number, { do: chosen, contacts }: IfExists, lookups: Lookups): void {
		const known = contacts.flatMap((asked) => {
			const owner = this.ownerOf(asked, lookups);
			return owner ? [{ asked, owner }] : [];
		});
		const [first] = known;
		const isRefused = chosen === 'fail' && first !== undefined;
		if (chosen === 'update') refuseSeveral(known);
		if (!isRefused || known.every(({ owner }) => owner.isNamed)) {
			const item = `item ${index}`;
			const own = {
				person: first?.owner.person ?? item,
				has: `${hasIt(item)}, too`,
				isNamed: true,
			};
			for (const { lookup } of contacts)
				if (!this.named.has(lookup.key)) this.named.set(lookup.key, own);
		}
		if (isRefused) throw fieldError(first.asked.property, whatOf(first), ifThere);
	}

	private ownerOf(asked: Asked, lookups: Lookups): Owner | undefined {
		const { key, thing } = asked.lookup;
		const found = lookups.has(asked) ? lookups.of(asked) : undefined;
		if (!found) return this.named.get(key);
		const person = `${thing} ${found.id}`;
		return { person, has: hasIt(person), isNamed: false };
	}
}

/** A contact, and whose it is. */
interface Known {
	asked: Asked;
	owner: Owner;
}

/** One is updated: nobody gets the phone number of another. */
function refuseSeveral(known: readonly Known[]): void {
	const [first] = known;
	const other = known.find(({ owner }) => owner.person !== first?.owner.person);
	if (!first || !other) return;
	const isMade = first.owner.isNamed || other.owner.isNamed;
	const hint = isMade ? 'Correct the rows.' : 'Update one of them by its ID.';
	const whose = `${quote(first.asked.lookup.entered)} is that of ${first.owner.person}. ${hint}`;
	throw fieldError(other.asked.property, whatOf(other), whose);
}

const whatOf = ({ asked: { lookup }, owner }: Known): string =>
	`is ${quote(lookup.entered)}, ${owner.has}`;
