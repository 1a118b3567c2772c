import { type IDataObject, UserError } from 'n8n-workflow';
import { isNothing } from '../../engine/form/empty';
import { versionThatReads } from '../../engine/form/fields';
import { flag } from '../../engine/form/flag';
import { id } from '../../engine/form/id';
import { many, one, operation, type Resource } from '../../engine/operation/operation';
import { get, post } from '../../engine/http/request';
import { pages } from '../vendor';
import { leadId } from './leadLocator';
import { located } from '../../engine/form/located';
import { resourceLocator } from '../../engine/form/resourceLocator';
import { options } from '../../engine/form/fieldSets';

const campaignId = id(
	resourceLocator({
		displayName: 'Campaign',
		name: 'campaignId',
		required: true,
		description: 'The campaign to enrol the lead in. Only scheduled and running ones take leads.',
		list: { search: 'searchCampaigns', placeholder: 'Select a campaign…' },
		byId: { placeholder: 'e.g. 12375' },
	}),
);

/** SEED prints the path of a list of enrolments without describing it: where it is not served, the list says so. */
const enrolmentId = located({
	since: versionThatReads,
	before: {
		displayName: 'Enrolment ID',
		name: 'enrolmentId',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. 512562',
		description: 'The ID of the enrolment',
	},
	now: {
		displayName: 'Enrolment',
		description: 'The enrolment',
		list: { search: 'searchEnrolments', placeholder: 'Select an enrolment…' },
	},
	id,
});

const enrolmentOptions = options([
	flag({
		displayName: 'Fail If Saleswhale Rejects',
		name: 'failOnInvalidated',
		type: 'boolean',
		default: false,
		description:
			'Whether a rejected enrolment counts as failed. If off, the item is returned with the state invalidated and the reasons.',
	}),
]);

/**
 * SEED, Create an Enrolment: what cannot be enrolled comes back as a success with state "invalidated". The state
 * supersedes `status`, which tells it where there is none, as in the enrolment that a conversation shows.
 */
const isRejected = ({ state, status }: IDataObject): boolean =>
	isNothing(state) ? status === 'error' : state === 'invalidated';

function failIfInvalidated(record: IDataObject, wanted = false): void {
	if (!wanted || !isRejected(record)) return;
	// AE has one text in place of a list of them.
	const texts = [record.errors].flat().filter((one) => typeof one === 'string' && one !== '');
	const reasons = texts.length > 0 ? texts.join('; ') : 'no reason was given';
	throw new UserError(
		`The enrolment was invalidated: ${reasons}. Choose another lead or campaign.`,
	);
}

/** SEED, Enrolments. */
export const enrolment: Resource = {
	name: 'Enrolment',
	value: 'enrolment',
	operations: [
		operation({
			name: 'Create',
			value: 'create',
			action: 'Create enrolment',
			description: 'Enrol a lead in a campaign, so that the AI assistant starts a conversation',
			fields: [campaignId, leadId, enrolmentOptions],
			request: ({ campaignId, leadId }) => ({
				...post`/enrolments`,
				body: { enrolment: { campaign_id: campaignId, lead_id: leadId } },
				label: `lead ${leadId} in campaign ${campaignId}`,
			}),
			writes: ({ campaignId, leadId }) => `of lead ${leadId} in campaign ${campaignId}`,
			many: { verb: 'create', thing: 'enrolment', since: versionThatReads },
			output: one('enrolment'),
			mapRecord: (record, { options: { failOnInvalidated } }) => {
				failIfInvalidated(record, failOnInvalidated);
				return record;
			},
			notice: (record) =>
				isRejected(record)
					? 'Saleswhale rejected the enrolment, so no conversation begins: its item has the reasons'
					: undefined,
		}),
		operation({
			name: 'Cancel',
			value: 'cancel',
			action: 'Cancel enrolment',
			description: 'Stop an enrolment before it becomes a conversation',
			fields: [enrolmentId],
			request: ({ enrolmentId }) => post`/enrolments/${enrolmentId}/cancel`,
			writes: ({ enrolmentId }) => enrolmentId,
			output: one('enrolment'),
		}),
		operation({
			name: 'Get',
			value: 'get',
			action: 'Get enrolment',
			description: 'Get an enrolment by ID, with its state, and the reasons if it was rejected',
			fields: [enrolmentId],
			request: ({ enrolmentId }) => get`/enrolments/${enrolmentId}`,
			output: one('enrolment'),
		}),
		operation({
			name: 'Get Many',
			value: 'getAll',
			action: 'Get many enrolments',
			description:
				'Get the enrolments of the team. Saleswhale names this endpoint without describing it, so it may not be available.',
			fields: [],
			request: () => get`/enrolments`,
			output: many('enrolments', { pages }),
		}),
	],
};
