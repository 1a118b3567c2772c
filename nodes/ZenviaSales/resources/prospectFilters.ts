import type { IDataObject } from 'n8n-workflow';
import { choice } from '../../engine/form/choice';
import { date } from '../../engine/form/date';
import { fieldError } from '../../engine/form/fields';
import { flag } from '../../engine/form/flag';
import { text } from '../../engine/form/text';
import { compact } from '../../engine/form/filled';
import { rows } from '../../engine/form/collections';
import { phone } from '../../engine/form/phoneField';
import { dateFilter, groupLocator, objectId } from './fields';
import { prospectStatuses } from './options';
import { anyRange, checkedRanges } from './pages';
import { quote } from '../../engine/util/text';
import { filters } from '../../engine/form/fieldSets';

/** SEED, list of prospects: every filter but the deprecated and double names, which say the same. */
export const prospectFilters = filters(
	'prospect',
	[
		rows(
			{
				displayName: 'Additional Data',
				name: 'additionalData',
				type: 'fixedCollection',
				typeOptions: { multipleValues: true },
				placeholder: 'Add Condition',
				default: {},
			},
			{ displayName: 'Condition', name: 'condition' },
			[
				text({
					displayName: 'Field',
					name: 'field',
					type: 'string',
					required: true,
					default: '',
				}),
				choice({
					displayName: 'Operator',
					name: 'operator',
					type: 'options',
					default: 'equals',
					options: [
						{ name: 'Contains', value: '~' },
						// Not '=', which n8n would take for an expression and resolve to nothing.
						{ name: 'Equals', value: 'equals' },
						{ name: 'Less Than', value: '<' },
						{ name: 'Less Than or Equal', value: '<=' },
						{ name: 'More Than', value: '>' },
						{ name: 'More Than or Equal', value: '>=' },
					],
				}),
				text({
					displayName: 'Value',
					name: 'value',
					type: 'string',
					required: true,
					default: '',
				}),
			],
		),
		objectId({
			displayName: 'After Prospect ID',
			name: 'after',
			type: 'string',
			default: '',
			description: 'Only prospects created after this one',
		}),
		objectId({
			displayName: 'Agent ID',
			name: 'agent',
			type: 'string',
			default: '',
			description: 'Only prospects of this agent',
		}),
		objectId({
			displayName: 'Before Prospect ID',
			name: 'before',
			type: 'string',
			default: '',
			description: 'Only prospects created before this one',
		}),
		choice({
			displayName: 'Category Name or ID',
			name: 'category',
			type: 'options',
			typeOptions: { loadOptionsMethod: 'getCategories' },
			default: '',
			description:
				'Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>',
		}),
		date(
			dateFilter(
				'Claimed After',
				'claimedAfter',
				'Only prospects that an agent claimed after this date',
			),
		),
		date(
			dateFilter(
				'Claimed Before',
				'claimedBefore',
				'Only prospects that an agent claimed before this date',
			),
		),
		date(dateFilter('Created After', 'createdAfter', 'Only prospects created after this date')),
		date(dateFilter('Created Before', 'createdBefore', 'Only prospects created before this date')),
		groupLocator({ name: 'group', description: 'Only prospects of this group' }),
		phone({
			displayName: 'Phone Number',
			name: 'phoneNumber',
			type: 'string',
			default: '',
			description: 'A part of a number needs Phone Format: As It Is',
		}),
		text({
			displayName: 'Search',
			name: 'search',
			type: 'string',
			default: '',
			description: 'A phone number, an e-mail address or a name',
		}),
		choice({
			displayName: 'Status',
			name: 'status',
			type: 'options',
			options: prospectStatuses,
			default: 'new',
		}),
		date(
			dateFilter(
				'Transferred After',
				'transferredAfter',
				'Only prospects transferred after this date',
			),
		),
		date(
			dateFilter(
				'Transferred Before',
				'transferredBefore',
				'Only prospects transferred before this date',
			),
		),
		flag({
			displayName: 'With Agent',
			name: 'withAgent',
			type: 'boolean',
			default: true,
			description: 'Whether the prospect has an agent',
		}),
	],
	anyRange,
);

/** PHP21: additionalData[]=FIELD<operator>VALUE, once for each condition. */
export function prospectQuery({
	additionalData = [],
	...rest
}: ReturnType<typeof prospectFilters.read>): IDataObject {
	const conditions = additionalData.map(({ field = '', operator = 'equals', value = '' }) => {
		if (/[=<>~]/.test(field)) {
			const what = `is ${quote(field)}, which holds an operator`;
			throw fieldError({ displayName: 'Field' }, what, 'Enter the name of the field only.');
		}
		return `${field}${operator === 'equals' ? '=' : operator}${value}`;
	});
	return checkedRanges(compact({ ...rest, additionalData: conditions }));
}
