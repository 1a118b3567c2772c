import { field, type Item, type Property, versionThatReads } from '../../engine/form/fields';
import { failOrSkip, ifNotFoundField } from '../../engine/form/ifNotFoundField';
import { inModes, located } from '../../engine/form/located';
import type { Lookup } from '../../engine/form/lookup';
import { byText } from '../../engine/form/resourceLocator';
import { isRecord } from '../../engine/util/json';
import { contactLookup } from './contactLookup';
import { numericId } from './fields';
import { publicIdentifier } from './linkedIn';

const name = 'contactId';
const idExample = 'e.g. 46875434';
const urlExample = 'e.g. https://www.linkedin.com/in/john-smith-123456';
const byIdentifier = byText('By Public Identifier', 'publicIdentifier', 'e.g. john-smith-123456');
const byUrl = byText('By LinkedIn URL', 'linkedInUrl', urlExample);

const plain = {
	displayName: 'Contact',
	name,
	type: 'string',
	required: true,
	default: '',
} satisfies Property<'contactId'>;

const contactById = numericId({ ...plain, placeholder: idExample });
const identifierOf = publicIdentifier({ ...plain, placeholder: urlExample });

/** How a contact is named: by its id, or by what LinkedIn calls it. */
export type ContactReference = { memberId: string } | { publicIdentifier: string };

/** A contact by its id, by its public identifier or by the address of its LinkedIn profile. */
export const contactReference = field(
	{
		...plain,
		type: 'resourceLocator',
		default: { mode: 'id', value: '' },
		description: 'The contact to get. By ID also returns its status and campaign.',
		modes: [
			{ displayName: 'By ID', name: 'id', type: 'string', placeholder: idExample },
			byIdentifier,
			byUrl,
		],
	},
	(raw, item): ContactReference => {
		const picked = isRecord(raw) && raw.__rl === true ? raw : { mode: 'id', value: raw };
		if (picked.mode === 'id') return { memberId: contactById.read(picked.value, item) };
		return { publicIdentifier: identifierOf.read(picked.value, item) };
	},
);

const ifNotFound = ifNotFoundField({
	...inModes(versionThatReads, name, [byIdentifier.name, byUrl.name]),
	description: 'What to do if no contact of the account has this LinkedIn profile',
});

function lookup(mode: string, value: unknown, item: Item): Lookup | undefined {
	if (mode !== byIdentifier.name && mode !== byUrl.name) return undefined;
	return contactLookup(
		identifierOf.read(value, item),
		failOrSkip(ifNotFound.read(item.sibling?.(ifNotFound.name), item)),
	);
}

/**
 * A contact that is written to. SEED lists contacts by campaign only, so that there is no list to pick one from: by its
 * LinkedIn profile it is looked up, twenty in a request.
 */
export const contactId = located({
	since: versionThatReads,
	before: {
		...plain,
		displayName: 'Contact ID',
		placeholder: idExample,
		description: 'The ID of the contact, which Salesflow calls MemberId',
	},
	now: {
		displayName: 'Contact',
		description: 'The contact',
		by: [byIdentifier, byUrl],
	},
	id: numericId,
	finds: { lookup, standIn: '0', settings: [ifNotFound] },
});
