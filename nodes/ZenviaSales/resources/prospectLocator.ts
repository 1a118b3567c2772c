import type { INodeProperties } from 'n8n-workflow';
import { type Field, fieldError, type Item, narrowing } from '../../engine/form/fields';
import { ifNotFoundField } from '../../engine/form/ifNotFoundField';
import { inModes, located } from '../../engine/form/located';
import type { Lookup } from '../../engine/form/lookup';
import { readPhone } from '../../engine/form/phone';
import { countryField, onlyPhone, understood } from '../../engine/form/phoneField';
import { byText } from '../../engine/form/resourceLocator';
import { email, text } from '../../engine/form/text';
import { noId, objectId, versionThatFinds } from './fields';
import { type Contact, prospectLookup } from './prospectLookup';

/** What is shown while the prospect is named in one of these ways. */
const inMode = (...modes: string[]) => inModes(versionThatFinds, 'prospectId', modes);
const example = 'e.g. 507f191e810c19729de860ea';
const emailExample = 'e.g. ana@example.com';

const country = countryField({
	displayName: 'Country of Phone Number',
	name: 'prospectCountry',
	...inMode('phone'),
});

const create = {
	name: 'Create Lead',
	value: 'create',
	description: 'Send a lead with this phone number or e-mail first. Needs the scope leads:write.',
};

const ifNotFound = (canCreate: boolean) =>
	ifNotFoundField(
		{
			...inMode('phone', 'email'),
			description: 'What to do if no prospect has this phone number or e-mail address',
		},
		canCreate ? [create] : [],
	);

const source = text({
	displayName: 'Lead Source (UTM)',
	name: 'newLeadSource',
	type: 'string',
	default: '',
	placeholder: 'e.g. website',
	displayOptions: {
		show: { ...inMode('phone', 'email').displayOptions.show, ifNotFound: ['create'] },
	},
	description: 'The source of the lead that is created if there is no prospect',
});

type Form = Pick<INodeProperties, 'description' | 'required'>;

/** As versions before asked for it. */
const plain = (form: Form) =>
	({
		displayName: 'Prospect ID',
		name: 'prospectId',
		type: 'string',
		default: '',
		placeholder: example,
		...form,
	}) as const;

const now = {
	displayName: 'Prospect',
	list: { search: 'searchProspects', placeholder: 'Select a prospect…' },
	by: [
		byText('By Phone Number', 'phone', 'e.g. +55 11 91234-5678'),
		byText('By Email', 'email', emailExample),
	],
};

function locator(form: Form, canCreate: boolean): Field<'prospectId', string> {
	const before = plain(form);
	const named = { ...before, displayName: now.displayName };
	const byEmail = email({ ...named, placeholder: emailExample });
	const other = ifNotFound(canCreate);
	const contactIn = (mode: string, value: unknown, item: Item): Contact | undefined => {
		if (mode === 'email') return { email: byEmail.read(value, item) };
		if (mode === 'phone') return { phoneNumber: phoneIn(named, value, item) };
		return undefined;
	};
	const lookup = (mode: string, value: unknown, item: Item): Lookup | undefined => {
		const contact = contactIn(mode, value, item);
		if (!contact) return undefined;
		return prospectLookup(contact, String(value), {
			ifNotFound: other.read(item.sibling?.(other.name), item),
			source: sourceIn(item, other),
		});
	};
	const settings = canCreate ? [country, other, source] : [country, other];
	return located({
		since: versionThatFinds,
		before,
		now: { ...now, description: form.description },
		id: objectId,
		finds: { lookup, standIn: noId, settings },
	});
}

function phoneIn(property: INodeProperties, value: unknown, item: Item): string {
	const one = onlyPhone(property, value);
	const origin = country.read(item.sibling?.(country.name), item);
	const read = readPhone(one, origin, country.property.displayName);
	return understood(property, one, read, item).e164;
}

function sourceIn(item: Item, other: Field<string, string>): string {
	if (other.read(item.sibling?.(other.name), item) !== 'create') return '';
	const value = source.read(item.sibling?.(source.name), item).trim();
	if (value === '') throw fieldError(source.property, 'is empty', 'Enter it, e.g. website.');
	return value;
}

/** The prospect that something is done for: where there is none, one may be made. */
export const prospectId = locator({ required: true, description: 'The prospect (contact)' }, true);

/** A prospect that has to be there. */
export const knownProspectId = locator(
	{ required: true, description: 'The prospect (contact)' },
	false,
);

/** @param found what the list holds, as in "quote" */
export const optionalProspectId = (found: string) =>
	narrowing(
		found,
		locator(
			{ description: 'Only what belongs to this prospect (contact). Leave empty for all.' },
			false,
		),
	);
