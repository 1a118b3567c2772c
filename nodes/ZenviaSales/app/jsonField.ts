import {
	type IDataObject,
	type IHookFunctions,
	type IWebhookFunctions,
	UserError,
} from 'n8n-workflow';
import { isRecord } from '../../engine/util/json';
import { jsonBody } from '../../engine/webhook/delivery';

const names = { settingsForm: 'Settings Form', defaultSettings: 'Default Settings' } as const;

/**
 * A JSON field as an object: n8n hands over text or, from an expression, the object itself.
 * @throws UserError where it is none
 */
export function jsonField(
	context: IHookFunctions | IWebhookFunctions,
	name: keyof typeof names,
): IDataObject {
	const value = context.getNodeParameter(name, '{}');
	const object = typeof value === 'string' ? jsonBody(Buffer.from(value || '{}')) : value;
	if (isRecord(object)) return object as IDataObject;
	throw new UserError(
		`'${names[name]}' is not a JSON object. Look for a missing quote, comma or bracket.`,
	);
}

/** @throws UserError about a JSON field of the form with which each call of Zenvia's would get 500 */
export function checkForm(context: IHookFunctions): void {
	jsonField(context, 'settingsForm');
	jsonField(context, 'defaultSettings');
}
