import { isBlank } from './invisible';

/**
 * What was chosen of a list whose choices a person may also give as an expression: a list, a single one, or a text with
 * commas, semicolons or line breaks between. What holds nothing is no choice.
 */
export function chosenIn(raw: unknown): string[] {
	const all: unknown[] = typeof raw === 'string' ? raw.split(/[,;\n]/) : [raw].flat();
	return all
		.filter((one) => one !== undefined && one !== null && !isBlank(String(one)))
		.map((one) => String(one).trim());
}
