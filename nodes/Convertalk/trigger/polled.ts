import type { IDataObject } from 'n8n-workflow';
import { dig } from '../../engine/util/json';
import type { PolledRecord } from '../../engine/polling/recordHash';
import { identity } from '../vendor';

/** Fields that change although the lead is as it was. */
const passing = new Set(['isOnline', 'lastSeenAt', 'websiteVisits', 'updatedAt']);

/**
 * What the trigger compares of a lead or a chat. A visit alone is no change: the first three say that the visitor is
 * there. Nor is a later updatedAt alone: the server sets it for an update that leaves all as it was, so a workflow
 * that writes the same again would start itself without end.
 */
export const polledLead: PolledRecord = {
	identity: (record) => identity(record, stateOf),
	state: stateOf,
	createdAt: ({ createdAt }) => createdAt,
	updatedAt: ({ updatedAt }) => updatedAt,
	otherTimes: [
		({ createdAt }) => createdAt,
		({ lastSeenAt }) => lastSeenAt,
		(record) => dig(record, 'lastMessage', 'at'),
	],
};

function stateOf(record: IDataObject): IDataObject {
	const lasting = Object.entries(record).filter(([name]) => !passing.has(name));
	return Object.fromEntries(lasting) as IDataObject;
}
