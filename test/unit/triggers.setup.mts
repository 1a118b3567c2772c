import { createHmac } from 'node:crypto';
import { SalesflowTrigger } from '../../nodes/Salesflow/SalesflowTrigger.node.ts';
import { ZenviaSalesTrigger } from '../../nodes/ZenviaSales/ZenviaSalesTrigger.node.ts';
import {
	deliver,
	type Delivered,
	instance,
	type Reply,
	webhookUrl,
} from '../../dev/n8n/webhookContext.mts';

/** The key in the credential. */
export const key = 'the-key-of-the-tests';
let workflows = 0;
/** A workflow of its own, of which no process remembers anything. */
export const workflow = () => `workflow ${++workflows}`;

/** As the triggers make it. */
export const secretOf = (id: string, round = '', made = key) =>
	createHmac('sha256', made)
		.update(JSON.stringify([instance, `${id} node`, round]))
		.digest('base64url');

/** A trigger whose address holds a secret. */
export interface Kind {
	/** What the vendor would answer to a list of what is registered. */
	listed(secrets: string[]): unknown;
	deliver(
		given: Partial<Delivered> & { workflow: string; secret: string; n?: number },
	): Promise<Reply>;
}

/** The address that a vendor calls, with its secret. */
export const address = (secret: string, more = '') => `${webhookUrl}?${more}secret=${secret}`;

/** The Zenvia Sales Trigger. */
export const zenvia: Kind = {
	listed: (secrets) =>
		secrets.map((secret, n) => ({ id: String(n), topics: [], callbackUrl: address(secret) })),
	deliver: async ({ secret, n = 0, ...given }) =>
		await deliver(new ZenviaSalesTrigger(), {
			credential: { apiKey: key, environment: 'sales' },
			parameters: { topics: ['prospects'] },
			query: { secret },
			body: { topic: 'prospects', type: 'created', prospect: { id: String(n) } },
			...given,
		}),
};

/** The Salesflow Trigger. */
export const salesflow: Kind = {
	listed: (secrets) =>
		secrets.map((secret, n) => ({
			WebhookId: n,
			Url: address(secret, 'event=replyDetected&'),
			AttachedWebhookCampaigns: [],
		})),
	deliver: async ({ secret, n = 0, ...given }) =>
		await deliver(new SalesflowTrigger(), {
			credential: { token: key, accountId: '321', baseUrl: 'https://mvc.salesflow.io' },
			parameters: { events: ['replyDetected'] },
			query: { secret, event: 'replyDetected' },
			body: { MemberId: n },
			...given,
		}),
};
