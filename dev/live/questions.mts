/** What one answer, or one delivery of a webhook (`operation` is then "delivery"), showed. */
export interface Seen {
	operation: string;
	status: number;
	/** By their names in small letters. */
	headers: Record<string, string>;
	body?: unknown;
	/** The event in the address of a delivery. */
	event?: string;
	/** The headers that the probe of a question left out. */
	without?: readonly string[];
}

/** Something that no document of the vendor settles, and that its answers can. */
export interface Question {
	asks: string;
	/** What contract and nodes go by until then; one of the words that `answers` gives, where answers can settle it. */
	inferred: string;
	/**
	 * What an answer says to it, in words of this project or in a fixed word of the vendor's, such as a status. Never
	 * a value of somebody's.
	 */
	answers(seen: Seen): string | readonly string[] | undefined;
	/** The headers to leave out in requests of their own that the question needs; each is one request of `operation`. */
	probe?: { operation: string; without: ReadonlyArray<readonly string[]> };
}

export type Settled = 'as inferred' | 'otherwise' | 'open';

/** A question, and how often each answer was given to it. */
export interface Asked {
	question: Question;
	given: ReadonlyMap<string, number>;
}

/** Puts the open questions of a vendor to all that it answers. */
export class Questions {
	private readonly given: Map<Question, Map<string, number>>;

	constructor(questions: readonly Question[]) {
		this.given = new Map(questions.map((question) => [question, new Map<string, number>()]));
	}

	hear(seen: Seen): void {
		for (const [question, counts] of this.given) {
			for (const word of [question.answers(seen) ?? []].flat())
				counts.set(word, (counts.get(word) ?? 0) + 1);
		}
	}

	get asked(): Asked[] {
		return [...this.given].map(([question, given]) => ({ question, given }));
	}
}

/** One answer that is not what was inferred settles it otherwise, whatever others said. */
export function settled({ question, given }: Asked): Settled {
	if (given.size === 0) return 'open';
	return [...given.keys()].every((word) => word === question.inferred)
		? 'as inferred'
		: 'otherwise';
}

/** The part of the report about open questions; no line where a vendor has none. */
export function questionLines(asked: readonly Asked[]): string[] {
	if (asked.length === 0) return [];
	const count = (verdict: Settled) => asked.filter((one) => settled(one) === verdict).length;
	const lines = asked.map((one) => {
		const said = [...one.given].map(([word, times]) => `${word} (${times})`).join(', ');
		const { asks, inferred } = one.question;
		switch (settled(one)) {
			case 'open':
				return `    ${asks}: nothing told of it. Inferred: ${inferred}`;
			case 'as inferred':
				return `    ${asks}: ${said}. As inferred`;
			case 'otherwise':
				return `    ${asks}: ${said}. Inferred was: ${inferred}`;
		}
	});
	const head = `Open questions: ${count('as inferred')} settled as inferred, ${count('otherwise')} otherwise, ${count('open')} still open`;
	return [head, ...lines, ''];
}
