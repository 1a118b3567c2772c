import type { Answer, Call, Json } from '../../../kit/simulator.mts';
import { ACCOUNT } from './account.mts';
import { refusal } from './answers.mts';
import type { Ids } from './ids.mts';
import type { Agent, Group, Key } from './model.mts';

/** SEED, API keys. */
const SCOPES = [
	'leads:write',
	'prospects:read',
	'prospects:readAdditionalData',
	'prospects:write',
	'notifications',
	'messages:channels',
	'messages:transactional',
	'messages:conversational',
	'integration:act-as-user',
];

/**
 * The scope that an operation needs, by the beginning of its id; the longest that fits counts. SEED
 * tells what each scope is for, not which operation needs it: groups, agents and integrations, which
 * no scope names, are free, and the rest follows SEED's words.
 */
const NEEDED: Record<string, string> = {
	'lead.': 'leads:write',
	'list.categories': 'leads:write',
	'list.defaults': 'leads:write',
	'list.archivingReasons': 'integration:act-as-user',
	'list.labels': 'integration:act-as-user',
	'prospect.': 'prospects:read',
	'prospect.update': 'prospects:write',
	'prospect.delete': 'prospects:write',
	'prospect.addRating': 'prospects:write',
	'prospect.updateAdditionalData': 'prospects:write',
	'prospect.getAdditionalFields': 'prospects:readAdditionalData',
	'prospect.transfer.asUser': 'integration:act-as-user',
	'prospect.archive': 'integration:act-as-user',
	'prospect.setLabel': 'integration:act-as-user',
	'interaction.': 'prospects:read',
	'interaction.create': 'prospects:write',
	'interaction.update': 'prospects:write',
	'channel.': 'messages:channels',
	'message.send': 'messages:conversational',
	'message.sendTemplate': 'messages:transactional',
	'quote.': 'prospects:read',
	'quote.create': 'prospects:write',
	'quote.update': 'prospects:write',
	'transferTarget.': 'integration:act-as-user',
	'subscription.': 'notifications',
};
const longestFirst = Object.entries(NEEDED).sort(([a], [b]) => b.length - a.length);

const ACT_AS_USER = 'integration:act-as-user';
/** An app's event carries its key in the body (PHP21). */
const keyOf = ({ query, body }: Call): unknown =>
	query['api-key'] ?? ((body as Json | undefined)?.['data'] as Json | undefined)?.['apiKey'];

/** What a key is made with. */
export interface KeySettings {
	key: string;
	group: Group;
	/** Default: every scope. */
	scopes?: string[];
	/** Whom the key acts as; none makes as-user operations a conflict. */
	user?: Agent;
}

/** The API keys of the account. */
export class Keys {
	private readonly keys = new Map<string, Key>();

	constructor(private readonly ids: Ids) {}

	add({ key, group, scopes = SCOPES, user }: KeySettings): Key {
		const integrationId = this.ids.next().id;
		const name = `App ${this.keys.size + 1}`;
		const made = { key, group, scopes: new Set(scopes), user, integrationId, name };
		this.keys.set(key, made);
		return made;
	}

	get all(): Key[] {
		return [...this.keys.values()];
	}

	/** The key of a call that `refuse` has let through. */
	of(call: Call): Key {
		const key = this.keys.get(String(keyOf(call)));
		if (!key) throw new Error('A call without a key came through');
		return key;
	}

	/** SOFIA: a new scope shows at once, and is refused for 15 to 20 minutes. */
	grant(name: string, scope: string, afterMs = 0): void {
		const key = this.keys.get(name);
		if (!key) throw new Error(`There is no key ${name}`);
		if (afterMs === 0) key.scopes.add(scope);
		else setTimeout(() => key.scopes.add(scope), afterMs).unref();
	}

	revoke(name: string, scope: string): void {
		this.keys.get(name)?.scopes.delete(scope);
	}

	/** 403 for a wrong key (inferred) and a missing scope (SOFIA), 409 without an acting user (SOFIA). */
	refuse(call: Call): Answer | undefined {
		const key = this.keys.get(String(keyOf(call)));
		if (!key) return refusal(403, 'FORBIDDEN', 'Invalid API key');
		const { operationId = '' } = call;
		const scope = longestFirst.find(([begin]) => operationId.startsWith(begin))?.[1];
		if (scope !== undefined && !key.scopes.has(scope)) {
			return refusal(403, 'FORBIDDEN', `Invalid scope for this operation, need ${scope}`);
		}
		if (scope === ACT_AS_USER && key.user === undefined) {
			return refusal(409, 'NO_ACTING_USER', 'The integration has no user');
		}
		return undefined;
	}
}

/** GET /integration. */
export function integrationOf({ integrationId, name, group, user }: Key): Json {
	return {
		id: integrationId,
		name,
		providerKey: 'custom-app',
		groupId: group.id,
		group: group.name,
		...(user && { user: user.id }),
		language: 'es',
		...ACCOUNT,
	};
}
