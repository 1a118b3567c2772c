import type { Answer, Call, Handler, Json } from '../../../kit/simulator.mts';
import type { Salesflow } from './index.mts';
import { find, gone, ok, Refusal, type RefusalStyle } from './answers.mts';
import type { ContactInput, Contacts } from './contacts.mts';
import { BITS, type Campaign, type Contact, namesOf, sevenDigitTime } from './model.mts';

/** The handlers of the contract's operations over the account's state. */
export function operations(account: Salesflow, style: RefusalStyle): Record<string, Handler> {
	const { accounts, campaigns, contacts, webhooks } = account;
	const campaignOf = ({ query }: Call): Campaign =>
		find('Campaign', campaigns, query['campaignId']);
	const handlers: Record<string, (call: Call) => Answer> = {
		'account.getAll': () => ok(accounts),

		'campaign.getAll': ({ query }) => ok(since([...campaigns.values()], query)),
		'campaign.start': (call) => {
			const campaign = campaignOf(call);
			if (campaign.Status === 'CAMPAIGN_RUNNING')
				throw new Refusal(409, 'Campaign is already running');
			if (contacts.inCampaign(campaign.CampaignId).length === 0) {
				// SEED says that Message can hold the reason, not which reasons there are.
				throw new Refusal(422, 'Campaign has no contacts.');
			}
			campaign.Status = 'CAMPAIGN_RUNNING';
			campaign.LastModifiedAt = sevenDigitTime();
			return ok({ Status: 200, Message: 'Campaign has been started.' });
		},
		'campaign.getStatistics': (call) => ok(statistics(campaignOf(call), contacts)),

		'contact.import': (call) => {
			const { campaignId: _c, accountId: _a, token: _t, linkedInUrl, ...rest } = call.query;
			const { CampaignId } = campaignOf(call);
			const identifier = /\/in\/([^/?#]+)/.exec(String(linkedInUrl))?.[1];
			if (!identifier) throw new Refusal(422, 'linkedInUrl is not a LinkedIn profile');
			const custom = Object.entries(rest).filter(([name]) => name.startsWith('custom'));
			const fields = Object.entries(rest).filter(([name]) => !name.startsWith('custom'));
			const input = Object.fromEntries(fields) as Json;
			return ok(
				shown(
					contacts.import(
						CampaignId,
						identifier,
						pascalCase(input),
						Object.fromEntries(custom) as Record<string, string>,
					),
				),
			);
		},
		'contact.get': ({ params }) => {
			const contact = contacts.get(params['memberId']);
			const { status, CampaignId } = contact;
			return ok({
				...shown(contact),
				Status: account.statusAs === 'number' ? status : namesOf(status),
				CampaignId,
				CampaignName: campaigns.get(CampaignId)?.CampaignName ?? null,
			});
		},
		'contact.get.byPublicIdentifier': ({ query }) => {
			const [contact] = contacts.withIdentifier(String(query['publicIdentifier']));
			if (!contact) throw new Refusal(404, 'Member not found');
			return ok(shown(contact));
		},
		'contact.update': ({ params, body }) =>
			ok(shown(contacts.update(params['memberId'], pascalCase(body as Json)))),
		'contact.delete': ({ params }) => {
			contacts.delete(params['memberId']);
			return gone();
		},
		'contact.getAll': (call) => {
			const all = contacts.inCampaign(campaignOf(call).CampaignId).map((contact) => {
				const { PublicIdentifier: _p, ...listed } = shown(contact);
				return listed as { LastModifiedAt: string };
			});
			return ok(since(all, call.query));
		},
		'contact.lookup': ({ body }) => {
			const { PublicIdentifiers: wanted } = body as { PublicIdentifiers: string[] };
			return ok(wanted.flatMap((one) => contacts.withIdentifier(one)).map(shown));
		},

		'webhook.create': ({ body }) => ok(webhooks.create(body as Json)),
		'webhook.delete': ({ query }) => {
			webhooks.delete(query['webhookId']);
			return gone();
		},
		'webhook.getAll': () => ok([...webhooks.byId.values()]),
		'webhook.attach': (call) =>
			ok(
				webhooks.attach(
					call.query['webhookId'],
					campaignOf(call).CampaignId,
					Number(call.query['runOn']),
				),
			),
		'webhook.detach': ({ query }) => {
			webhooks.detach(query['webhookCampaignId']);
			return gone();
		},
	};
	return Object.fromEntries(
		Object.entries(handlers).map(([id, handler]) => [id, refusing(handler, style)]),
	);
}

function refusing(handler: Handler, style: RefusalStyle): Handler {
	return async (call) => {
		try {
			return await handler(call);
		} catch (error) {
			if (error instanceof Refusal) return error.answer(style);
			throw error;
		}
	};
}

/** What all answers show of a contact. */
function shown(contact: Contact): Json {
	const {
		status: _s,
		isMuted: _m,
		custom: _c,
		messages: _a,
		ConnectedAt: _t,
		CampaignId: _i,
		...rest
	} = contact;
	return rest;
}

/** SEED's curl sends "lastName" beside "FirstName": the server does not mind the case. */
const pascalCase = (values: Json): ContactInput =>
	Object.fromEntries(
		Object.entries(values).map(([name, value]) => [
			name.charAt(0).toUpperCase() + name.slice(1),
			value,
		]),
	);

function since<T extends { LastModifiedAt: string }>(records: T[], query: Json): T[] {
	const from = Date.parse(String(query['updatedFromDate'] ?? '1970-01-01'));
	return records.filter(({ LastModifiedAt }) => Date.parse(LastModifiedAt) >= from);
}

function statistics({ CampaignId }: Campaign, contacts: Contacts): Json {
	return {
		CampaignId,
		...count(contacts.inCampaign(CampaignId)),
		UpdatedAt: `/Date(${Date.now()})/`,
		Elapsed: 3.5,
	};
}

function count(contacts: Contact[]): Json {
	const having = (bit: number): number =>
		contacts.filter(({ status }) => (status & bit) !== 0).length;
	return {
		Total: contacts.length,
		InMails: 0,
		Imported: having(BITS.MEMBER_IMPORTED),
		Connections: having(BITS.MEMBER_CONNECTED),
		Messages: contacts.reduce((sum, { messages }) => sum + messages.length, 0),
		Pending: having(BITS.MEMBER_PENDING),
		Replies: contacts.filter(({ messages }) => messages.length > 1).length,
		Withdrawn: having(BITS.MEMBER_INVITATION_WITHDRAWN),
		Invitations: having(BITS.MEMBER_INVITATION_SENT),
	};
}
