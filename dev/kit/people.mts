/** Somebody who is in a demo's account. */
export interface Person {
	firstName: string;
	lastName: string;
	email: string;
	/** As E.164. */
	phone: string;
	occupation: string;
	company: string;
	/** What they wrote. */
	says: string;
}

const names = [
	['Ana', 'Souza', 'Head of Sales', 'How much is it?'],
	['Jorge', 'Lima', 'Founder', 'Is it still for sale?'],
	['Camila', 'Rocha', 'Buyer', 'Can I see it on Friday?'],
	['Nathan', 'Smith', 'CTO', 'Does it come in blue?'],
	['Amina', 'Okafor', 'Head of Growth', 'Please call me tomorrow'],
	['Lucia', 'Fernandez', 'Marketing Manager', 'Which sizes do you have?'],
	['Pedro', 'Alves', 'Director', 'Do you deliver to Recife?'],
	['Mei', 'Tanaka', 'Product Manager', 'Thank you, that helps'],
] as const;

/** Who is in a demo's accounts; nobody of them exists. */
export const people: Person[] = names.map(([firstName, lastName, occupation, says], n) => ({
	...{ firstName, lastName, occupation, says },
	email: `${firstName}.${lastName}@example.com`.toLowerCase(),
	phone: `+55119000000${10 + n}`,
	company: n % 2 === 0 ? 'Example Ltda' : 'Sample GmbH',
}));
