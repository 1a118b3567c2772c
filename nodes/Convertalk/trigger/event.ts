import type { IDataObject } from 'n8n-workflow';
import type { ListName } from '../vendor';
import type { Change } from '../../engine/polling/pollDiff';
import { eventId } from '../../engine/polling/recordHash';
import { polledLead } from './polled';
import { storedPhone, withPlusSign } from '../resources/leadPhone';
import { isRecord, dig } from '../../engine/util/json';
import { withOwnFields } from '../../engine/util/ownFields';

/** What the trigger tells of. */
export type EventName = 'leadCreated' | 'leadUpdated' | 'chatStarted';

/** The list in which an event shows. */
export const listOf: Record<EventName, ListName> = {
	leadCreated: 'lead',
	leadUpdated: 'lead',
	chatStarted: 'nonLead',
};

/** What a change in a list is to the person; a change of a chat that is no lead is nothing. */
export function eventOf(list: ListName, { kind }: Pick<Change, 'kind'>): EventName | undefined {
	if (list === 'lead') return kind === 'created' ? 'leadCreated' : 'leadUpdated';
	return kind === 'created' ? 'chatStarted' : undefined;
}

/** The item that a workflow gets. */
export function itemOf(event: EventName, record: IDataObject, simplify: boolean): IDataObject {
	const own = { eventId: eventId(event, record, polledLead), event };
	return withOwnFields(own, simplify ? simplified(record) : record);
}

/**
 * A lead with its contact data on top, under the names that Create or Update has for them (WL and BPNEW
 * for where they are). The vendor answers the dial code without the plus that it wants to be sent.
 */
export function simplified(record: IDataObject): IDataObject {
	const details = dig(record, 'profile', 'userDetails');
	const phone = dig(details, 'contact', 'phone');
	const prefix = dig(phone, 'prefix');
	const all: Record<string, unknown> = {
		id: record._id,
		uuid: record.uuid,
		name: dig(details, 'name') ?? dig(details, 'userProvidedName'),
		email: dig(details, 'contact', 'email'),
		dialCode: withPlusSign(prefix),
		phone: dig(phone, 'number'),
		phoneNumber: storedPhone(prefix, dig(phone, 'number')),
		picture: dig(details, 'picture'),
		city: dig(details, 'city'),
		country: dig(details, 'country'),
		gender: dig(details, 'gender'),
		status: record.status,
		agentId: record._agentAssigned,
		tags: dig(details, 'tags'),
		attributes: rowsOf(dig(details, 'attributes'), 'key', 'value'),
		notes: rowsOf(dig(record, 'profile', 'notes'), 'title', 'description'),
		lastMessage: dig(record, 'lastMessage', 'text'),
		createdAt: record.createdAt,
		updatedAt: record.updatedAt,
		lastSeenAt: record.lastSeenAt,
	};
	const known = Object.entries(all).filter(([, value]) => value !== undefined);
	return Object.fromEntries(known) as IDataObject;
}

function rowsOf(list: unknown, ...names: string[]): IDataObject[] | undefined {
	if (!Array.isArray(list)) return undefined;
	return list
		.filter(isRecord)
		.map((row) => Object.fromEntries(names.map((name) => [name, row[name]])) as IDataObject);
}
