import {
	type IDataObject,
	type IWebhookFunctions,
	type IWebhookResponseData,
	OperationalError,
	sleep,
} from 'n8n-workflow';
import { connect } from '../../engine/http/client';
import { get, type Request } from '../../engine/http/request';
import { saleswhale } from '../vendor';
import { chosenIn } from '../../engine/util/chosen';
import { isRecord, dig } from '../../engine/util/json';
import { withOwnFields } from '../../engine/util/ownFields';
import { fingerprint } from '../../engine/webhook/digests';
import { sharedId, isStatusWanted } from './event';
import { refusalOf } from './signature';
import { receiveDelivery } from '../../engine/webhook/receive';

interface Options {
	/** What the form takes; an expression, or an emptied field, may give anything. */
	toleranceSeconds?: unknown;
	includeLeads?: boolean;
}

/**
 * How long a delivery waits for its leads, in ms. The document does not say when Saleswhale gives up on an
 * answer; many services do after 10 seconds (inferred). Milliseconds.
 */
const leadsWithinMs = 5_000;

/** Takes a delivery from Saleswhale: refuses what it did not sign, hands on each wanted event once. */
export async function receive(context: IWebhookFunctions): Promise<IWebhookResponseData> {
	const options = context.getNodeParameter('options', {}) as Options;
	return await receiveDelivery(context, saleswhale, {
		verify: async (raw) => await refusalOf(context, raw, options.toleranceSeconds),
		read: (body) => {
			const event = readEvent(body, context.getNode().typeVersion);
			return event && { deliveryId: deliveryId(body), event };
		},
		isWanted: ({ event }) => isWanted(context, event),
		// Not by the ID that is handed on: a conversation may end twice with one status, and each end is an event.
		idOf: ({ deliveryId }) => deliveryId,
		toItem: async ({ event }) => ({
			json: options.includeLeads ? await withLeads(context, event) : event,
		}),
	});
}

/**
 * SEED, Webhook, Payload: the event's name and time beside what it is about, here in one object.
 * @param version of the trigger
 * @returns undefined where the body is no event
 */
export function readEvent(body: IDataObject, version: number): IDataObject | undefined {
	const { event_name: name, event_time: time, event_payload: payload } = body;
	if (typeof name !== 'string' || !isRecord(payload)) return undefined;
	const id = sharedId(name, payload, version) ?? contentId(body);
	const event = { event_id: id, event_name: name, event_time: time };
	return withOwnFields(event, payload as IDataObject);
}

/** What a workflow tells an event by: the vendor sends no ID of it. */
const contentId = ({ event_name: name, event_payload: payload }: IDataObject): string =>
	fingerprint(name, payload);

/**
 * The same for each delivery of one event. Its time counts, since nothing in a conversation says how often it ended:
 * one that ends as before, after a late reply, is as it was (SUP). SEED parts the moment when an event is triggered,
 * which is in the body, from the moment of sending, which is signed; that a repeat has the former is inferred.
 */
const deliveryId = ({ event_name: name, event_time: time, event_payload: payload }: IDataObject) =>
	fingerprint(name, payload, time);

function isWanted(context: IWebhookFunctions, event: IDataObject): boolean {
	const events = chosenIn(context.getNodeParameter('events', []));
	if (!events.includes(String(event.event_name))) return false;
	if (event.event_name !== 'conversation.ended') return true;
	const statuses = chosenIn(context.getNodeParameter('statuses', []));
	return isStatusWanted(event.conversation, statuses);
}

/**
 * SEED, Conversations, Leads: the event carries truncated leads, so each is fetched. The event itself is
 * worth more than its leads: what cannot be fetched stays as it came, with a warning.
 */
async function withLeads(context: IWebhookFunctions, event: IDataObject): Promise<IDataObject> {
	const { conversation } = event;
	if (!isRecord(conversation) || !Array.isArray(conversation.leads)) return event;
	const leads = await Promise.all(
		conversation.leads
			.filter(isRecord)
			.map(async (lead) => await withDetails(context, lead as IDataObject)),
	);
	return { ...event, conversation: { ...(conversation as IDataObject), leads } };
}

async function withDetails(context: IWebhookFunctions, lead: IDataObject): Promise<IDataObject> {
	try {
		const details = dig(await fetchInTime(context, get`/leads/${String(lead.id)}`), 'lead');
		return { ...(isRecord(details) ? (details as IDataObject) : {}), ...lead };
	} catch (thrown) {
		const why = thrown instanceof Error ? thrown.message : 'no answer';
		return { ...lead, warning: `The lead could not be fetched: ${why}` };
	}
}

/** @throws what the request threw, or that it took too long; nothing is sent after that */
async function fetchInTime(context: IWebhookFunctions, request: Request): Promise<unknown> {
	const stop = new AbortController();
	const fetch = async () =>
		await (await connect(context, saleswhale, { signal: stop.signal })).send(request);
	const late = async () => {
		await sleep(leadsWithinMs);
		throw new OperationalError('Saleswhale took too long to answer');
	};
	try {
		return await Promise.race([fetch(), late()]);
	} finally {
		stop.abort();
	}
}
