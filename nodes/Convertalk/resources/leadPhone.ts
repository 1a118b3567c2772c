import { field, type Item } from '../../engine/form/fields';
import { isPhone, joinPhone, readPhone } from '../../engine/form/phone';
import {
	onlyPhone,
	phoneFormatOf,
	phoneSettings,
	understood,
	visible,
} from '../../engine/form/phoneField';
import { checked, text } from '../../engine/form/text';

const dialCodeProperty = {
	displayName: 'Dial Code',
	name: 'dialCode',
	type: 'string',
	default: '',
	placeholder: 'e.g. +55',
	description:
		'The dial code of the country, with its plus sign. Leave it out if the phone begins with it.',
} as const;

const phoneProperty = {
	displayName: 'Phone',
	name: 'phone',
	type: 'string',
	default: '',
	placeholder: 'e.g. +55 11 98765 4321',
	description:
		'The number. With Phone Format: Normalise it may begin with its dial code, otherwise it is sent as you entered it.',
} as const;

/** SEED, dialCode: 'Dial Code including "+" sign'. */
const strictDialCode = checked(
	dialCodeProperty,
	(value) => /^\+[1-9]\d{0,3}$/.test(value),
	'not a dial code with its plus sign',
);

/** A spreadsheet takes +55 for a number, and keeps 55. */
const withPlus = (raw: unknown): unknown =>
	typeof raw === 'string' || typeof raw === 'number'
		? String(raw).replace(/^\s*(?:00)?(?=\d{1,4}\s*$)/, '+')
		: raw;

/** The country code of a lead's phone number, such as +55. */
export const dialCode = field(dialCodeProperty, (raw, item) =>
	strictDialCode.read(phoneFormatOf(item).isRead ? withPlus(raw) : raw, item),
);

/** The number as it was entered; with its dial code, `leadPhone` reads it. */
export const enteredPhone = {
	...field(phoneProperty, (raw) => raw),
	settings: phoneSettings,
};

/**
 * The dial code and the number of a lead, which the vendor takes apart from each other, from one value or from two.
 * Stored numbers may have their national 0 in front, or begin with + themselves (see docs/convertalk.md).
 * @returns the two, so far as something was entered
 * @throws UserError for what is not a phone number
 */
export function leadPhone(
	{ dialCode: code, phone: raw }: { dialCode?: string; phone?: unknown },
	item: Item,
): { dialCode?: string; phone?: string } {
	if (raw === undefined) return {};
	const { isRead, country } = phoneFormatOf(item);
	if (!isRead) return { phone: text(phoneProperty).read(visible(phoneProperty, raw), item) };
	const one = onlyPhone(phoneProperty, raw);
	if (one === undefined) return {};
	const read = code ? joinPhone(code, one) : readPhone(one, country);
	const { dialCode, national } = understood(phoneProperty, one, read, item);
	return { dialCode, phone: national };
}

/** A dial code with its plus, which the vendor leaves out of its answers. */
export const withPlusSign = (prefix: unknown): string | undefined =>
	prefix ? `+${String(prefix).replace(/^\+/, '')}` : undefined;

/**
 * The number of a stored lead in E.164, if that can be told: it may have its national 0 in front, or begin with + itself.
 */
export function storedPhone(prefix: unknown, number: unknown): string | undefined {
	if (number === undefined || number === null || number === '') return undefined;
	const dialCode = withPlusSign(prefix);
	const joined = dialCode ? joinPhone(dialCode, number) : readPhone(number);
	if (isPhone(joined)) return joined.e164;
	// Its own country code counts more than one that stands beside it.
	const own = readPhone(number);
	return isPhone(own) && !own.withoutPlus ? own.e164 : undefined;
}
