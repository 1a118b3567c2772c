import { invisible } from './invisible';

/**
 * What a spreadsheet takes for the beginning of a formula: = + - @, the same as full-width signs, and what stands in
 * front of them unseen (OWASP, CSV Injection), blanks and invisible characters among it, which some leave out. The
 * examples have the same in "Keep Formulas Out".
 */
export const formulaStart = new RegExp(
	String.raw`^(?:[\t\r\n]|[\s${invisible}]*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20])`,
	'u',
);

/** A text as a spreadsheet shows it and does not run it: with an apostrophe in front where it would be a formula. */
export const withoutFormula = (text: string): string =>
	formulaStart.test(text) ? `'${text}` : text;
