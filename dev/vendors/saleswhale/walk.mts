import { createHmac } from 'node:crypto';
import type { IDataObject } from 'n8n-workflow';
import { startSimulator } from '../../kit/simulator.mts';
import { delivered, post, type WalkedVendor, type Walks } from '../../walk/walked.mts';
import saleswhale from './simulator/index.mts';

/** Saleswhale: a person enters the address. It signs, and delivers up to five times. */
async function walkSaleswhale(): Promise<WalkedVendor> {
	let key = 'key-0';
	const sim = await startSimulator(saleswhale({ apiKey: key, webhookBaseWaitMs: 60 }));
	const { vendor } = sim;
	return {
		trigger: 'saleswhaleTrigger',
		typeVersion: 1.1,
		credentialType: 'saleswhaleApi',
		credential: () => ({ apiKey: key, baseUrl: sim.url, requestsPerSecond: 1000 }),
		parameters: { events: ['conversation.ended'], options: {} },
		edits: [
			{ events: ['conversation.ended', 'email.sent'] },
			{ events: ['conversation.ended'] },
			{ statuses: ['qualified'] },
			{ statuses: [] },
			{ options: { includeLeads: true } },
			{ options: {} },
		],
		newKey: () => (vendor.apiKey = key = `key-${Number(key.slice(4)) + 1}`),
		tell: (url) => {
			// The e-mail that begins the conversation is told of, too, and is not what is counted.
			vendor.webhookUrl = undefined;
			const [id = 0] = vendor.seedConversations(1);
			vendor.webhookUrl = url;
			vendor.endConversations({ ids: [id] });
			const [delivery] = vendor.webhooks.deliveries.slice(-1);
			const told = delivered(String(id), delivery ? [delivery] : [], false);
			return {
				...told,
				again: async () => {
					const timestamp = String(Math.floor(Date.now() / 1000));
					const body = delivery?.body ?? '';
					const hmac = createHmac('sha256', key).update(`${timestamp}.${body}`).digest('hex');
					return await post(`${delivery?.url}?signature=${hmac}&timestamp=${timestamp}`, body);
				},
			};
		},
		markerOf: ({ conversation }) => String((conversation as IDataObject | undefined)?.id),
		forge: async (url) =>
			await post(
				`${url}?signature=${'0'.repeat(64)}&timestamp=${Math.floor(Date.now() / 1000)}`,
				JSON.stringify({ event_name: 'conversation.ended', event_payload: { conversation: {} } }),
			),
		held: () => [],
		wanted: () => [],
		setFault: (fault) => sim.setFault(fault),
		violations: () => sim.violations(),
		close: async () => await sim.close(),
	};
}

/** The walk of Saleswhale's trigger. */
export const walks: Walks = { saleswhaleTrigger: walkSaleswhale };
