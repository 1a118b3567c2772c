import type { IDataObject } from 'n8n-workflow';
import { simplified } from '../trigger/event';

/** What most people read of a chat, as the trigger calls it. */
const names = [
	'id',
	'uuid',
	'name',
	'email',
	'phoneNumber',
	'status',
	'agentId',
	'tags',
	'lastMessage',
	'lastSeenAt',
] as const;

/** What Simplify leaves of a lead, another chat or a contact: ten fields at most, none inside another. */
export function essentialsOf(record: IDataObject): IDataObject {
	const all = simplified(record);
	return Object.fromEntries(
		names.filter((name) => Object.hasOwn(all, name)).map((name) => [name, all[name]]),
	) as IDataObject;
}
