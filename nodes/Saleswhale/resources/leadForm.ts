import { type IDataObject, UserError } from 'n8n-workflow';
import { choice } from '../../engine/form/choice';
import { wasLeftEmpty } from '../../engine/form/empty';
import { type Field, fieldError, type Item, readsAsMeant } from '../../engine/form/fields';
import { email as emailField, reference, text } from '../../engine/form/text';
import { id } from '../../engine/form/id';
import { compact } from '../../engine/form/filled';
import { mapper } from '../../engine/form/mapper';
import { snakeCase } from '../vendor';
import { isRecord } from '../../engine/util/json';
import { quote } from '../../engine/util/text';
import { resourceLocator } from '../../engine/form/resourceLocator';
import { additionalFields, updateFields } from '../../engine/form/fieldSets';

/** The first name of a new lead. */
export const firstName = text({
	displayName: 'First Name',
	name: 'firstName',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. Nathan',
	description: 'The first name of the lead',
});

/** The e-mail address of a new lead. */
export const email = emailField({
	displayName: 'Email',
	name: 'email',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. nathan@example.com',
	description: 'The e-mail address of the lead',
});

const lastName = text({
	displayName: 'Last Name',
	name: 'lastName',
	type: 'string',
	default: '',
	placeholder: 'e.g. Smith',
});

const jobTitle = text({
	displayName: 'Job Title',
	name: 'jobTitle',
	type: 'string',
	default: '',
	placeholder: 'e.g. Marketing Manager',
});

const accountName = text({
	displayName: 'Account Name',
	name: 'accountName',
	type: 'string',
	default: '',
	placeholder: 'e.g. Acme Inc.',
	description: 'The company that the lead belongs to',
});

const ownerById = id(
	resourceLocator({
		displayName: 'Lead Owner',
		name: 'leadOwnerId',
		description:
			'The sales rep who owns the lead. Choose a handoff rep: Saleswhale ignores others.',
		list: { search: 'searchSalesReps', placeholder: 'Select a sales rep…' },
		byId: { placeholder: 'e.g. 4421' },
	}),
);

/** A name or an e-mail address; an ID has a digit. */
const isNameOrEmail = (value: string): boolean => !/\d/.test(value) || /[\s@]/.test(value);

/** SEED, Create a lead with a lead owner: the ID is a number; Saleswhale drops an owner whom it does not know. */
const leadOwnerId: typeof ownerById = {
	...ownerById,
	read: (raw, item) => {
		const value = ownerById.read(raw, item);
		if (value === '' || !readsAsMeant(item) || !isNameOrEmail(value)) return value;
		throw fieldError(
			ownerById.property,
			`is ${quote(value)}, which is not the ID of a sales rep`,
			'Choose From List, or enter the number that Sales Rep: Get Many shows.',
		);
	},
};

const crmObject = {
	displayName: 'CRM Object ID',
	name: 'crmObjectId',
	type: 'string',
	default: '',
	placeholder: 'e.g. 005UK00000118iRYAS',
	description: 'The ID of the lead in your CRM',
} as const;

const crmIdAsTyped = reference(crmObject);
const crmIdAsMeant = id(crmObject);

/** Whatever stands in a cell without an ID would link all such rows to one record of the CRM. */
const crmObjectId: typeof crmIdAsMeant = {
	...crmIdAsMeant,
	read: (raw, item) => (readsAsMeant(item) ? crmIdAsMeant : crmIdAsTyped).read(raw, item),
};

const crmObjectType = choice({
	displayName: 'CRM Object Type',
	name: 'crmObjectType',
	type: 'options',
	default: 'Contact',
	options: [
		{ name: 'Contact', value: 'Contact' },
		{ name: 'Lead', value: 'Lead' },
	],
	description: 'The kind of record in your CRM',
});

const crmType = choice({
	displayName: 'CRM Type',
	name: 'crmType',
	type: 'options',
	default: 'salesforce',
	options: [{ name: 'Salesforce', value: 'salesforce' }],
	description: 'The CRM that the object ID comes from',
});

