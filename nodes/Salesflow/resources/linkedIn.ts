import { checked, nameLike, plainText } from '../../engine/form/text';
import {
	field,
	fieldError,
	type Item,
	type Property,
	readsAsMeant,
} from '../../engine/form/fields';
import { quote } from '../../engine/util/text';
import { identifierIn, identifierInAddress, type NoProfile } from './profile';

/** What version 1 of the node takes: linkedin.com/in/<public identifier>, with or without scheme, country, further path and query. */
const profile = /^(?:https?:\/\/)?(?:[a-z]{2,3}\.)?linkedin\.com\/in\/([^/?#\s]+)(?:[/?#]\S*)?$/i;

/** No LinkedIn identifier comes near this length; a longer text is a wrong column. */
const longestIdentifier = 200;

const isIdentifier = (text: string): boolean =>
	/^[^\s/?#]+$/.test(text) &&
	text.length <= longestIdentifier &&
	text.isWellFormed() &&
	text !== '.' &&
	text !== '..';

/**
 * The public identifier in the address of a LinkedIn profile, as it is written there.
 * @returns undefined where the text is no such address
 */
export function identifierOfProfile(text: string): string | undefined {
	const identifier = profile.exec(text)?.[1];
	return identifier !== undefined && isIdentifier(identifier) ? identifier : undefined;
}

/** The public identifier that a text is, or that the address of a profile holds. */
function identifierOf(text: string): string | undefined {
	if (isIdentifier(text) && !/linkedin\.com$/i.test(text)) return text;
	return identifierOfProfile(text);
}

/** What two spellings of one identifier share: LinkedIn minds neither case, nor percent-encoding, nor which of Unicode's forms. */
export const sameIdentifier = (identifier: string): string =>
	readableIdentifier(identifier).normalize('NFC').toLowerCase();

/** An identifier as people read it, without percent-encoding. */
export function readableIdentifier(identifier: string): string {
	try {
		return decodeURIComponent(identifier);
	} catch {
		return identifier;
	}
}

const isRead = (read: string | NoProfile): read is string => typeof read === 'string';

/** A field that holds a profile, as it was copied; goes out percent-encoded, as browsers copy it. */
const copied = <const Name extends string>(
	property: Property<Name>,
	identify: (text: string) => string | NoProfile,
) =>
	field(property, (raw, item): string => {
		const text = nameLike(property, plainText(property, raw, item), item);
		const read = identify(text);
		if (isRead(read)) return encodeURIComponent(read);
		throw fieldError(property, `is ${quote(text)}, ${read.why}`, read.hint);
	});

/** The address of a profile; goes out in the form of SEED's example, without what was added to track it. */
export function profileUrl<const Name extends string>(property: Property<Name>) {
	const asWritten = checked(
		property,
		(text) => identifierOfProfile(text) !== undefined,
		'not the address of a LinkedIn profile',
	);
	const asCopied = copied(property, identifierInAddress);
	const identifierFrom = (raw: unknown, item: Item) =>
		readsAsMeant(item)
			? asCopied.read(raw, item)
			: (identifierOfProfile(asWritten.read(raw, item)) ?? '');
	return field(property, (raw, item) => `https://linkedin.com/in/${identifierFrom(raw, item)}`);
}

/** A public identifier, or the address of the profile that it is in. */
export function publicIdentifier<const Name extends string>(property: Property<Name>) {
	const asWritten = checked(
		property,
		(text) => identifierOf(text) !== undefined,
		'neither a public identifier nor the address of a LinkedIn profile',
	);
	const asCopied = copied(property, identifierIn);
	return field(property, (raw, item) =>
		readsAsMeant(item) ? asCopied.read(raw, item) : (identifierOf(asWritten.read(raw, item)) ?? ''),
	);
}
