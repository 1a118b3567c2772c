import { UserError } from 'n8n-workflow';
import { choice } from '../../engine/form/choice';
import { fieldError } from '../../engine/form/fields';
import { number } from '../../engine/form/number';
import { fitsEmail, nameLike, reference, text } from '../../engine/form/text';
import { compact } from '../../engine/form/filled';
import { json, jsonList } from '../../engine/form/json';
import { nameList } from '../../engine/form/list';
import { phones as phoneList } from '../../engine/form/phoneField';
import { many, one, operation, type Output, type Resource } from '../../engine/operation/operation';
import { get, post, type Request } from '../../engine/http/request';
import { simplifyForAgent } from './fields';
import { nin } from './nin';
import { existingProspect, ifExists } from './leadIfExists';
import { type LeadType, product, productBody } from './leadProduct';
import { keysOf } from './prospectLookup';
import { quote } from '../../engine/util/text';
import { additionalFields } from '../../engine/form/fieldSets';

const leadType = choice({
	displayName: 'Lead Type',
	name: 'leadType',
	type: 'options',
	default: 'retail',
	options: [
		{ name: 'Insurance', value: 'insurance' },
		{ name: 'Real Estate', value: 'realEstate' },
		{ name: 'Retail', value: 'retail' },
		{ name: 'Saving Plan', value: 'savingPlan' },
		{ name: 'Vehicle', value: 'vehicle' },
	],
	description: 'Choose Retail, unless Zenvia set up another type for your account',
});

const utmSource = text({
	displayName: 'Source (UTM)',
	name: 'utmSource',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. google',
	description: 'Where the lead comes from, such as google, facebook or website',
});

const emails = nameList(
	{
		displayName: 'Emails',
		name: 'emails',
		type: 'string',
		default: '',
		placeholder: 'e.g. jorge@example.com',
		description: 'E-mail addresses, separated by commas. A lead needs an e-mail or a phone number.',
	},
	(property, text, item) => {
		const address = nameLike(property, text, item);
		if (fitsEmail(address, item)) return address;
		const what = `has ${quote(address)}, which is not a valid e-mail address`;
		throw fieldError(property, what, 'Correct it.');
	},
);

const phones = phoneList({
	displayName: 'Phones',
	name: 'phones',
	type: 'string',
	default: '',
	placeholder: 'e.g. +54 9 11 4552 0371',
	description:
		'Phone numbers with country code, separated by commas. A lead needs an e-mail or a phone number.',
});

const string = <const Name extends string>(displayName: string, name: Name, description?: string) =>
	text({ displayName, name, type: 'string', default: '', ...(description && { description }) });

const name = <const Name extends string>(displayName: string, name: Name, description: string) =>
	reference({ displayName, name, type: 'string', default: '', description });

/** SEED, Send a lead. Its four deprecated fields are reachable through Other Fields. */
const leadFields = additionalFields([
	string('Address', 'address', 'Full street address'),
	name('Agent', 'agent', 'E-mail, phone or ID of the agent that the lead is assigned to'),
	choice({
		displayName: 'Category Name or ID',
		name: 'category',
		type: 'options',
		typeOptions: { loadOptionsMethod: 'getCategories' },
		default: '',
		description:
			'Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>',
	}),
	string('Comments', 'comments', 'What the agent should know'),
	string('Company', 'company', 'Name or code of the company under the account'),
	string('Country', 'country'),
	string('First Name', 'firstName'),
	string('Last Name', 'lastName'),
	string('Listing Title', 'listingTitle', 'Title of the listing page'),
	name('Listing URL', 'listingUrl', 'Address of the listing page'),
	string('Locality', 'locality', 'City or municipality'),
	nin,
	json({
		displayName: 'Other Fields (JSON)',
		name: 'otherFields',
		type: 'json',
		default: '',
		description: 'Any other field of a lead, as in {"callIn": {…}}. Sent without changes.',
	}),
	number({
		displayName: 'Priority',
		name: 'priority',
		type: 'number',
		default: 0,
		description: 'How urgent the lead is, such as 1. Zenvia does not document the scale.',
	}),
	string('Provider', 'provider', 'The portal or partner that sends the lead, such as webmotors'),
	name('Provider Lead ID', 'providerLeadId', 'ID of the lead at the provider'),
	string('Region', 'region', 'State or province'),
	string('Store', 'store', 'Name or code of the branch inside the company'),
	string('Sub Locality', 'subLocality', 'County or other sub-division of the locality'),
	string('UTM Campaign', 'utmCampaign'),
	string('UTM Medium', 'utmMedium'),
	string('ZIP Code', 'zipCode'),
]);

