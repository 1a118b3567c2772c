import type { INodeProperties } from 'n8n-workflow';
import { reachableNotice } from '../../engine/webhook/reachable';

const exampleForm = `{
  "title": "Settings",
  "sections": [
    {
      "name": "general",
      "title": "General",
      "inputs": [{ "name": "automaticReplyEnabled", "type": "text", "label": "Automatic reply" }]
    }
  ]
}`;

const examplePage = '<!doctype html><title>n8n</title><p>Done.</p>';

/** The form of the Zenvia Sales App Trigger. */
export const appFields: INodeProperties[] = [
	{
		displayName: `Open Webhook URLs above and copy the production URL. Enter it wherever Zenvia asks for an address of the app, with ?event=settingsForm for the settings form. ${reachableNotice('Zenvia', false)}`,
		name: 'setUp',
		type: 'notice',
		default: '',
	},
	{
		displayName: 'Trigger On',
		name: 'events',
		type: 'multiOptions',
		required: true,
		default: ['installed', 'keyRefreshed', 'deleted'],
		options: [
			{
				name: 'Button Pressed',
				value: 'button',
				description: 'An agent pressed a button of the app',
			},
			{ name: 'Deleted', value: 'deleted', description: 'An instance of the app was deleted' },
			{
				name: 'Enabled or Disabled',
				value: 'enabledChanged',
				description: 'An instance of the app was enabled or disabled',
			},
			{
				name: 'Installed',
				value: 'installed',
				description: 'An instance of the app was installed',
			},
			{
				name: 'Key Refreshed',
				value: 'keyRefreshed',
				description: 'An instance got a new API key',
			},
			{ name: 'Report Opened', value: 'report', description: 'A user opened a report of the app' },
			{ name: 'Settings Asked', value: 'settings', description: 'Zenvia asked for the settings' },
			{
				name: 'Settings Changed',
				value: 'settingsChanged',
				description: 'A user changed settings',
			},
			{
				name: 'Settings Form Asked',
				value: 'settingsForm',
				description: 'Zenvia asked for the layout of the settings form',
			},
		],
		description: 'What starts the workflow. Every call is answered, chosen or not.',
	},
	{
		displayName: 'Settings Form',
		name: 'settingsForm',
		type: 'json',
		typeOptions: { rows: 8 },
		default: exampleForm,
		description:
			'What Zenvia shows to users who change the settings of the app. Only settings that are named here or in Default Settings are kept.',
	},
	{
		displayName: 'Default Settings',
		name: 'defaultSettings',
		type: 'json',
		default: '{}',
		description:
			'The settings of an instance that nobody has changed. The names are those of the inputs.',
	},
	{
		displayName: 'Page',
		name: 'page',
		type: 'string',
		typeOptions: { rows: 4 },
		default: examplePage,
		description: 'The HTML page that a report or a button shows',
	},
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add Option',
		default: {},
		options: [
			{
				displayName: 'Include API Key',
				name: 'includeApiKey',
				type: 'boolean',
				default: false,
				description:
					'Whether to hand on the API key of the instance when it is installed or refreshed. It is then stored with the execution. Everybody who may read executions sees it.',
			},
		],
	},
];
