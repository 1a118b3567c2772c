import type { IDisplayOptions, INodeProperties } from 'n8n-workflow';
import { newSecret } from '../../engine/webhook/addressSecret';
import { ignoreRepeats } from '../../engine/webhook/trigger';
import { defaultHosts, defaultMegabytes, mostMegabytes } from './attachment';
import { eventOptions } from './events';

/** Until 1.1 the form asks for Zenvia's topics, from 1.2 on for what happens. */
export const eventsVersion = 1.2;
const untilTopics: IDisplayOptions = { show: { '@version': [{ _cnd: { lt: eventsVersion } }] } };
const fromEvents: IDisplayOptions = { show: { '@version': [{ _cnd: { gte: eventsVersion } }] } };

/** The form of the Zenvia Sales Trigger. */
export const triggerFields: INodeProperties[] = [
	{
		displayName:
			'Zenvia allows one receiver for each group. While you test, your published workflow gets no events. It gets them again when the test ends.',
		name: 'oneSubscription',
		type: 'notice',
		default: '',
	},
	{
		displayName: 'Trigger On',
		name: 'events',
		type: 'multiOptions',
		required: true,
		default: ['messageReceived'],
		options: eventOptions,
		displayOptions: fromEvents,
	},
	{
		displayName: 'Trigger On',
		name: 'topics',
		type: 'multiOptions',
		required: true,
		default: ['interactions'],
		displayOptions: untilTopics,
		options: [
			{
				name: 'Agents',
				value: 'agents',
				description:
					'A prospect comes to the user that the key acts for. Needs the act-as-user scope.',
			},
			{
				name: 'Interactions',
				value: 'interactions',
				description: 'A message, call, note or visit is created or updated',
			},
			{ name: 'Prospects', value: 'prospects', description: 'A prospect is created or updated' },
			{ name: 'Quotes', value: 'quotes', description: 'A quote is created or updated' },
		],
	},
	{
		displayName: 'If Another Receiver Exists',
		name: 'onConflict',
		type: 'options',
		default: 'stop',
		options: [
			{
				name: 'Stop',
				value: 'stop',
				description:
					'Do not publish, and say which receiver gets the events. For several workflows, let one receive the events and pass them on, as the example one-trigger-many-workflows does.',
			},
			{
				name: 'Take Over',
				value: 'replace',
				description: 'Receive the events in place of the other receiver, which gets no more',
			},
		],
		description: 'What to do if another receiver gets the events of this group',
	},
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add Option',
		default: {},
		options: [
			{
				displayName: 'Attachment Hosts',
				name: 'attachmentHosts',
				type: 'string',
				default: defaultHosts,
				placeholder: 'e.g. zenvia.com, files.example.com',
				description:
					'The domains that attachments may be downloaded from, separated by commas. Subdomains are allowed too. Used by Download Attachments.',
			},
			{
				displayName: 'Attachment Size (MB)',
				name: 'attachmentMegabytes',
				type: 'number',
				typeOptions: { minValue: 1, maxValue: mostMegabytes },
				default: defaultMegabytes,
				description: 'The largest attachment to download. Used by Download Attachments.',
			},
			{
				displayName: 'Direction',
				name: 'direction',
				type: 'options',
				default: '',
				displayOptions: untilTopics,
				options: [
					{ name: 'Both', value: '' },
					{ name: 'Incoming', value: 'incoming', description: 'The contact wrote or called' },
					{ name: 'Outgoing', value: 'outgoing', description: 'An agent or a bot wrote or called' },
				],
				description:
					'Which interactions start the workflow. A bot needs Incoming, or it answers itself.',
			},
			{
				displayName: 'Download Attachments',
				name: 'downloadAttachments',
				type: 'boolean',
				default: false,
				description:
					'Whether to fetch the file of a message into the binary field "attachment". Only over https, and only from Attachment Hosts.',
			},
			ignoreRepeats('Zenvia delivers the same event again'),
			newSecret,
			{
				displayName: 'Types',
				name: 'types',
				type: 'multiOptions',
				default: [],
				displayOptions: untilTopics,
				options: [
					{ name: 'Created', value: 'created' },
					{ name: 'Updated', value: 'updated' },
				],
				description: 'Only events of these types. Leave empty for both.',
			},
		],
	},
];
