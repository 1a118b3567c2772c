import { type IDataObject, type IPollFunctions, UserError } from 'n8n-workflow';
import { ApiError } from '../../engine/http/apiError';
import type { Client } from '../../engine/http/client';
import { get } from '../../engine/http/request';
import { diffList, type PageOfList } from '../../engine/polling/diffList';
import type { PolledList, PollingTrigger } from '../../engine/polling/poll';
import type { Change } from '../../engine/polling/pollDiff';
import { eventId, type PolledRecord } from '../../engine/polling/recordHash';
import { isWatched } from '../../engine/util/events';
import { withOwnFields } from '../../engine/util/ownFields';
import { list } from '../resources/answers';
import { contactRecord, isoTime, withTimes } from '../resources/records';
import { salesflow } from '../vendor';
import { isRefused } from './attachMissing';
import { chosenCampaigns } from './campaigns';

/** Records of one list that are remembered: ten characters each. */
const most = {
	records: 100_000,
	instead: "Choose some in 'Campaigns', each of which may have so many contacts.",
};

const listCampaigns = get`/api/campaigns/list-campaigns`;

/** Trigger On. The lists tell neither who connected nor who wrote: they have no status of a contact, and no message. */
export const polledEvents = [
	{
		name: 'Campaign Created',
		value: 'campaignCreated',
		description: 'A campaign is in the account that was not there before',
	},
	{
		name: 'Campaign Status Changed',
		value: 'campaignStatusChanged',
		description: 'A campaign was started, paused or stopped',
	},
	{
		name: 'Contact Added',
		value: 'contactAdded',
		description: 'A contact is in a campaign that was not there before',
	},
];

/** SEED, ListContacts (by campaignId). AddedAt is newer (version 1.8); where it is missing, the ID alone tells. */
const polledContact: PolledRecord = {
	identity: ({ MemberId }) => String(MemberId),
	state: () => ({}),
	createdAt: ({ AddedAt }) => isoTime(AddedAt),
	updatedAt: () => undefined,
	otherTimes: [],
};

/** SEED, ListCampaigns. Any other change of a campaign is none here. */
const polledCampaign: PolledRecord = {
	identity: ({ CampaignId }) => String(CampaignId),
	state: ({ Status }) => ({ Status }),
	createdAt: () => undefined,
	updatedAt: ({ LastModifiedAt }) => isoTime(LastModifiedAt),
	otherTimes: [],
};

/** The Salesflow Poll Trigger: both lists come whole, and in no documented order. */
export const salesflowPollTrigger: PollingTrigger = {
	vendor: salesflow,
	name: 'salesflowPollTrigger',
	events: polledEvents.map(({ value }) => value),
	lists: (context, events) => {
		checkCanComeAbout(context, events);
		return [
			...(events.includes('contactAdded') ? contactLists(context) : []),
			...(events.some((event) => event !== 'contactAdded') ? [campaignList(context, events)] : []),
		];
	},
	scopeOf: (_, client) => client.identityOf(listCampaigns),
	untilFirst: 'Wait until something of what you chose has happened, and test again.',
};

/**
 * Nobody can choose a campaign that is yet to be created, so that the event would never come. Only while a person
 * publishes or tests, as checkEvents(): what runs goes on with its other events.
 * @throws UserError where both are chosen
 */
function checkCanComeAbout(context: IPollFunctions, events: readonly string[]): void {
	if (!isWatched(context) || !events.includes('campaignCreated')) return;
	if (chosenCampaigns(context) === undefined) return;
	throw new UserError(
		"'Campaign Created' never comes from chosen campaigns, since a new one is not among them. Set 'Campaigns' to All Campaigns, or take Campaign Created out of 'Trigger On'.",
	);
}

