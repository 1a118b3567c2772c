import type { Answer, Call, Handler, Json, UploadedFile } from '../../../kit/simulator.mts';
import * as account from './account.mts';
import { bodyOf, created, EmptyNotFound, ok, Refusal, refusing, text } from './answers.mts';
import type { Interactions } from './interactions.mts';
import type { Keys } from './keys.mts';
import type { Messages } from './messages.mts';
import type { ChannelName, Prospect, Quote } from './model.mts';
import { organisation } from './organisation.mts';
import type { Prospects } from './prospects.mts';
import type { Quotes } from './quotes.mts';
import type { Subscriptions } from './subscriptions.mts';

/** The parts of the account that the operations work on. */
export interface Parts {
	keys: Keys;
	prospects: Prospects;
	interactions: Interactions;
	messages: Messages;
	quotes: Quotes;
	subscriptions: Subscriptions;
	/** What GET /prospect-by answers: an object as SEED shows, or a list as live (SOFIA). */
	foundAs: 'object' | 'list';
}

/** The handlers of the contract's operations. */
export function operations(parts: Parts): Record<string, Handler> {
	const handlers = {
		...leads(parts),
		...prospects(parts),
		...conversations(parts),
		...quotes(parts),
		...organisation(parts.keys),
		...subscriptions(parts),
	};
	const entries = Object.entries(handlers).map(([id, handler]) => [id, refusing(handler)]);
	return Object.fromEntries(entries) as Record<string, Handler>;
}

/** Handlers by the contract's operationId, which may refuse by throwing. */
export type Handlers = Record<string, (call: Call) => Answer>;

function leads({ prospects, keys }: Parts): Handlers {
	const create = (type: string) => (call: Call) => {
		const prospect = prospects.addLead(keys.of(call).group, type, bodyOf(call));
		return ok({ ...shown(keys, call, prospect), interactions: [] });
	};
	return {
		'lead.create.retail': create('retail'),
		'lead.create.vehicle': create('vehicle'),
		'lead.create.insurance': create('insurance'),
		'lead.create.savingPlan': create('savingPlan'),
		'lead.create.realEstate': create('realEstate'),
	};
}

/** Additional data are for those who may read them (SEED, scopes). */
function shown(keys: Keys, call: Call, prospect: Prospect): object {
	if (keys.of(call).scopes.has('prospects:readAdditionalData')) return prospect;
	const { additionalData: _hidden, ...rest } = prospect;
	return rest;
}

function prospects(parts: Parts): Handlers {
	const { prospects, keys } = parts;
	const of = ({ params }: Call) => prospects.get(params['prospectId']);
	const show = (call: Call, prospect: Prospect) => ok(shown(keys, call, prospect));
	return {
		'prospect.getAll': (call) => ok(prospects.list(call).map((one) => shown(keys, call, one))),
		'prospect.getAll.ofSelection': (call) => {
			const all = [...prospects.byId.values()];
			const offset = Number(text(call, 'offset') ?? 0);
			const limit = Number(text(call, 'limit') ?? 100);
			return ok({ contacts: all.slice(offset, offset + limit), total: all.length });
		},
		'prospect.find': (call) => {
			const [email, phone] = [text(call, 'email'), text(call, 'phoneNumber')];
			// "It is necessary to inform at least one of them" (SEED).
			if (!email && !phone) {
				throw new Refusal(400, 'MISSING_PARAMETER', 'phoneNumber or email is needed');
			}
			const { foundAs } = parts;
			const found = prospects.find(phone ? [phone] : [], email ? [email] : []);
			const short = found.map(({ id, firstName, phones, accountId, agent }) => ({
				[foundAs === 'list' ? '_id' : 'id']: id,
				firstName,
				phones,
				account: accountId,
				...(agent && { claimedBy: agent.id }),
			}));
			if (foundAs === 'list') return ok(short);
			if (!short[0]) throw new Refusal(404, 'NOT_FOUND', 'Prospect not found');
			return ok(short[0]);
		},
		'prospect.get': (call) => show(call, of(call)),
		'prospect.update': (call) => show(call, prospects.update(of(call), bodyOf(call))),
		'prospect.delete': (call) => {
			const prospect = of(call);
			prospects.remove(prospect);
			return show(call, prospect);
		},
		'prospect.updateAdditionalData': (call) => {
			const prospect = of(call);
			Object.assign(prospect.additionalData, bodyOf(call));
			return show(call, prospect);
		},
		'prospect.getAdditionalFields': (call) => {
			of(call);
			return ok(account.ADDITIONAL_FIELDS);
		},
		'prospect.transfer': (call) => {
			prospects.transfer(of(call), bodyOf(call));
			return ok({ success: true });
		},
		'prospect.transfer.asUser': (call) => {
			prospects.transfer(of(call), bodyOf(call));
			return ok({ success: true });
		},
		'prospect.archive': (call) => show(call, prospects.archive(of(call), bodyOf(call))),
		'prospect.setLabel': (call) => show(call, prospects.update(of(call), bodyOf(call))),
		'prospect.addRating': (call) => {
			of(call)['rating'] = bodyOf(call);
			return ok({ success: true });
		},
		'prospect.getOrders': (call) => {
			const orders = (of(call)['orders'] ?? []) as Json[];
			return ok(orders.slice(0, Number(text(call, 'limit') ?? Infinity)));
		},
	};
}

