import type { IDataObject } from 'n8n-workflow';
import type { Field } from '../../engine/form/fields';
import { compact } from '../../engine/form/filled';
import { ifExistsField, isChosen } from '../../engine/form/ifExistsField';
import type { IfExists } from '../../engine/form/lookup';
import { patch } from '../../engine/http/request';
import { contactsOf, madeProspectId } from './prospectLookup';

/** What to do where the person of a lead is there. */
export const ifExists = ifExistsField({
	update: 'Change names of the prospect, and add the e-mail and the phone number',
	before: {
		name: 'Join',
		value: 'join',
		description: 'Send the lead: Zenvia adds it to the prospect, or makes another one later on',
	},
	description:
		'What to do if a prospect has one of the e-mail addresses or phone numbers. All but Join look first.',
});

/** What a lead's form holds, as far as it matters here. */
interface LeadValues {
	ifExists: string;
	emails: string[];
	phones: string[];
	product: object;
	history: unknown[];
	additionalFields: IDataObject;
}

/** Updates the prospect that has one of the lead's contacts, and says what of the lead it cannot take. */
export function existingProspect(
	values: LeadValues,
	fields: Record<'emails' | 'phones' | 'history' | 'product' | 'additionalFields', Field>,
): IfExists | undefined {
	const { ifExists: chosen, emails: addresses, phones: numbers, additionalFields } = values;
	if (!isChosen(chosen)) return undefined;
	const { firstName, lastName, ...rest } = additionalFields;
	const { emails, phones, history, product } = fields;
	const label = ({ property }: Field): string => property.displayName;
	const left = [
		...(fields.additionalFields.members ?? []).filter(({ name }) => name in rest).map(label),
		...(addresses.length > 1 ? [`${label(emails)} but the first`] : []),
		...(numbers.length > 1 ? [`${label(phones)} but the first`] : []),
		...(values.history.length > 0 ? [label(history)] : []),
		...(Object.keys(values.product).length > 0 ? [label(product)] : []),
	];
	return {
		do: chosen,
		contacts: contactsOf(addresses, numbers, {
			emails: emails.property,
			phones: phones.property,
		}),
		idIn: madeProspectId,
		update: (id) => ({
			...patch`/prospect/${id}`,
			body: compact({ firstName, lastName, email: addresses[0], phone: numbers[0] }),
		}),
		...(left.length > 0 && {
			warning: `Zenvia cannot update these fields of a prospect: ${left.join(', ')}.`,
		}),
	};
}
