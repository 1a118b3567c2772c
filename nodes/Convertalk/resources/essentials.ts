import type { Flat } from '../../engine/operation/operation';
import { simplified } from '../trigger/event';

/** What most people read of a lead, another chat or a contact, as the trigger calls it. */
export const essentials = [
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

/** What the trigger has besides. */
const others = [
	'dialCode',
	'phone',
	'picture',
	'city',
	'country',
	'gender',
	'attributes',
	'notes',
	'createdAt',
	'updatedAt',
] as const;

/** A chat with its contact data on top, none inside another. */
export const flat: Flat = { names: [...essentials, ...others], of: simplified };
