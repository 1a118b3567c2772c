/**
 * LinkedIn's public identifiers, in the addresses that people copy. LinkedIn documents no grammar of either; the forms
 * here are those of its own pages, apps and e-mails (inferred).
 */

/** Why a text names no profile, as the end of a sentence, and what to do. */
export interface NoProfile {
	why: string;
	hint: string;
}

/** No address of a profile comes near this length; a longer text is a wrong column. */
const longestText = 2000;
/** The same of an identifier, which has up to 100 letters (LinkedIn Help, "Manage your public profile URL"). */
const longestIdentifier = 200;

/** What stands around an address in a sentence, a list or an e-mail. Braces are a placeholder's that nobody filled in. */
const opening = /^[\s<(["'`“”‘’«@]+/;
const closing = new Set('.,;:!?>)]"\'`“”‘’»/ \t\r\n\u00a0');

/** Any host of LinkedIn's, such as www., m., br., with or without scheme. */
const host =
	/^(?:(?:https?:)?\/{2})?(?:[a-z0-9-]{1,63}\.){0,2}linkedin\.com(?::\d{1,5})?(?=[/?#]|$)/i;
/** The profile itself, in the browser, in its mobile pages (mwlite) and in its e-mails (comm). */
const profilePath = /^\/+(?:comm\/+|mwlite\/+)?(?:profile\/+)?in\/+([^/?#]+)/i;
/** A further profile behind the first; an address inside the query of another has no such sign before it. */
const furtherProfile =
	/[\s,;|](?:https?:\/\/)?[a-z0-9.-]{0,63}linkedin\.com\/{1,9}(?:comm\/{1,9})?in\//i;
/** What an identifier is made of: letters of all languages, digits, hyphens, and emoji of earlier years. */
const identifierLike = /^[\p{L}\p{M}\p{N}_\-\p{Extended_Pictographic}]+$/u;

/**
 * Whose profile LinkedIn shows under these depends on who looks, or they are what a program writes for nothing: "me" is
 * the reader's own, "unavailable" that of somebody who left.
 */
const nobody = new Set(['me', 'unavailable', 'headless', 'null', 'undefined', 'none', 'nan']);

const noAddress: NoProfile = {
	why: 'which is not the address of a LinkedIn profile',
	hint: 'Enter it as in https://www.linkedin.com/in/john-smith-123456.',
};

/**
 * @param text an address as it was copied
 * @returns the identifier in it, decoded, or why there is none
 */
export function identifierInAddress(text: string): string | NoProfile {
	const address = bare(text);
	const start = address.length > longestText ? undefined : host.exec(address)?.[0];
	if (start === undefined) return noAddress;
	const path = address.slice(start.length);
	if (furtherProfile.test(path)) return { why: 'which holds several profiles', hint: 'Enter one.' };
	if (/^\/+(?:comm\/+)?sales(?:\/|$)/i.test(path)) {
		return {
			why: 'which is an address of Sales Navigator',
			hint: "Open the lead and copy 'LinkedIn.com URL'.",
		};
	}
	if (/^\/+(?:comm\/+)?(?:talent|recruiter)(?:\/|$)/i.test(path)) {
		return {
			why: 'which is an address of LinkedIn Recruiter',
			hint: 'Open the public profile and copy its address.',
		};
	}
	return identifierLikeIn(profilePath.exec(path)?.[1] ?? '') ?? noAddress;
}

/** The same of a text that may be the identifier alone, also with /in/ before it. */
export function identifierIn(text: string): string | NoProfile {
	const address = bare(text);
	if (host.test(address)) return identifierInAddress(text);
	const alone = address.length > longestText ? '' : address.replace(/^\/?in\//i, '');
	return (
		identifierLikeIn(alone) ?? {
			why: 'which is neither a public identifier nor the address of a LinkedIn profile',
			hint: noAddress.hint,
		}
	);
}

function identifierLikeIn(written: string): string | undefined {
	const identifier = bare(decoded(written)).normalize('NFC');
	const fits = identifierLike.test(identifier) && identifier.length <= longestIdentifier;
	const isSomebody = /[^_-]/.test(identifier) && !nobody.has(identifier.toLowerCase());
	return fits && isSomebody ? identifier : undefined;
}

/** Some programs encode an address that is encoded already; no identifier has a percent sign. */
function decoded(written: string): string {
	try {
		const once = decodeURIComponent(written);
		return once.includes('%') ? decodeURIComponent(once) : once;
	} catch {
		return '';
	}
}

/** A text without the punctuation around it. */
function bare(text: string): string {
	let end = text.length;
	while (end > 0 && closing.has(text.charAt(end - 1))) end--;
	return text.slice(0, end).replace(opening, '');
}