const history = jsonList({
	displayName: 'History (JSON)',
	name: 'history',
	type: 'json',
	default: '[]',
	description:
		'What happened before, in order, as in [{"type": "message", "content": "Hello"}]. Types are call, message, note and question.',
});

function leadTo(type: string): Request {
	if (type === 'realEstate') return post`/lead/real-estate`;
	if (type === 'savingPlan') return post`/lead/saving-plan`;
	if (type === 'vehicle') return post`/lead/vehicle`;
	return type === 'insurance' ? post`/lead/insurance` : post`/lead/retail`;
}

/** Zenvia's help pages: besides its source a lead needs an e-mail or a phone number. */
function checkContact(addresses: string[], numbers: string[]): void {
	if (addresses.length === 0 && numbers.length === 0) {
		throw new UserError(
			"'Emails' and 'Phones' are both empty. Enter an e-mail address or a phone number.",
		);
	}
}

/** A list whose entries may be plain texts, which become {key: text}. */
const texts = (key: string): Output => ({
	records: (body) =>
		many().records(
			Array.isArray(body)
				? body.map((one: unknown) => (typeof one === 'string' ? { [key]: one } : one))
				: body,
		),
});

/** SEED, Leads. */
export const lead: Resource = {
	name: 'Lead',
	value: 'lead',
	operations: [
		operation({
			name: 'Create',
			value: 'create',
			action: 'Create lead',
			description:
				'Send a lead, and get the prospect (contact) that it created or joined. A lead joins the prospect that has its phone or e-mail, within 90 days unless your account says otherwise.',
			fields: [leadType, utmSource, emails, phones, ifExists, product, history, leadFields],
			request: ({ leadType, utmSource, emails, phones, product, history, additionalFields }) => {
				checkContact(emails, phones);
				const { otherFields, nin: numbers = [], ...rest } = additionalFields;
				const body = compact({
					utmSource,
					emails,
					phones,
					...rest,
					nin: numbers.map(compact),
					history,
					product: productBody(leadType as LeadType, product),
				});
				return {
					...leadTo(leadType),
					body: { ...body, ...otherFields },
					// Two that came at once might not find each other, and the last row is to have the last word.
					lockKey: keysOf(emails, phones),
					label: `lead ${emails[0] ?? phones[0]}`,
				};
			},
			ifExists: (values) =>
				existingProspect(values, {
					...{ emails, phones, history, product },
					additionalFields: leadFields,
				}),
			writes: ({ emails, phones }) => emails[0] ?? phones[0] ?? '',
			output: one(undefined, { simplifyForAgent }),
		}),
		operation({
			name: 'Get Categories',
			value: 'getCategories',
			action: 'Get lead categories',
			description: 'Get the values that a lead may have as category',
			fields: [],
			request: () => get`/leads/categories`,
			output: texts('category'),
		}),
		operation({
			name: 'Get Defaults',
			value: 'getDefaults',
			action: 'Get lead defaults',
			description: 'Get the currency and the unit of distance that leads have by default',
			fields: [],
			request: () => get`/leads/defaults`,
			output: one(),
		}),
	],
};
