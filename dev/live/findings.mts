import type { Confidence } from './contract.mts';

/** What the answers of one operation showed of one field. */
export interface Field {
	path: string;
	confidence: Confidence;
	/** How often each type was seen. */
	types: Map<string, number>;
	/** What differs from the contract, and how often. */
	problems: Map<string, number>;
	/** Why nothing can be told of it, where it was never seen. */
	reason?: string;
}

export type Verdict = 'differs' | 'untold' | 'agrees';

/** What the answers of one operation showed: names and types of fields, and no value. */
export class Findings {
	readonly fields = new Map<string, Field>();
	/** Statuses and content types of its answers. */
	readonly answers = new Map<string, number>();

	constructor(
		readonly operation: string,
		readonly confidence: Confidence,
	) {}

	answered(status: number, mediaType: string): void {
		count(this.answers, `${status} ${mediaType}`.trim());
	}

	seen(path: string, confidence: Confidence, type: string): void {
		count(this.field(path, confidence).types, type);
	}

	differs(path: string, confidence: Confidence, problem: string, type?: string): void {
		const field = this.field(path, confidence);
		count(field.problems, problem);
		if (type !== undefined) count(field.types, type);
	}

	/** Nothing was seen of it this time; another record may still show it. */
	untold(path: string, confidence: Confidence, reason: string): void {
		this.field(path, confidence).reason ??= reason;
	}

	private field(path: string, confidence: Confidence): Field {
		const known = this.fields.get(path);
		if (known) return known;
		const field: Field = { path, confidence, types: new Map(), problems: new Map() };
		this.fields.set(path, field);
		return field;
	}
}

/** What can be said of a field. Null alone tells nothing of what else it may be. */
export function verdictOf({ types, problems }: Field): Verdict {
	if (problems.size > 0) return 'differs';
	const seen = [...types.keys()].filter((type) => type !== 'null');
	return seen.length > 0 ? 'agrees' : 'untold';
}

/** Why nothing could be told of a field. */
export const reasonOf = ({ types, reason }: Field): string =>
	types.has('null') ? 'only null was seen' : (reason ?? 'it was never there');

function count(counts: Map<string, number>, key: string): void {
	counts.set(key, (counts.get(key) ?? 0) + 1);
}
