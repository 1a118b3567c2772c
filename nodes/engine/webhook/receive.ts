import type {
	IDataObject,
	INodeExecutionData,
	IWebhookFunctions,
	IWebhookResponseData,
} from 'n8n-workflow';
import { redactor, redactValue, secretsOf } from '../http/secrets';
import type { Vendor } from '../http/vendor';
import { credentialOf } from './credential';
import {
	acknowledge,
	answer,
	jsonBody,
	queryText,
	rawBody,
	reject,
	start,
	startAnswered,
} from './delivery';
import { isRepeat } from './duplicates';
import { secretParameter } from './ownAddress';

/** What is particular to a vendor's deliveries, in the order in which it is asked. */
export interface DeliveryHandler<Event> {
	/**
	 * Looks whether the vendor sent it.
	 * @param raw the body's bytes as they came, over which signatures are made
	 * @returns why it is refused, as tellRefusal() takes it; nothing where the vendor sent it
	 */
	verify(raw: Buffer): Promise<string | undefined>;
	/** What the body tells of, or undefined where it is no event. */
	read(body: IDataObject): Event | undefined;
	/** Whether the node's form asks for it. */
	isWanted(event: Event): boolean;
	/** The same for each delivery of one event, and for no other event. */
	idOf(event: Event): string;
	/** Whether toItem() may take longer than the vendor waits for its answer. */
	answersFirst?(event: Event): boolean;
	/** What the workflow gets. */
	toItem(event: Event): INodeExecutionData | Promise<INodeExecutionData>;
}

/**
 * Takes a delivery: 401 for what the vendor did not send, 400 for what is no event, 200 for the rest, and one
 * execution for each event that the form asks for.
 */
export async function receiveDelivery<Event>(
	context: IWebhookFunctions,
	vendor: Vendor,
	handler: DeliveryHandler<Event>,
): Promise<IWebhookResponseData> {
	const raw = await rawBody(context);
	const why = await handler.verify(raw);
	if (why !== undefined) return reject(context, why);
	const body = jsonBody(raw, context.getRequestObject().encoding);
	const event = body && handler.read(await withoutSecrets(context, vendor, body as IDataObject));
	if (event === undefined) return reject(context, body ? unknownEvent(vendor) : noJson, 400);
	if (!handler.isWanted(event)) return acknowledge();
	const { ignoreRepeats } = context.getNodeParameter('options', {}) as { ignoreRepeats?: boolean };
	if (await isRepeat(context, handler.idOf(event), ignoreRepeats)) return acknowledge();
	if (handler.answersFirst?.(event) !== true) return start(context, await handler.toItem(event));
	answer(context);
	return startAnswered(await handler.toItem(event));
}

const noJson = 'its body is not a JSON object';
const unknownEvent = ({ name }: Vendor): string =>
	`its body is not an event that this trigger knows. If ${name} sent it, ${name} may have changed what it sends`;

/** A body in which the vendor repeats neither its key nor the secret of the address that it called. */
async function withoutSecrets(
	context: IWebhookFunctions,
	vendor: Vendor,
	body: IDataObject,
): Promise<IDataObject> {
	const { keys = vendor.secrets, credential } = vendor;
	const own = secretsOf(vendor, await credentialOf(context, credential), keys);
	const redact = redactor([...own, queryText(context, secretParameter)]);
	return redactValue(body, redact) as IDataObject;
}
