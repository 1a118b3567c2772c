import type { Columns } from '../engine/operation/simplify';

const leadGetAll = [
	'_id',
	'uuid',
	'createdAt',
	'updatedAt',
	'lastSeenAt',
	'isOnline',
	'websiteVisits',
	'status',
	'_agentAssigned',
	'lastMessage',
	'profile',
	'type',
];
const contactSearch = [
	'_id',
	'_agency',
	'_customer',
	'createdAt',
	'updatedAt',
	'lastSeenAt',
	'platform',
	'secondaryPlatform',
	'segments',
	'status',
	'isContact',
	'isImported',
	'isLiveChatActive',
	'isMigrated',
	'isOnline',
	'isPaid',
	'isSubscriber',
	'userInteracted',
	'hasOrdered',
	'websiteVisits',
	'unreadMessages',
	'unreadMessage',
	'lastMessage',
	'profile',
];

/**
 * Written by `npm run schemas`: all fields of the records of lists, and of what Simplify makes smaller, by the
 * vendor's contract.
 */
export const columns: Columns = { 'lead.getAll': leadGetAll, 'contact.search': contactSearch };
