import { type IDataObject, type INodeProperties, UserError } from 'n8n-workflow';
import { choice } from '../../engine/form/choice';
import { isNothing } from '../../engine/form/empty';
import { fieldError, field, type Item, readsAsMeant } from '../../engine/form/fields';
import { id } from '../../engine/form/id';
import { text } from '../../engine/form/text';
import { json } from '../../engine/form/json';
import { mapper } from '../../engine/form/mapper';
import { file as fileField } from '../../engine/form/file';
import { isRecord, own } from '../../engine/util/json';
import { quote } from '../../engine/util/text';
import { resourceLocator } from '../../engine/form/resourceLocator';
import { whenShown } from './fields';

/** SEED: whatsapp and facebook; the vendor's description 1.10.0 adds instagram. */
const channels = ['whatsapp', 'facebook', 'instagram'];

const channelChoice = choice({
	displayName: 'Channel Name or ID',
	name: 'channel',
	type: 'options',
	required: true,
	typeOptions: {
		loadOptionsMethod: 'getChannels',
		loadOptionsDependsOn: ['prospectId', 'prospectId.value'],
	},
	default: 'whatsapp',
	description:
		'Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>',
});

/** An interaction says whatsApp and a path whatsapp, so the case of a channel is no matter. */
export const channel = field({ ...channelChoice.property, name: 'channel' }, (raw, item) => {
	const value = channelChoice.read(raw, item).trim().toLowerCase();
	if (channels.includes(value)) return value;
	throw fieldError(
		channelChoice.property,
		`is ${quote(value)}`,
		`Choose one of ${channels.join(', ')}.`,
	);
});

/** The text of a message. */
export const content = text({
	displayName: 'Content',
	name: 'content',
	type: 'string',
	typeOptions: { rows: 3 },
	default: '',
	placeholder: 'e.g. Hello, how can I help you?',
	description: 'The text of the message. May be empty if Interactive Message is filled in.',
});

/** A message with buttons or a list, as JSON in Zenvia's own form. */
export const interactive = json({
	displayName: 'Interactive Message (JSON)',
	name: 'interactive',
	type: 'json',
	default: '{}',
	description:
		'A list, buttons or productList, as in {"buttons": {"body": "Shall we call you?", "buttons": […]}}. Not every account takes them.',
});

type Shown = Pick<INodeProperties, 'displayOptions'>;

const templateField = (shown: Shown) =>
	id(
		resourceLocator({
			displayName: 'Template',
			name: 'templateKey',
			required: true,
			...shown,
			description:
				'The template to send. The list shows those of the channel that reach the prospect.',
			list: { search: 'searchTemplates', placeholder: 'Select a template…' },
			byId: { displayName: 'By Key', placeholder: 'e.g. welcome' },
		}),
	);

/** The key of a template, from a list or entered. */
export const templateKey = templateField({});

const variablesField = (shown: Shown) =>
	mapper({
		displayName: 'Variables',
		name: 'parameters',
		type: 'resourceMapper',
		noDataExpression: true,
		...shown,
		default: { mappingMode: 'defineBelow', value: null },
		description: 'The values for the variables of the template',
		typeOptions: {
			loadOptionsDependsOn: ['prospectId', 'prospectId.value', 'channel', 'templateKey.value'],
			resourceMapper: {
				resourceMapperMethod: 'getTemplateVariables',
				mode: 'add',
				valuesLabel: 'Variables',
				fieldWords: { singular: 'variable', plural: 'variables' },
				addAllFields: true,
				supportAutoMap: true,
			},
		},
	});

/** SEED, Send a transactional template: what must not be in a variable. */
const forbidden: ReadonlyArray<[RegExp, string]> = [
	[/[\r\n]/, 'a line break'],
	[/\t/, 'a tab'],
	[/ {4}/, 'four spaces in a row'],
];

/**
 * The template's variables by name. What is missing or cannot be sent is said before anything is.
 * A variable that begins with prospect, agent or group is filled in by Zenvia where it is left out.
 */
