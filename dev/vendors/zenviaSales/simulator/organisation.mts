import type { Call } from '../../../kit/simulator.mts';
import * as account from './account.mts';
import { find, ok, Refusal, text } from './answers.mts';
import { integrationOf } from './keys.mts';
import type { Keys } from './keys.mts';
import type { Group } from './model.mts';
import type { Handlers } from './operations.mts';

const groups = new Map(account.GROUPS.map((group) => [group.id, group]));
const groupOf = ({ params }: Call): Group => find('Group', groups, params['groupId']);
const agents = new Map([...account.AGENTS.values()].flat().map((agent) => [agent.id, agent]));

/** Groups, agents, integrations, the account's lists of values, and what custom apps send. */
export function organisation(keys: Keys): Handlers {
	return { ...people(keys), ...lists(), ...apps(keys) };
}

function people(keys: Keys): Handlers {
	const working = (call: Call) => {
		find('Agent', agents, call.params['agentId']);
		return ok({ working: true });
	};
	const groupWorking = (call: Call) => {
		groupOf(call);
		return ok({ working: true });
	};
	const inScope = (call: Call) => {
		const { group } = keys.of(call);
		return account.GROUPS.filter(({ id }) => id === group.id || group.descendants.includes(id));
	};
	return {
		'group.getAll': (call) => {
			const parent = text(call, 'parent');
			return ok(inScope(call).filter((group) => parent === undefined || group.parent === parent));
		},
		'group.get': (call) => ok(groupOf(call)),
		'group.getOnlineAgents': (call) => {
			const own = account.AGENTS.get(groupOf(call).id) ?? [];
			const online = own.slice(0, account.OFFLINE);
			// The second of them is online but busy.
			const isAvailable = String(call.query['availableAgents']) === 'true';
			return ok({ officeHours: true, agents: isAvailable ? online.slice(0, 1) : online });
		},
		'group.isWorking': groupWorking,
		'group.getResponseTime': groupWorking,
		'agent.getAll': (call) => {
			const own = account.AGENTS.get(text(call, 'group') ?? '') ?? [];
			const active = text(call, 'active');
			if (active === undefined) return ok(own);
			return ok(active === 'true' ? own.slice(0, account.INACTIVE) : own.slice(account.INACTIVE));
		},
		'agent.isWorking': working,
		'agent.getResponseTime': working,
		'transferTarget.getAll': (call) => {
			const reach = inScope(call);
			return ok({
				agents: reach.flatMap(({ id }) => account.AGENTS.get(id) ?? []),
				groups: reach.map(({ id, name }) => ({ id, name })),
			});
		},
		'integration.check': () => ({ status: 200 }),
		'integration.get': (call) => ok(integrationOf(keys.of(call))),
		'integration.getAll': () => ok(keys.all.map(integrationOf)),
	};
}

function lists(): Handlers {
	return {
		'list.archivingReasons': () => ok(account.ARCHIVING_REASONS),
		'list.archivingReasons.ofAgent': () => ok(account.ARCHIVING_REASONS),
		'list.labels': () => ok(account.LABELS),
		'list.categories': () => ok(account.CATEGORIES),
		'list.defaults': () => ok(account.DEFAULTS),
		'list.industries': () => ok(account.INDUSTRIES),
	};
}

function apps(keys: Keys): Handlers {
	return {
		'app.sendEvent': () => ok({ messageId: 'event-1', status: 'accepted' }),
		// Only for the key of a registered custom app; any other gets this (SOFIA, live).
		'app.sendNotification': (call) => {
			throw new Refusal(400, 'UNEXPECTED_ERROR', `${keys.of(call).name} is no registered app`);
		},
	};
}
