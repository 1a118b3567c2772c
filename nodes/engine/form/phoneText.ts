import { invisibleIn, isBlank, trimInvisible } from '../util/invisible';

/** Why a value is not a phone number, as the end of a sentence: "Phone is "abc", which has letters. Enter …". */
export interface NoPhone {
	why: string;
	hint: string;
}

/** A phone number as it was written, without what is only there to be read. */
export interface Written {
	digits: string;
	/** Whether a + stood in front of them. */
	hasPlus: boolean;
}

const example = 'Enter the number alone, as in +5511987654321.';

/** The reason for a refusal, and what to do. */
export const noPhone = (why: string, hint = example): NoPhone => ({ why, hint });

const inNotation = noPhone(
	'which a spreadsheet turned into scientific notation',
	'Format the column as text.',
);

/** What keeps a cell a text. */
const quotes = /^["'`´‘’‚“”]+|["'`´‘’‚“”]+$/g;
/** What spreadsheets (="…"), lead forms (p: is Meta's) and links put in front of a number. */
const label =
	/^(?:=(?=["'])|(?:p|tel|telefone|tel[eé]fono|phone|fone|cel|celular|sms|callto|whatsapp)(?:\s{0,9}:|\.\s{0,9}:?)(?:\/\/)?)/i;
const separators = /[\s.·()[\]（）\p{Pd}\u2212]/gu;
const scientific = /^\d{1,3}(?:[.,]\d+)?\s?E\s?[+-]?\s?\d{1,2}$/i;

/** Far above any phone number with its label. */
const longestText = 200;

/**
 * The entries of a list of phone numbers: a list from an expression, or text with ; , / or line breaks between. The
 * comma of "5,51199E+12" and of "5511987654321,0" separates nothing.
 * @returns the entries as they stand, without the blank ones
 */
export function splitPhones(raw: unknown): unknown[] {
	if (Array.isArray(raw)) return raw.flatMap(splitPhones);
	if (raw === undefined || raw === null) return [];
	if (typeof raw !== 'string') return [raw];
	return raw
		.split(/[;\n\r\v\f\u2028\u2029]|,(?!\d+\s?E)(?!0+\s?(?:[;,\n\r]|$))|(?<=\d\s{0,9})\//i)
		.filter((entry) => !isBlank(entry));
}

/**
 * @param raw text or a number
 * @returns its digits, or why they cannot be told
 */
export function readWritten(raw: unknown): Written | NoPhone {
	const text = typeof raw === 'string' ? core(raw) : numberText(raw);
	if (typeof text !== 'string') return text;
	const wrong = wrongIn(text);
	if (wrong) return wrong;
	const plain = text
		.replace(/[.,]0$|(?<=\d{8})[.,]0+$/, '')
		.replace(separators, '')
		// Full-width digits and +, as some keyboards write them.
		.replace(/[\uFF0B\uFF10-\uFF19]/g, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0));
	const [, plus, digits] = /^(\+?)(\d+)$/.exec(plain) ?? [];
	if (digits === undefined) return noPhone('which is not a valid phone number');
	return { digits, hasPlus: plus === '+' };
}

/** A text without what stands around the number. */
function core(text: string): string {
	const shown = trimInvisible(text);
	if (shown.length > longestText) return shown;
	const inner = shown.replace(label, '').replace(quotes, '');
	return inner === shown ? inner : core(inner);
}

/** A number is its digits; one with six zeros at its end is what is left of 5.51199E+12. */
function numberText(raw: unknown): string | NoPhone {
	if (typeof raw !== 'number' && typeof raw !== 'bigint') {
		return noPhone('which is not a valid phone number');
	}
	const text = String(raw);
	if (/e/.test(text) || /^\d{5,}000000$/.test(text)) return inNotation;
	return /^\d+$/.test(text) ? text : noPhone('which is not a whole number');
}

function wrongIn(text: string): NoPhone | undefined {
	if (text === '') return noPhone('which is empty');
	if (text.length > longestText) return noPhone('which is not a valid phone number');
	if (scientific.test(text)) return inNotation;
	const hidden = invisibleIn(text);
	if (hidden)
		return noPhone(`which has an invisible character inside (${hidden})`, 'Type it again.');
	if (/\p{L}/u.test(text)) return noPhone('which has letters');
	if (/^[\p{Pd}\u2212]/u.test(text)) return noPhone('which is a negative number');
	if (/\d{8}[.,](?!0+$)\d{1,2}$/.test(text)) return noPhone('which has a fraction');
	return undefined;
}