function variablesIn(
	variables: ReturnType<typeof variablesField>,
	raw: unknown,
	item: Item,
): Record<string, string> {
	const filled = Object.entries(variables.read(raw, item)).map(
		([name, value]): [string, string] => [name, String(value)],
	);
	for (const [name, value] of filled) {
		const found = forbidden.find(([pattern]) => pattern.test(value));
		if (found)
			throw new UserError(
				`Variable ${quote(name)} has ${found[1]}, which WhatsApp does not take. Remove it.`,
			);
	}
	const schema = isRecord(raw) && Array.isArray(raw.schema) ? raw.schema.filter(isRecord) : [];
	const missing = schema
		.filter(({ required, removed }) => required === true && removed !== true)
		.map(({ id }) => String(id))
		.filter((id) => !filled.some(([name, value]) => name === id && !isNothing(value)));
	if (missing.length > 0) {
		throw new UserError(
			`The template lacks ${missing.map((name) => `"${name}"`).join(', ')}. Fill in its variables.`,
		);
	}
	return Object.fromEntries(filled);
}

/** n8n says in red that it found no variables as long as nobody has chosen a template. */
const onceChosen = { hide: { templateKey: [''] } };

const variables = variablesField({ displayOptions: onceChosen });

/** The variables of the template. */
export const parameters = field({ ...variables.property, name: 'parameters' }, (raw, item) =>
	variablesIn(variables, raw, item),
);

/** What to do where the prospect wrote too long ago for a free message. */
export const ifWindowClosed = choice({
	displayName: 'If the 24-Hour Window Is Closed',
	name: 'ifWindowClosed',
	type: 'options',
	default: 'fail',
	options: [
		{ name: 'Fail', value: 'fail', description: 'Zenvia refuses the message' },
		{
			name: 'Send Template',
			value: 'template',
			description: 'Send an approved template in its place. Reads the prospect first.',
		},
	],
	description:
		'A prospect can be sent free text for 24 hours after their last message; at any other time, only templates',
});

const inPlace = { displayOptions: { show: { ifWindowClosed: ['template'] } } };

/** The template that goes out in place of a message; read only where that is chosen. */
export const templateInPlace = whenShown(templateField(inPlace));

const variablesInPlace = variablesField({
	displayOptions: { ...inPlace.displayOptions, ...onceChosen },
});

/** Its variables. */
export const parametersInPlace = field(
	{ ...variablesInPlace.property, name: 'parameters' },
	(raw, item) =>
		item.sibling?.(ifWindowClosed.name) === 'template'
			? variablesIn(variablesInPlace, raw, item)
			: {},
);

/** Prospect: until when each channel takes a free message. */
const dueFields: Record<string, string> = {
	whatsapp: 'whatsAppDueAt',
	facebook: 'facebookDueAt',
	instagram: 'instagramDueAt',
};

/** Whether a prospect takes a free message now. One that never wrote has no such moment (inferred). */
export function isWindowOpen(prospect: IDataObject, channel: string): boolean {
	return Date.parse(String(prospect[own(dueFields, channel) ?? ''])) > Date.now();
}

const megabyte = 2 ** 20;

/** Most megabytes of each kind of files on WhatsApp (Meta, Cloud API, Media, "Supported media types"). */
const mostOnWhatsApp: Record<string, number> = { image: 5, audio: 16, video: 16 };
const mostOfDocuments = 100;

/**
 * Zenvia names no limit of its own, so that WhatsApp's hold there too, and that of documents on the other channels,
 * is inferred.
 */
function mostBytes(mimeType: string, item: Item): number {
	const isWhatsApp =
		readsAsMeant(item) && channel.read(item.sibling?.('channel'), item) === 'whatsapp';
	const [kind = ''] = mimeType.toLowerCase().split('/');
	return megabyte * ((isWhatsApp ? own(mostOnWhatsApp, kind) : undefined) ?? mostOfDocuments);
}

/** The file of a message, with the most that Zenvia takes. */
export const file = fileField(
	{
		displayName: 'Input Binary Field',
		name: 'binaryPropertyName',
		type: 'string',
		required: true,
		default: 'data',
		placeholder: 'e.g. data',
		hint: 'The name of the input field containing the binary file data to be sent',
		description:
			'The name of the binary property that holds the file. WhatsApp takes images of up to 5 MB, audio and video of up to 16 MB, and documents of up to 100 MB.',
	},
	{ field: 'file', mostBytes },
);