const optional = [
	accountName,
	crmObjectId,
	crmObjectType,
	crmType,
	jobTitle,
	lastName,
	leadOwnerId,
] as const;

/** The kinds of an ID of a CRM that came out empty would become those of the ID which the lead has. */
const withoutKindsOfNoId = <Set extends Field<string, CrmKinds>>(set: Set): Set => ({
	...set,
	read: (raw: unknown, item: Item) => {
		const values = set.read(raw, item);
		if (!readsAsMeant(item) || !wasLeftEmpty(raw, crmObjectId.name, item)) return values;
		return { ...values, crmObjectType: undefined, crmType: undefined };
	},
});

type CrmKinds = { crmObjectType?: string; crmType?: string };

/** What may be said of a new lead. */
export const leadFields = withoutKindsOfNoId(additionalFields(optional));

/** What may be changed of a lead; an empty field stays as it is. */
export const leadUpdates = withoutKindsOfNoId(
	updateFields([
		emailField({ ...email.property, name: 'email', required: false }),
		text({ ...firstName.property, name: 'firstName', required: false }),
		...optional,
	]),
);

/** The account's own attributes of a lead, from a resource mapper. */
export const customAttributes = mapper({
	displayName: 'Custom Attributes',
	name: 'customAttributes',
	type: 'resourceMapper',
	noDataExpression: true,
	default: { mappingMode: 'defineBelow', value: null },
	description: 'Your own attributes of a lead, as they are set up in Saleswhale',
	typeOptions: {
		resourceMapper: {
			resourceMapperMethod: 'getCustomAttributes',
			mode: 'add',
			valuesLabel: 'Custom Attributes',
			fieldWords: { singular: 'attribute', plural: 'attributes' },
			addAllFields: false,
			supportAutoMap: true,
		},
	},
});

type LeadFields = { leadOwnerId?: string; email?: string; firstName?: string } & Record<
	string,
	unknown
>;

/** SEED, Create a Lead: the lead as the vendor takes it, without what is empty. */
export function leadBody(
	{ leadOwnerId, ...fields }: LeadFields,
	attributes: Record<string, unknown>,
): IDataObject {
	const values = Object.entries(attributes).map(customAttributeValue);
	return {
		...snakeCase(compact(fields)),
		...(leadOwnerId && { lead_owner: { id: numberOrText(leadOwnerId), type: 'sales_rep' } }),
		...(values.length > 0 && { custom_attribute_values: values }),
	};
}

function customAttributeValue([attribute, value]: [string, unknown]): IDataObject {
	if (!/^\d+$/.test(attribute)) {
		throw new UserError(
			`Saleswhale has no custom attribute ${quote(attribute)}. Refresh the list of attributes and map it again.`,
		);
	}
	return { custom_attribute_id: Number(attribute), value: String(value) };
}

/** SEED gives sales reps numbers for ids; what a person typed otherwise goes out as it is. */
const numberOrText = (id: string): number | string => (/^\d{1,15}$/.test(id) ? Number(id) : id);

/** SEED, Create a lead with a lead owner: an owner who is no handoff rep is silently discarded. */
export function warnOfDroppedOwner(record: IDataObject, wanted: string | undefined): IDataObject {
	const owner = isRecord(record.lead_owner) ? record.lead_owner.id : undefined;
	if (!wanted || String(owner) === String(numberOrText(wanted))) return record;
	return {
		...record,
		warning: `Saleswhale did not keep sales rep ${wanted} as lead owner. Make this person a handoff rep in Saleswhale, then update the lead.`,
	};
}

/** The same above the output, since nobody looks through a thousand leads. */
export const noticeOfDroppedOwner = ({ warning }: IDataObject): string | undefined =>
	warning === undefined ? undefined : "Saleswhale did not keep the lead owner: see 'warning'";
