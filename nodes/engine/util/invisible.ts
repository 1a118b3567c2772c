/**
 * Characters that nobody sees, as a regular expression's class: format characters (zero-width, direction marks, soft
 * hyphen, byte order mark), controls but for the blanks among them, and the letters that are drawn as nothing
 * (Unicode, DerivedCoreProperties: Default_Ignorable_Code_Point; U+2800 is a Braille cell without dots).
 */
export const invisible = String.raw`\u034F\u17B4\u17B5\u180B-\u180F\uFE00-\uFE0F\p{Cf}\u0000-\u0008\u000E-\u001F\u007F-\u009F\u115F\u1160\u2800\u3164\uFFA0`;

const hidden = new RegExp(`[${invisible}]`, 'u');
const unseen = new RegExp(`^[\\s${invisible}]$`, 'u');
const nothingSeen = new RegExp(`^[\\s${invisible}]*$`, 'u');

/** Whether a text holds nothing that can be seen: spaces of all kinds, tabs, line breaks, invisible characters. */
export const isBlank = (text: string): boolean => nothingSeen.test(text);

/** A text without the blanks and invisible characters at its ends. */
export function trimInvisible(text: string): string {
	let [start, end] = [0, text.length];
	// By hand: a pattern with $ at its end looks at a long run of blanks once for each of them.
	while (start < end && unseen.test(characterAt(text, start))) start += sizeAt(text, start);
	while (end > start && unseen.test(characterBefore(text, end))) end -= sizeBefore(text, end);
	return text.slice(start, end);
}

/** The first invisible character in a text as Unicode writes it, such as U+200B; undefined where there is none. */
export function invisibleIn(text: string): string | undefined {
	const code = hidden.exec(text)?.[0].codePointAt(0);
	return code === undefined ? undefined : `U+${code.toString(16).toUpperCase().padStart(4, '0')}`;
}

const isLowSurrogate = (unit: number): boolean => unit >= 0xdc00 && unit <= 0xdfff;

const sizeAt = (text: string, at: number): number => ((text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1);
const sizeBefore = (text: string, at: number): number =>
	isLowSurrogate(text.charCodeAt(at - 1)) && at > 1 ? 2 : 1;

const characterAt = (text: string, at: number) => text.slice(at, at + sizeAt(text, at));
const characterBefore = (text: string, at: number) => text.slice(at - sizeBefore(text, at), at);
