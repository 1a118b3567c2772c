import { email as emailField, text, type TextRules } from '../../engine/form/text';
import { phone as phoneField } from '../../engine/form/phoneField';
import { profileUrl, publicIdentifier as identifierField } from './linkedIn';
import { additionalFields, updateFields } from '../../engine/form/fieldSets';

const optional = <const Name extends string>(
	displayName: string,
	name: Name,
	placeholder: string,
	rules?: TextRules,
) => text({ displayName, name, type: 'string', default: '', placeholder }, rules);

// SEED, UpdateContact: the lengths. ImportMember prints none; they end in the same contact (inferred).
const firstName = optional('First Name', 'firstName', 'e.g. John', { maxLength: 63 });
const lastName = optional('Last Name', 'lastName', 'e.g. Smith', { maxLength: 63 });
const location = optional('Location', 'location', 'e.g. New York', { maxLength: 127 });
const occupation = optional('Occupation', 'occupation', 'e.g. CEO', { maxLength: 1023 });
const industry = optional('Industry', 'industry', 'e.g. Marketing', { maxLength: 1023 });
const phone = phoneField(
	{
		displayName: 'Phone',
		name: 'phone',
		type: 'string',
		default: '',
		placeholder: 'e.g. +1 555 012 3458',
	},
	{ maxLength: 1023 },
);
const email = emailField(
	{
		displayName: 'Email',
		name: 'email',
		type: 'string',
		default: '',
		placeholder: 'e.g. john@example.com',
	},
	{ maxLength: 1023 },
);

/** Version 1.10 lets ImportMember take custom fields; the names are those of SEED, Webhooks (inferred). */
const custom = ([1, 2, 3, 4, 5, 6, 7, 8, 9, 10] as const).map((n) =>
	// No document prints a length. It goes into the address, so it gets that of the longest other field.
	text(
		{
			displayName: `Custom ${n}`,
			name: `custom${n}`,
			type: 'string',
			default: '',
			placeholder: 'e.g. Webinar in May',
			description: `Value of custom field ${n} of the campaign`,
		},
		{ maxLength: 1023 },
	),
);

/** The address of a contact's LinkedIn profile. */
export const linkedInUrl = profileUrl({
	displayName: 'LinkedIn URL',
	name: 'linkedInUrl',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. https://www.linkedin.com/in/john-smith-123456',
	description: 'The address of the LinkedIn profile of the contact',
});

/** What LinkedIn calls a profile in its address; read from a whole address too. */
export const publicIdentifier = identifierField({
	displayName: 'LinkedIn URL or Identifier',
	name: 'publicIdentifier',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. john-smith-123456',
	description: 'The last part of the address of a LinkedIn profile, or the whole address',
});

/** What may be said of a new contact. */
export const contactFields = additionalFields([
	...custom,
	firstName,
	lastName,
	location,
	occupation,
]);

/** What may be changed of a contact; an empty field stays as it is. */
export const contactUpdates = updateFields([
	email,
	firstName,
	industry,
	lastName,
	location,
	occupation,
	phone,
]);
