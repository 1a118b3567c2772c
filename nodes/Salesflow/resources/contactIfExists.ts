import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { compact } from '../../engine/form/filled';
import { ifExistsField, isChosen } from '../../engine/form/ifExistsField';
import type { IfExists } from '../../engine/form/lookup';
import type { Request } from '../../engine/http/request';
import { contactLookup, idOf } from './contactLookup';
import { identifierOfProfile } from './linkedIn';

/** What to do where the account has a profile. */
export const ifExists = ifExistsField({
	description:
		'What to do if a campaign of the account has the LinkedIn profile. All but Add Again look first, 20 profiles to a request.',
	update: 'Change the names, location and occupation of the contact. It stays in its campaign.',
	before: {
		name: 'Add Again',
		value: 'import',
		description: 'Add it again. Salesflow marks it as a duplicate.',
	},
});

interface ImportValues {
	ifExists: string;
	linkedInUrl: string;
	additionalFields: IDataObject;
}

/** What is done in place of importing a profile that the account has; `change` changes a contact. */
export function existingContact(
	{ ifExists: chosen, linkedInUrl, additionalFields }: ImportValues,
	property: INodeProperties,
	change: (id: string, values: IDataObject) => Request,
): IfExists | undefined {
	if (!isChosen(chosen)) return undefined;
	const identifier = identifierOfProfile(linkedInUrl) ?? linkedInUrl;
	const { firstName, lastName, location, occupation, ...custom } = additionalFields;
	const changes = compact({ firstName, lastName, location, occupation });
	const left = Object.keys(compact(custom));
	return {
		do: chosen,
		contacts: [
			{
				property,
				lookup: {
					...contactLookup(identifier, { do: 'skip' }),
					anyWillDo: chosen !== 'update',
					ifSeveral: 'Change one of them with Contact: Update, and set If It Exists to Skip.',
				},
			},
		],
		idIn: idOf,
		asRecord: (id) => (id === '' ? {} : { MemberId: Number(id) }),
		update: (id) => (Object.keys(changes).length > 0 ? change(id, changes) : undefined),
		// SEED, UpdateContact: it has no custom fields.
		...(left.length > 0 && {
			warning: `Salesflow cannot update these fields of a contact: ${left.join(', ')}.`,
		}),
	};
}
