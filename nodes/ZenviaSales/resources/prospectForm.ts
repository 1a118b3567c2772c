import { choice } from '../../engine/form/choice';
import { email, text } from '../../engine/form/text';
import { flag } from '../../engine/form/flag';
import { number } from '../../engine/form/number';
import { json } from '../../engine/form/json';
import { phone, phoneToFind } from '../../engine/form/phoneField';
import { email as emailProperty, groupLocator, objectId, whenShown } from './fields';
import { finding } from '../../engine/form/located';
import { resourceLocator } from '../../engine/form/resourceLocator';
import { byEmail, findsUser } from './userLookup';
import { updateFields } from '../../engine/form/fieldSets';

/** The e-mail address by which a prospect is searched for. */
export const findEmail = email({
	...emailProperty,
	name: 'email',
	description: 'E-mail address to search for',
});

/** The phone number by which a prospect is searched for. */
export const findPhone = phoneToFind({
	displayName: 'Phone Number',
	name: 'phoneNumber',
	type: 'string',
	default: '',
	placeholder: 'e.g. +54 11 4552 0371',
	description: 'Phone number to search for. An e-mail address or a phone number is needed.',
});

const archivingReasonProperty = {
	displayName: 'Archiving Reason Name or ID',
	name: 'archivingReason',
	type: 'options',
	typeOptions: { loadOptionsMethod: 'getArchivingReasons' },
	default: '',
	description:
		'Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>',
} as const;

/** Why a prospect is archived, from a list. */
export const archivingReason = choice({ ...archivingReasonProperty, required: true });

const labelProperty = {
	displayName: 'Label Name or ID',
	name: 'label',
	type: 'options',
	typeOptions: { loadOptionsMethod: 'getLabels' },
	default: '',
	description:
		'Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>',
} as const;

/** A label, from a list. */
export const label = choice({ ...labelProperty, required: true });

const basics = [
	email({
		...emailProperty,
		name: 'email',
		description: 'E-mail address to add to the prospect',
	}),
	text({ displayName: 'First Name', name: 'firstName', type: 'string', default: '' }),
	choice(labelProperty),
	text({ displayName: 'Last Name', name: 'lastName', type: 'string', default: '' }),
	phone({
		displayName: 'Phone',
		name: 'phone',
		type: 'string',
		default: '',
		placeholder: 'e.g. +54 9 11 4552 0371',
		description: 'Phone number to add to the prospect',
	}),
] as const;

/** UpdateProspect: every field of it. */
export const prospectUpdates = updateFields([choice(archivingReasonProperty), ...basics]);

/** The same for archiving, where the reason stands by itself. */
export const archiveUpdates = updateFields(basics);

/** Data about a prospect, as a JSON object. */
export const additionalData = json({
	displayName: 'Additional Data (JSON)',
	name: 'additionalData',
	type: 'json',
	required: true,
	default: '{}',
	description: 'Your own data about the prospect, as in {"finance": "yes"}',
});

/** Whether a prospect goes to a group or to a user. */
export const transferTo = choice({
	displayName: 'Transfer To',
	name: 'transferTo',
	type: 'options',
	default: 'group',
	options: [
		{ name: 'Group', value: 'group' },
		{ name: 'User', value: 'user' },
	],
	description: 'Whether the prospect goes to a group or to one user',
});

/** The group that a prospect goes to; read only where that is chosen. */
export const transferGroup = whenShown(
	groupLocator({
		name: 'groupId',
		required: true,
		displayOptions: { show: { transferTo: ['group'] } },
		description: 'The group to transfer the prospect to',
	}),
);

/** The user that a prospect goes to; read only where that is chosen. */
export const transferUser = whenShown(
	finding(
		objectId(
			resourceLocator({
				displayName: 'User',
				name: 'userId',
				required: true,
				displayOptions: { show: { transferTo: ['user'] } },
				description: 'The user to transfer the prospect to',
				list: { search: 'searchUsers', placeholder: 'Select a user…' },
				by: [byEmail],
				byId: { placeholder: 'e.g. 507f191e810c19729de860ea' },
			}),
		),
		findsUser('User'),
	),
);

/** Whether the transfer is made in the name of the user of the integration. */
export const asUser = flag({
	displayName: "Act as the API Key's User",
	name: 'asUser',
	type: 'boolean',
	default: false,
	description:
		'Whether Zenvia shows the user of this API key as the one who did it. Needs the scope integration:act-as-user.',
});

/** How satisfied a customer is, from 1 to 5. */
export const result = number({
	displayName: 'Rating (1 to 5)',
	name: 'result',
	type: 'number',
	required: true,
	default: 5,
	typeOptions: { minValue: 1, maxValue: 5, numberPrecision: 0 },
	description: 'How satisfied the customer is. 5 is the best.',
});

/** What a customer says, as text. */
export const comment = text({
	displayName: 'Comment',
	name: 'comment',
	type: 'string',
	typeOptions: { rows: 3 },
	default: '',
	description: 'What the customer says',
});

/** Most orders to return. */
export const ordersLimit = number({
	displayName: 'Limit',
	name: 'limit',
	type: 'number',
	default: 50,
	typeOptions: { minValue: 1, numberPrecision: 0 },
	description: 'Max number of results to return',
});
