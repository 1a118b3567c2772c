import { checked } from '../../engine/form/text';
import { field, type Property } from '../../engine/form/fields';

/** linkedin.com/in/<public identifier>, with or without scheme, country, further path and query. */
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

/** What two spellings of one identifier share: LinkedIn minds neither case nor percent-encoding. */
export function sameIdentifier(identifier: string): string {
	try {
		return decodeURIComponent(identifier).toLowerCase();
	} catch {
		return identifier.toLowerCase();
	}
}

/** The address of a profile; goes out in the form of SEED's example, without what was added to track it. */
export function profileUrl<const Name extends string>(property: Property<Name>) {
	const address = checked(
		property,
		(text) => identifierOfProfile(text) !== undefined,
		'no address of a LinkedIn profile',
	);
	return field(
		property,
		(raw, item) => `https://linkedin.com/in/${identifierOfProfile(address.read(raw, item)) ?? ''}`,
	);
}

/** A public identifier, or the address of the profile that it is in. */
export function publicIdentifier<const Name extends string>(property: Property<Name>) {
	const either = checked(
		property,
		(text) => identifierOf(text) !== undefined,
		'neither a public identifier nor the address of a LinkedIn profile',
	);
	return field(property, (raw, item) => identifierOf(either.read(raw, item)) ?? '');
}
