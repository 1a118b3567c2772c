import { type IHookFunctions, type IWebhookFunctions, UserError } from 'n8n-workflow';

/**
 * The address at which n8n listens for a trigger, without the blanks and line breaks around WEBHOOK_URL, which a URL
 * leaves out as well (WHATWG URL, 4.4).
 * @throws UserError where it is none, or leads to no webhook, since WEBHOOK_URL holds more than an address
 */
export function webhookAddress(context: IHookFunctions | IWebhookFunctions): string {
	const given = context.getNodeWebhookUrl('default');
	if (given === undefined)
		throw new UserError('n8n has no address for this trigger. Save the workflow.');
	const address = given.trim().replace(/[\t\n\r]/g, '');
	if (URL.canParse(address) && !/[\s?#]/.test(address)) return address;
	// Not said, since a password may stand in it.
	throw new UserError(
		'Nothing can arrive at the address that n8n gives this trigger. Set WEBHOOK_URL to an address such as https://n8n.example.com/, with https:// in front and no blank, ? or # in it.',
	);
}

/** The same; nothing where there is none. */
export function findWebhookAddress(
	context: IHookFunctions | IWebhookFunctions,
): string | undefined {
	try {
		return webhookAddress(context);
	} catch {
		return undefined;
	}
}

/**
 * What of an address that a vendor calls shows nowhere: its secret, and a password of WEBHOOK_URL, as it stands there
 * and as it is meant. A vendor may repeat each of them.
 */
export function hiddenIn(context: IHookFunctions | IWebhookFunctions, secret: string): string[] {
	const { password } = new URL(findWebhookAddress(context) ?? 'https://none');
	return [secret, password, ...tryDecode(password)];
}

function tryDecode(text: string): string[] {
	try {
		return [decodeURIComponent(text)];
	} catch {
		return [];
	}
}
