import type { ICredentialType, Icon, INodeProperties } from 'n8n-workflow';

/** What an app shares with Zenvia: Zenvia's calls are checked with it. SEED, App Lifecycle. */
export class ZenviaSalesAppApi implements ICredentialType {
	name = 'zenviaSalesAppApi';

	displayName = 'Zenvia Sales App API';

	icon: Icon = {
		light: 'file:../icons/zenviaSales.svg',
		dark: 'file:../icons/zenviaSales.dark.svg',
	};

	documentationUrl =
		'https://github.com/n8n-nodes-sales-engagement/n8n-nodes-sales-engagement/blob/main/docs/zenvia-sales-triggers.md';

	properties: INodeProperties[] = [
		{
			displayName: 'App ID',
			name: 'appId',
			type: 'string',
			required: true,
			default: '',
			description: 'The ID that Zenvia gave the app when it was registered',
		},
		{
			displayName: 'App Secret',
			name: 'appSecret',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			description:
				'Zenvia sends it with each call about installing, changing or deleting the app. Calls without it are refused.',
		},
		{
			displayName: 'Private Key',
			name: 'privateKey',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			description:
				'Signs the addresses of reports and buttons. Without it, calls of reports and buttons are refused.',
		},
	];
}
