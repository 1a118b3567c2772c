import { type IDataObject, UserError } from 'n8n-workflow';
import { choices } from '../../engine/form/choice';
import { date } from '../../engine/form/date';
import { reference, text } from '../../engine/form/text';
import { compact } from '../../engine/form/filled';
import { dateFilter, objectId } from './fields';
import { viaOptions } from './options';
import { anyRange, checkedRanges } from './pages';
import { filters } from '../../engine/form/fieldSets';

/** SEED, list of interactions: every filter but the deprecated names, which say the same. */
export const interactionFilters = filters(
	'interaction',
	[
		objectId({
			displayName: 'After Interaction ID',
			name: 'after',
			type: 'string',
			default: '',
			description: 'Only interactions created after this one. Cannot be combined with a prospect.',
		}),
		reference({
			displayName: 'Agent ID',
			name: 'agent',
			type: 'string',
			default: '',
			description: 'Only interactions of this agent. Cannot be combined with a prospect.',
		}),
		objectId({
			displayName: 'Before Interaction ID',
			name: 'before',
			type: 'string',
			default: '',
			description: 'Only interactions created before this one. Cannot be combined with a prospect.',
		}),
		date(dateFilter('Created After', 'createdAfter', 'Only interactions created after this date')),
		date(
			dateFilter('Created Before', 'createdBefore', 'Only interactions created before this date'),
		),
		text({
			displayName: 'Status',
			name: 'status',
			type: 'string',
			default: '',
			description: 'Only interactions with this status',
		}),
		choices({
			displayName: 'Via',
			name: 'via',
			type: 'multiOptions',
			options: viaOptions,
			default: [],
			description: 'Only interactions of these kinds',
		}),
	],
	anyRange,
);

/** Names in `filters` that the list of one prospect does not know. */
const ofAccountOnly = {
	after: 'After Interaction ID',
	agent: 'Agent ID',
	before: 'Before Interaction ID',
};

/** The filters as a query. `via` goes out with commas between: inferred from PHP21. */
export function interactionQuery(
	prospectId: string,
	values: ReturnType<typeof interactionFilters.read>,
): IDataObject {
	const { via = [], ...rest } = values;
	const query = checkedRanges(compact({ ...rest, via: via.join(',') }));
	const misplaced = Object.entries(ofAccountOnly).find(
		([name]) => prospectId !== '' && name in query,
	);
	if (misplaced) {
		throw new UserError(
			`'${misplaced[1]}' cannot filter the interactions of one prospect. Remove it, or choose no prospect.`,
		);
	}
	return query;
}
