import type { IDataObject } from 'n8n-workflow';
import { isRecord, dig } from '../../engine/util/json';
import { withOwnFields } from '../../engine/util/ownFields';
import { fingerprint } from '../../engine/webhook/digests';

/** Whether a message came from the prospect or went to it. */
export type Direction = 'incoming' | 'outgoing';

/** What a person asks for, until version 1.1. */
export interface Wanted {
	topics: string[];
	/** Empty for both. */
	types: string[];
	/** Empty for both. */
	direction: string;
}

/**
 * A notification in one shape, or undefined when it is none. SEED documents `prospect` and its `agent` as
 * lists; real traffic has objects (captured in 2025). Both become objects, and where there are several prospects
 * `prospects` has them all.
 */
export function readNotification(
	body: Record<string, unknown> | undefined,
): IDataObject | undefined {
	if (typeof body?.topic !== 'string' || typeof body.type !== 'string') return undefined;
	const event: IDataObject = { ...(body as IDataObject) };
	const prospects = listOf(body.prospect).map(withOneAgent);
	const [prospect] = prospects;
	if (prospect) event.prospect = prospect;
	if (prospects.length > 1) event.prospects = prospects;
	return withOwnFields({ eventId: eventId(event) }, event);
}

/**
 * Who wrote, as version 1.1 tells it of every interaction. `proactive` is false for what comes in (live bots), `performer` is "integration" then and
 * "agent" for what goes out (live account). Either may be missing, and a bot must not answer itself: what
 * one of them calls outgoing is outgoing.
 */
export function directionOf({ interaction }: IDataObject): Direction | undefined {
	if (!isRecord(interaction)) return undefined;
	const performer = dig(interaction, 'output', 'message', 'performer');
	if (interaction.proactive === true || performer === 'agent') return 'outgoing';
	if (interaction.proactive === false || performer === 'integration') return 'incoming';
	return undefined;
}

/** Whether a notification is one that the person asks for. */
export function isWanted({ topic, type, direction }: IDataObject, wanted: Wanted): boolean {
	if (!wanted.topics.includes(String(topic))) return false;
	if (wanted.types.length > 0 && !wanted.types.includes(String(type))) return false;
	return topic !== 'interactions' || wanted.direction === '' || wanted.direction === direction;
}

/**
 * The record that is created, by the topic. Inferred for quotes: no document shows one. A notification of the topic
 * agents is about a change of a prospect, which may come many times.
 */
const recordOf = new Map([
	['interactions', 'interaction'],
	['quotes', 'quote'],
	['prospects', 'prospect'],
]);

/** What differs between two deliveries of one notification. */
const ofTheDelivery = new Set(['subscriptionId', 'received', 'sent', 'attempts']);

/**
 * The same for each delivery of one thing that happened. A record is created once, whatever else the
 * repeats say: live ones came 19 to 90 ms apart with one interaction ID. Of updates, the content tells:
 * operationId does not, since SEED calls interactions operations, and one may be updated many times.
 */
function eventId(event: IDataObject): string {
	const { topic, type } = event;
	const record = first(event[recordOf.get(String(topic)) ?? '']);
	const id = record?.id ?? record?._id;
	if (type === 'created' && typeof id === 'string') return fingerprint(topic, type, id);
	const content = Object.entries(event).filter(([name]) => !ofTheDelivery.has(name));
	return fingerprint(content.sort(([a], [b]) => (a < b ? -1 : 1)));
}

function withOneAgent(prospect: IDataObject): IDataObject {
	const agent = first(prospect.agent);
	return { ...prospect, ...(agent && { agent }) };
}

/** The records of a list, or the one that stands alone. */
const listOf = (value: unknown): IDataObject[] =>
	(Array.isArray(value) ? value : [value]).filter(isRecord) as IDataObject[];

const first = (value: unknown): IDataObject | undefined => listOf(value)[0];
