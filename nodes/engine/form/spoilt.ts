import { pickedValue } from './empty';
import { quote } from '../util/text';

/** Why a value stands for no value at all, as the parts of a sentence. */
export interface Spoilt {
	what: string;
	hint: string;
}

/**
 * What spreadsheets write into a cell whose formula has no result: Excel, Google Sheets and LibreOffice in English,
 * Portuguese and Spanish (Microsoft, "How to correct a # error"; LibreOffice Help, "Error Codes in LibreOffice Calc").
 */
const cellErrors = new Set(
	[
		'#DIV/0! #N/A #NAME? #NULL! #NUM! #REF! #VALUE! #SPILL! #CALC! #FIELD! #BLOCKED! #CONNECT! #BUSY! #UNKNOWN!',
		'#EXTERNAL! #PYTHON! #TIMEOUT! #GETTING_DATA #ERROR!',
		'#N/D #N/DISP #NOME? #NULO! #NÚM! #NÚM.! #VALOR! #DESPEJAR! #DERRAMAR! #CÁLC! #CAMPO! #ERRO!',
		'#¡DIV/0! #¿NOMBRE? #¡NULO! #¡NUM! #¡NÚM! #¡REF! #¡VALOR! #¡DESBORDAMIENTO! #¡CALC! #¡CAMPO! #NOMBRE? #NUM!',
	].flatMap((line) => line.split(' ')),
);

/** LibreOffice numbers its other errors; a column that is too narrow is saved as it is shown. */
const otherCellErrors = /^(?:(?:Err|Erro|Error):\d{3}|#{3,})$/i;

/** What JavaScript makes of a value that is none, where it is put into a text. */
const scriptWords = new Set([
	'NaN',
	'Infinity',
	'-Infinity',
	'undefined',
	'Invalid Date',
	'Invalid DateTime',
]);
const objectAsText = /\[object [A-Z]\w*\]/;

/** No word for an error is longer, with the blanks that may be around it. */
const longestWord = 40;

/** @returns why a value cannot be meant, or undefined where it can */
export function spoilt(raw: unknown): Spoilt | undefined {
	const value = pickedValue(raw);
	const text = typeof value === 'number' ? String(value) : timeAsText(value);
	if (typeof text !== 'string') return undefined;
	const word = text.length > longestWord ? '' : text.trim();
	if (cellErrors.has(word.toUpperCase()) || otherCellErrors.test(word)) {
		return {
			what: `is ${quote(word)}, which a spreadsheet writes when a formula has no result`,
			hint: 'Correct the cell.',
		};
	}
	if (scriptWords.has(word)) {
		return { what: `is ${quote(word)}, which is not a value`, hint: 'Check what it is made from.' };
	}
	if (objectAsText.test(text)) {
		return {
			what: `is ${quote(text)}, which was made from an object`,
			hint: 'Take a value from inside the object.',
		};
	}
	return undefined;
}

const asLiteral = (word: string): string => word.replace(/[.?/]/g, String.raw`\$&`);
const unmeant = [...cellErrors, 'NaN', 'Invalid DateTime', 'Invalid Date', 'undefined'];
const unmeantPart = new RegExp(
	String.raw`(?<![\p{L}\p{N}_])(?:${unmeant.map(asLiteral).join('|')})(?![\p{L}\p{N}_])`,
	'gu',
);

/**
 * The same of a word inside a text that an expression put together.
 * @param written the expression: what it says itself is meant
 */
export function spoiltPart(text: string, written: string): Spoilt | undefined {
	const [found] = (text.match(unmeantPart) ?? []).filter((word) => !written.includes(word));
	const wrong = found === undefined || found === text.trim() ? undefined : spoilt(found);
	return wrong && { ...wrong, what: wrong.what.replace(/^is /, 'holds ') };
}

/** A moment as an expression has it: JavaScript's Date, or Luxon's DateTime by its toISO. */
export type Time = Date | { toISO(): string | null };

/** Whether a value is a moment; the Date of another realm, such as a sandbox, is one too. */
export const isTime = (value: unknown): value is Time =>
	typeof value === 'object' &&
	value !== null &&
	(Object.prototype.toString.call(value) === '[object Date]' ||
		('toISO' in value && typeof value.toISO === 'function'));

/** A moment as ISO 8601 text, one that is none by its word for that. @returns anything else as it is */
export function timeAsText(value: unknown): unknown {
	if (!isTime(value)) return value;
	if ('toISO' in value) return value.toISO() ?? String(value);
	return Number.isNaN(value.getTime()) ? String(value) : toSecond(value).toISOString();
}

/** n8n's library for spreadsheets gives some times of an .ods file a millisecond short of their second (SheetJS 0.20.3). */
const toSecond = (date: Date): Date =>
	date.getUTCMilliseconds() === 999 ? new Date(date.getTime() + 1) : date;