/** Each chosen campaign has its own memory: one that is chosen later begins with what is in it. */
function contactLists(context: IPollFunctions): PolledList[] {
	const ids = chosenCampaigns(context);
	if (!ids) return [contactList('contacts', { campaignsOf: allCampaigns, ifGone: ifGone.all })];
	return ids.map((id) => {
		const campaignsOf = async () => [{ CampaignId: id }];
		return contactList(`contacts ${id}`, { campaignsOf, ifGone: ifGone.chosen });
	});
}

/** What to do about a campaign that is not there. */
const ifGone = {
	all: "Salesflow still lists it. If every poll fails like this, choose the others in 'Campaigns': nothing is lost of them.",
	chosen:
		"If it was deleted, take it out of 'Campaign Names or IDs': nothing is lost of the others.",
};

/** Whose contacts are read, and what to do where Salesflow does not know one of them. */
interface Watched {
	campaignsOf(client: Client): Promise<IDataObject[]>;
	ifGone: string;
}

function contactList(name: string, watched: Watched): PolledList {
	const itemOf = (contact: IDataObject): IDataObject =>
		withOwnFields(
			{ EventId: eventId('contactAdded', contact, polledContact), Event: 'contactAdded' },
			contactRecord(contact),
		);
	return diffList({
		name,
		polled: polledContact,
		read: contactPages(watched),
		itemOf: ({ kind, record }) => (kind === 'created' ? itemOf(record) : undefined),
		sampleOf: itemOf,
		most,
	});
}

/** A page for each campaign. One without contacts would end the list, so the next one's comes in its place. */
function contactPages(watched: Watched) {
	let campaigns: IDataObject[] | undefined;
	/** By the page, the campaign from which on it is looked for. */
	const starts = new Map<number, number>();
	return async (client: Client, page: number): Promise<PageOfList> => {
		if (page === 1 || !campaigns) campaigns = await watched.campaignsOf(client);
		const from = starts.get(page) ?? page - 1;
		for (const [n, campaign] of campaigns.slice(from).entries()) {
			const records = await contactsOf(client, campaign, watched);
			const next = from + n + 1;
			starts.set(page + 1, next);
			if (records.length > 0) return { records, isLast: next === campaigns.length };
		}
		return { records: [], isLast: true };
	};
}

/** The list does not say of which campaign it is. */
async function contactsOf(
	{ send }: Client,
	{ CampaignId, CampaignName }: IDataObject,
	watched: Watched,
): Promise<IDataObject[]> {
	const query = { campaignId: String(CampaignId) };
	const contacts = await send({ ...get`/api/members/list-contacts`, query }, list().records).catch(
		(thrown: unknown) => {
			if (!(thrown instanceof ApiError) || !isRefused(thrown)) throw thrown;
			const { code } = thrown;
			const what = `Campaign ${query.campaignId} could not be read. ${thrown.message}`;
			throw new ApiError(what, { hint: code === '404' ? watched.ifGone : thrown.hint, code });
		},
	);
	const campaign = { CampaignId, ...(CampaignName !== undefined && { CampaignName }) };
	return contacts.map((contact) => ({ ...contact, ...campaign }));
}

const allCampaigns = async ({ send }: Client): Promise<IDataObject[]> =>
	await send(listCampaigns, list().records);

function campaignList(context: IPollFunctions, events: string[]): PolledList {
	const ids = chosenCampaigns(context);
	const isChosen = ({ CampaignId }: IDataObject) => !ids || ids.includes(Number(CampaignId));
	const itemOf = ({ kind, record }: Change): IDataObject | undefined => {
		const Event = kind === 'created' ? 'campaignCreated' : 'campaignStatusChanged';
		if (!events.includes(Event) || !isChosen(record)) return undefined;
		return withOwnFields(
			{ EventId: eventId(Event, record, polledCampaign), Event },
			withTimes(record),
		);
	};
	return diffList({
		name: 'campaigns',
		polled: polledCampaign,
		read: async (client) => ({ records: await allCampaigns(client), isLast: true }),
		itemOf,
		sampleOf: (record) =>
			itemOf({ kind: 'created', record }) ?? itemOf({ kind: 'updated', record }),
		most,
	});
}
