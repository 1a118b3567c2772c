import type { INodeProperties } from 'n8n-workflow';
import { choice } from '../../engine/form/choice';
import { isNothing, pickedValue } from '../../engine/form/empty';
import { type Field, field, fieldError, type Item, narrowing } from '../../engine/form/fields';
import { readPhone } from '../../engine/form/phone';
import { countryField, onlyPhone, understood } from '../../engine/form/phoneField';
import { byText, modeOf, resourceLocator } from '../../engine/form/resourceLocator';
import { email, text } from '../../engine/form/text';
import { objectId } from './fields';
import { type Contact, prospectLookup } from './prospectLookup';

/** The first version whose form finds a prospect by phone or e-mail; older ones ask for its ID. */
export const versionThatFinds = 1.2;

/** With a slash: n8n 1.x can order no parameters of which one is shown by what is none of them, such as a locator's mode. */
const mode = '/prospectId.mode';
const since = { '@version': [{ _cnd: { gte: versionThatFinds } }] };
const example = 'e.g. 507f191e810c19729de860ea';
const emailExample = 'e.g. ana@example.com';

/** The ID that a form goes on with while it is not known whose it is: nothing is sent with it. */
const standIn = '0'.repeat(24);

const country = countryField({
	displayName: 'Country of Phone Number',
	name: 'prospectCountry',
	displayOptions: { show: { ...since, [mode]: ['phone'] } },
});

const fail = { name: 'Fail', value: 'fail', description: 'Stop before anything is sent' };
const skip = {
	name: 'Skip',
	value: 'skip',
	description: 'Skip this item. It is returned with skipped: true and the reason.',
};
const create = {
	name: 'Create Lead',
	value: 'create',
	description: 'Send a lead with this phone number or e-mail first. Needs the scope leads:write.',
};

const ifNotFound = (canCreate: boolean) =>
	choice({
		displayName: 'If Not Found',
		name: 'ifNotFound',
		type: 'options',
		default: 'fail',
		options: canCreate ? [create, fail, skip] : [fail, skip],
		displayOptions: { show: { ...since, [mode]: ['phone', 'email'] } },
		description: 'What to do if no prospect has this phone number or e-mail address',
	});

const source = text({
	displayName: 'Lead Source (UTM)',
	name: 'newLeadSource',
	type: 'string',
	default: '',
	placeholder: 'e.g. website',
	displayOptions: {
		show: { ...since, [mode]: ['phone', 'email'], ifNotFound: ['create'] },
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

const located = ({ description, ...form }: Form) =>
	resourceLocator({
		displayName: 'Prospect',
		name: 'prospectId',
		...form,
		description,
		list: { search: 'searchProspects', placeholder: 'Select a prospect…' },
		by: [
			byText('By Phone Number', 'phone', 'e.g. +55 11 91234-5678'),
			byText('By Email', 'email', emailExample),
		],
		byId: { placeholder: example },
	});

function locator(form: Form, canCreate: boolean): Field<'prospectId', string> {
	const [now, before] = [located(form), plain(form)];
	const [byId, byOldId] = [objectId(now), objectId(before)];
	const byEmail = email({ ...before, displayName: now.displayName, placeholder: emailExample });
	const other = ifNotFound(canCreate);
	const contactIn = (raw: unknown, item: Item): Contact | undefined => {
		const mode = modeOf(raw);
		const value = pickedValue(raw);
		if (isNothing(value)) return undefined;
		if (mode === 'email') return { email: byEmail.read(value, item) };
		if (mode === 'phone') return { phoneNumber: phoneIn(now, value, item) };
		return undefined;
	};
	return {
		...field(now, (raw, item): string => {
			if ((item.version ?? versionThatFinds) < versionThatFinds) return byOldId.read(raw, item);
			const contact = contactIn(raw, item);
			if (!contact) return byId.read(raw, item);
			const lookup = prospectLookup(contact, String(pickedValue(raw)), {
				ifNotFound: other.read(item.sibling?.(other.name), item),
				source: sourceIn(item, other),
			});
			item.lookUp?.(now.name, { property: now, lookup });
			return standIn;
		}),
		since: versionThatFinds,
		property: { ...now, displayOptions: { show: since } },
		alternative: {
			...before,
			displayOptions: { show: { '@version': [{ _cnd: { lt: versionThatFinds } }] } },
		},
		settings: canCreate ? [country, other, source] : [country, other],
	};
}

function phoneIn(property: INodeProperties, value: unknown, item: Item): string {
	const one = onlyPhone(property, value);
	const read = readPhone(one, country.read(item.sibling?.(country.name), item));
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
