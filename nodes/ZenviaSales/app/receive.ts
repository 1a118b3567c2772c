import type { IDataObject, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import * as call from './call';
import { jsonField } from './jsonField';
import { Instances } from './settings';
import { isOfApp, isSigned } from './signature';
import { isRecord } from '../../engine/util/json';
import { redactor, redactValue } from '../../engine/http/secrets';
import { answer, jsonBody, rawBody, reject, startAnswered } from '../../engine/webhook/delivery';
import { bareKey, credentialOf } from '../../engine/webhook/credential';
import { chosenIn } from '../../engine/util/chosen';

/** Takes a call of Zenvia's on the app: refuses what cannot be genuine, answers, starts what was chosen. */
export async function receiveCall(context: IWebhookFunctions): Promise<IWebhookResponseData> {
	const { method, headers, encoding } = context.getRequestObject();
	const body = (jsonBody(await rawBody(context), encoding) ?? {}) as IDataObject;
	const request = { method, query: context.getQueryData() as IDataObject, body };
	const credentials = await credentialOf(context, 'zenviaSalesAppApi');
	const shown = call.shownBy(request, headers.authorization);
	if (call.isExtensionPoint(request)) {
		if (!isSigned(context, bareKey(credentials.privateKey)))
			return reject(context, signedOtherwise);
	} else if (!isOfApp(shown, credentials)) return reject(context, ofOtherApp);
	const names = call.isExtensionPoint(request) ? noSettings : settingNames(context);
	const event = call.eventOf(request, names);
	if (event === undefined) return reject(context, noCall, 400);

	const { appSecret, privateKey } = credentials;
	const redact = redactor([appSecret, privateKey, shown.apiKey, body.newApiKey].map(bareKey));
	if (event === 'report' || event === 'button') {
		const values = redactValue(call.valuesOf(request.query), redact) as IDataObject;
		return open(context, event, values);
	}
	const changed = redactValue(call.settingsIn(body, names), redact) as IDataObject;
	const instances = new Instances(context, jsonField(context, 'defaultSettings'), names);
	const { reply, item } = answerTo(context, event, instances, { ...shown, body, changed });
	if (!isChosen(context, event)) return { webhookResponse: reply };
	answer(context, reply);
	return startAnswered({ json: item });
}

/** Why a call is refused. */
const signedOtherwise =
	'its signature does not fit the Private Key in the credential, or it was called at another address than WEBHOOK_URL';
const ofOtherApp =
	'it does not have the App ID and App Secret of the credential. If Zenvia called, enter those of the app';
const noCall = 'it is not a call that Zenvia makes on an app';

interface Answer {
	/** What Zenvia gets. */
	reply: IDataObject;
	/** What the workflow gets. */
	item: IDataObject;
}

interface Said {
	/** Of the instance that the call is about. */
	apiKey: string;
	body: IDataObject;
	/** The settings in the body. */
	changed: IDataObject;
}

/** SEED, App Lifecycle: what each call is answered, and what it changes. */
function answerTo(
	context: IWebhookFunctions,
	event: call.AppEvent,
	instances: Instances,
	{ apiKey, body, changed }: Said,
): Answer {
	const newApiKey = typeof body.newApiKey === 'string' ? body.newApiKey : apiKey;
	const success = { success: true };
	const base = { event, instanceId: Instances.idOf(newApiKey) };
	const handOnKey = context.getNodeParameter('options.includeApiKey', false) === true;
	const key = handOnKey && newApiKey !== '' ? { apiKey: newApiKey } : {};
	switch (event) {
		case 'settingsForm':
			return { reply: jsonField(context, 'settingsForm'), item: base };
		case 'settings': {
			const { settings } = instances.get(apiKey);
			return { reply: settings, item: { ...base, settings } };
		}
		case 'settingsChanged': {
			const { settings } = instances.change(apiKey, changed);
			return { reply: settings, item: { ...base, changed, settings } };
		}
		case 'enabledChanged': {
			const { enabled, settings } = instances.enable(apiKey, body.enabled === true);
			return { reply: success, item: { ...base, enabled, settings } };
		}
		case 'keyRefreshed': {
			const { settings } = instances.refresh(apiKey, newApiKey);
			const previousInstanceId = Instances.idOf(apiKey);
			return { reply: success, item: { ...base, previousInstanceId, settings, ...key } };
		}
		case 'deleted':
			instances.forget(apiKey);
			return { reply: success, item: base };
		default: {
			const integration = isRecord(body.integration) ? body.integration : {};
			const { enabled, settings } = instances.enable(apiKey, integration.enabled !== false);
			return { reply: success, item: { ...base, enabled, settings, ...key } };
		}
	}
}

/** A report or a button: Zenvia shows the page embedded. */
function open(
	context: IWebhookFunctions,
	event: call.AppEvent,
	values: IDataObject,
): IWebhookResponseData {
	const page = context.getNodeParameter('page', '') as string;
	// As n8n does with pages of webhooks: scripts of the page cannot act in n8n's own name.
	context
		.getResponseObject()
		.status(200)
		.set('Content-Security-Policy', 'sandbox allow-forms allow-popups allow-scripts')
		.type('html')
		.send(page);
	const item = { json: { event, ...values } };
	return { noWebhookResponse: true, ...(isChosen(context, event) && { workflowData: [[item]] }) };
}

const isChosen = (context: IWebhookFunctions, event: call.AppEvent): boolean =>
	chosenIn(context.getNodeParameter('events', [])).includes(event);

const noSettings: ReadonlySet<string> = new Set();

/** The names of the settings that the node's form has, and those that have a default. */
function settingNames(context: IWebhookFunctions): ReadonlySet<string> {
	const form = jsonField(context, 'settingsForm');
	const defaults = jsonField(context, 'defaultSettings');
	return new Set([...call.inputNames(form), ...Object.keys(defaults)]);
}
