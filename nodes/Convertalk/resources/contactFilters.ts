import type { IDataObject } from 'n8n-workflow';
import { choices } from '../../engine/form/choice';
import { date } from '../../engine/form/date';
import { fieldError, readsAsMeant } from '../../engine/form/fields';
import { flag } from '../../engine/form/flag';
import { reference } from '../../engine/form/text';
import { list, nameList } from '../../engine/form/list';
import { chatStatuses } from './statuses';
import { filters } from '../../engine/form/fieldSets';

const several = <const Name extends string>(
	name: Name,
	displayName: string,
	description: string,
) => ({
	displayName,
	name,
	type: 'string' as const,
	default: '',
	description: `${description}. Separated by commas, or a list from an expression.`,
});

const texts = <const Name extends string>(...named: [Name, string, string]) =>
	list(several(...named));

const ids = <const Name extends string>(...named: [Name, string, string]) =>
	nameList(several(...named));

const whether = <const Name extends string>(name: Name, displayName: string, description: string) =>
	flag({ displayName, name, type: 'boolean', default: true, description });

const moment = <const Name extends string>(name: Name, displayName: string, description: string) =>
	date({ displayName, name, type: 'dateTime', default: '', description });

/** CT2, request body; the last four with BPNEW. */
const anyFilters = filters('contact', [
	ids('agentAssigned', 'Agent IDs', 'Only contacts that are assigned to one of these agents'),
	texts(
		'applicableFilters',
		'Applicable Filters',
		'Names of filters that Convertalk itself uses. They are not documented',
	),
	moment('createdAfter', 'Created After', 'Only contacts that were created after this moment'),
	moment('createdBefore', 'Created Before', 'Only contacts that were created before this moment'),
	ids('botFacebook', 'Facebook Bot IDs', 'Only contacts of these bots'),
	whether('hasOrdered', 'Has Ordered', 'Whether to find only contacts who have ordered'),
	whether('isContact', 'Is Contact', 'Whether to find only those who were saved as contacts'),
	whether(
		'isLiveChatActive',
		'Is Live Chat Active',
		'Whether to find only contacts in a live chat',
	),
	whether('isOnline', 'Is Online', 'Whether to find only contacts who are online'),
	choices({
		displayName: 'Last Message By',
		name: 'lastMessageBy',
		type: 'multiOptions',
		default: [],
		options: [
			{ name: 'Agent', value: 'agent' },
			{ name: 'Bot', value: 'bot' },
			{ name: 'User', value: 'user' },
		],
		description: 'Only contacts whose last message came from one of these',
	}),
	moment('lastOrderAt', 'Last Order At', 'When the contacts to find ordered last'),
	moment('lastSeenAfter', 'Last Seen After', 'Only contacts who were seen after this moment'),
	moment(
		'lastSeenBefore',
		'Last Seen Before',
		'Only contacts who were last seen before this moment',
	),
	reference({
		displayName: 'Search Text',
		name: 'searchText',
		type: 'string',
		default: '',
		placeholder: 'e.g. nathan@example.com',
		description: 'Text to find, such as a name, an e-mail address or a number',
	}),
	ids('segments', 'Segment IDs', 'Only contacts of these segments'),
	choices({
		displayName: 'Status',
		name: 'status',
		type: 'multiOptions',
		default: [],
		options: chatStatuses,
		description: 'Only contacts whose chat has one of these statuses',
	}),
	texts('tags', 'Tags', 'Only contacts with one of these tags'),
	ids('botTelegram', 'Telegram Bot IDs', 'Only contacts of these bots'),
	whether('userInteracted', 'User Interacted', 'Whether to find only contacts who wrote something'),
	ids('botWebsite', 'Website Bot IDs', 'Only contacts of these bots'),
	ids('botWhatsapp', 'WhatsApp Bot IDs', 'Only contacts of these bots'),
]);

type Filters = ReturnType<typeof anyFilters.read>;

/** The same, in which no period ends before it begins: nobody would be found, without a word. */
export const contactFilters: typeof anyFilters = {
	...anyFilters,
	read: (raw, item) => {
		const wanted = anyFilters.read(raw, item);
		if (readsAsMeant(item)) {
			checkPeriod('Created', wanted.createdAfter, wanted.createdBefore);
			checkPeriod('Last Seen', wanted.lastSeenAfter, wanted.lastSeenBefore);
		}
		return wanted;
	},
};

/** @throws UserError where both ends are given, and the start is the later one; both are ISO 8601 in UTC */
function checkPeriod(what: string, after?: string, before?: string): void {
	if (after === undefined || before === undefined || after <= before) return;
	throw fieldError(
		{ displayName: `${what} After` },
		`is ${after}, which is after '${what} Before' (${before})`,
		'Enter an earlier start.',
	);
}

/** BPNEW: every field is sent, empty where it does not filter. The page's number is added for each page. */
export function searchBody(wanted: Filters): IDataObject {
	return {
		searchText: wanted.searchText ?? '',
		tags: wanted.tags ?? [],
		status: wanted.status ?? [],
		isOnline: wanted.isOnline ?? false,
		_botWebsite: wanted.botWebsite ?? [],
		_botWhatsapp: wanted.botWhatsapp ?? [],
		_botTelegram: wanted.botTelegram ?? [],
		_botFacebook: wanted.botFacebook ?? [],
		_agentAssigned: wanted.agentAssigned ?? [],
		segments: wanted.segments ?? [],
		applicableFilters: wanted.applicableFilters ?? [],
		lastSeenAt: { startAt: wanted.lastSeenAfter ?? '', endsAt: wanted.lastSeenBefore ?? '' },
		createdAt: { startAt: wanted.createdAfter ?? '', endsAt: wanted.createdBefore ?? '' },
		userInteracted: wanted.userInteracted ?? false,
		lastMessageBy: wanted.lastMessageBy ?? [],
		isLiveChatActive: wanted.isLiveChatActive ?? false,
		hasOrdered: { status: wanted.hasOrdered ?? false, lastAt: wanted.lastOrderAt ?? '' },
		isContact: wanted.isContact ?? false,
		isExport: 'none',
	};
}