function conversations({ prospects, interactions, messages }: Parts): Handlers {
	const of = ({ params }: Call) => prospects.get(params['prospectId']);
	const channelOf = ({ params }: Call) => params['channel'] as ChannelName;
	return {
		'interaction.getAll': (call) => ok(interactions.list(call)),
		'interaction.getAll.ofProspect': (call) => ok(interactions.listOf(of(call), call)),
		'interaction.create': (call) => {
			const prospect = prospects.byId.get(String(call.params['prospectId']));
			if (!prospect) throw new EmptyNotFound();
			return ok([interactions.report(prospect, bodyOf(call))]);
		},
		'interaction.get': (call) => ok(interactions.get(of(call), call.params['interactionId'])),
		'interaction.update': (call) =>
			ok(interactions.update(of(call), call.params['interactionId'], bodyOf(call))),
		'channel.getAll': () => ok(account.CHANNELS),
		'channel.getAll.ofProspect': (call) => ok(messages.channelsOf(of(call))),
		'message.send': (call) => ok([messages.send(of(call), channelOf(call), bodyOf(call))]),
		'message.sendTemplate': (call) => {
			const { key, parameters } = bodyOf(call) as { key: string; parameters?: Json };
			return ok([messages.sendTemplate(of(call), channelOf(call), key, parameters)]);
		},
		'message.sendFile': (call) => {
			const file = bodyOf(call)['file'] as UploadedFile;
			return ok([messages.sendFile(of(call), channelOf(call), file)]);
		},
	};
}

function quotes({ prospects, quotes }: Parts): Handlers {
	const of = ({ params }: Call) => prospects.get(params['prospectId']);
	const idOf = ({ params }: Call) => params['quoteId'];
	return {
		'quote.getAll': (call) => ok(quotes.list(call)),
		'quote.getAll.ofProspect': (call) => ok(quotes.listOf(of(call), call)),
		'quote.create': (call) => {
			const { items, status } = bodyOf(call) as Pick<Quote, 'items' | 'status'>;
			return created(quotes.create(of(call), items, status));
		},
		'quote.get': (call) => ok(quotes.get(of(call), idOf(call))),
		'quote.update': (call) => {
			const { status } = bodyOf(call) as Pick<Quote, 'status'>;
			return ok(quotes.update(of(call), idOf(call), status));
		},
	};
}

function subscriptions({ keys, subscriptions }: Parts): Handlers {
	const idOf = ({ params }: Call) => params['subscriptionId'];
	return {
		'subscription.getTopics': () => ok(account.TOPICS),
		'subscription.getAll': (call) => ok(subscriptions.of(keys.of(call))),
		'subscription.create': (call) => {
			const { topics, callbackUrl } = bodyOf(call) as { topics: string[]; callbackUrl: string };
			return created(subscriptions.create(keys.of(call), topics, callbackUrl));
		},
		'subscription.deleteAll': (call) => {
			const own = subscriptions.of(keys.of(call));
			for (const { id } of own) subscriptions.remove(keys.of(call), id);
			return ok({ modified: own.length });
		},
		'subscription.get': (call) => ok(subscriptions.get(keys.of(call), idOf(call))),
		'subscription.delete': (call) => ok(subscriptions.remove(keys.of(call), idOf(call))),
	};
}
