import {
	type IHookFunctions,
	type INodeProperties,
	type IPollFunctions,
	UserError,
} from 'n8n-workflow';
import { isNumericId } from '../../engine/form/id';
import { chosenIn } from '../../engine/util/chosen';
import { quote } from '../../engine/util/text';

/**
 * What asks a trigger's campaigns: all, or those that are chosen.
 * @param description of the choice
 */
export const campaignFields = (description: string): INodeProperties[] => [
	{
		displayName: 'Campaigns',
		name: 'campaigns',
		type: 'options',
		default: 'all',
		options: [
			{
				name: 'All Campaigns',
				value: 'all',
				description: 'Every campaign of the account, also those that are created later',
			},
			{ name: 'Chosen Campaigns', value: 'chosen', description: 'Only some campaigns' },
		],
		description,
	},
	{
		displayName: 'Campaign Names or IDs',
		name: 'campaignIds',
		type: 'multiOptions',
		default: [],
		typeOptions: { loadOptionsMethod: 'getCampaigns' },
		displayOptions: { show: { campaigns: ['chosen'] } },
		description:
			'The campaigns to watch. Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
	},
];

/**
 * The IDs of the campaigns that a trigger watches, or nothing where it watches all.
 * @throws UserError where none is chosen, or what is chosen is no ID
 */
export function chosenCampaigns(context: IHookFunctions | IPollFunctions): number[] | undefined {
	if (context.getNodeParameter('campaigns', 'all') !== 'chosen') return undefined;
	const ids = chosenIn(context.getNodeParameter('campaignIds', []));
	if (ids.length === 0) {
		throw new UserError('No campaign is chosen. Choose at least one, or watch all campaigns.');
	}
	const wrong = ids.find((id) => !isNumericId(id));
	if (wrong !== undefined) {
		throw new UserError(
			`${quote(wrong)} is not a valid campaign ID. Choose campaigns from the list.`,
		);
	}
	return [...new Set(ids.map(Number))];
}
