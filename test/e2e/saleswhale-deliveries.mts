import axios, { type AxiosResponse } from 'axios';
import CryptoJS from 'crypto-js';
import { whileBusy } from '../../dev/n8n/busy.mts';
import { type Item, itemsOf } from '../../dev/n8n/execution.mts';
import { chain, type SavedCredential } from '../../dev/n8n/workflow.mts';
import { until } from '../../dev/n8n/until.mts';
import type { TestN8n } from '../../dev/n8n/harness.mts';

type Json = Item['json'];

/** What a delivery is sent with; what is left out is as Saleswhale would send it. */
export interface DeliveryOptions {
	key: string;
	/** Unix time, seconds. */
	timestamp?: string;
	/** In place of the right one. */
	signature?: string;
	/** The whole query, where it is not signature and timestamp. */
	query?: string;
	/** What is sent, where it is not what was signed. */
	sent?: string | Buffer;
	contentType?: string;
	url?: string;
}

/** Unix time in seconds, `seconds` from now, as text. */
export const unixTime = (fromNow = 0): string => String(Math.floor(Date.now() / 1000) + fromNow);

/** SEED, Checking Signature, made with another library than the one under test. */
export const sign = (key: string, timestamp: string, body: string): string =>
	CryptoJS.HmacSHA256(`${timestamp}.${body}`, key).toString(CryptoJS.enc.Hex);

/** SEED, Webhook Request Format. */
export const event = (name: string, payload: object, time = '2026-05-19T12:11:03.321+08:00') => ({
	event_name: name,
	event_time: time,
	event_payload: payload,
});

let made = 0;

/** SEED, conversation.ended; another conversation with each call. Text beyond ASCII shows that bytes are signed. */
export const conversationEnded = (status = 'qualified', leads: object[] = []) =>
	event('conversation.ended', {
		conversation: { id: 12_513_522 + ++made, status, leads, note: 'Zoë, 東京 🚀' },
	});

/** Posts an event, or a text in its place, signed as Saleswhale does unless the options say otherwise. */
export async function postSigned(
	url: string,
	content: object | string,
	options: DeliveryOptions,
): Promise<AxiosResponse<unknown>> {
	const body = typeof content === 'string' ? content : JSON.stringify(content);
	const { key, timestamp = unixTime(), contentType = 'application/json' } = options;
	const signature = options.signature ?? sign(key, timestamp, body);
	const query = options.query ?? `signature=${signature}&timestamp=${timestamp}`;
	return await whileBusy(
		async () =>
			await axios.post(`${url}?${query}`, options.sent ?? body, {
				headers: { 'content-type': contentType },
				validateStatus: () => true,
				// As it is: axios would parse and write JSON anew.
				transformRequest: (data: string | Buffer) => data,
				proxy: false,
			}),
	);
}

/** A published workflow that begins with the Saleswhale trigger. */
export class Hook {
	readonly url: string;
	readonly testUrl: string;
	private readonly seen = new Set<string>();
	private readonly fresh: Json[] = [];

	private constructor(
		private readonly test: TestN8n,
		readonly workflowId: string,
		webhookId: string,
	) {
		this.url = `${test.n8n.url}/webhook/${webhookId}/webhook`;
		this.testUrl = `${test.n8n.url}/webhook-test/${webhookId}/webhook`;
	}

	/** Publishes a workflow with these parameters of the trigger. */
	static async publish(
		test: TestN8n,
		credential: SavedCredential,
		parameters: object,
	): Promise<Hook> {
		const trigger = test.node(
			{ node: 'saleswhaleTrigger', parameters: { ...parameters }, credential },
			'Trigger',
		);
		const { id } = await test.n8n.createWorkflow(chain('Saleswhale hook', [trigger]));
		await test.n8n.activate(id);
		return new Hook(test, id, String(trigger.webhookId));
	}

	/** Posts an event to it, as postSigned() does. */
	async post(content: object | string, options: DeliveryOptions): Promise<AxiosResponse<unknown>> {
		return await postSigned(options.url ?? this.url, content, options);
	}

	/**
	 * What was started since the last call: the trigger's item of each execution, oldest first. A marker,
	 * delivered last, has to come through (so `email.sent` must be among the hook's events), and then all
	 * executions have to end: one that should not be started began before the marker's did.
	 */
	async started(key: string): Promise<Json[]> {
		const subject = `Marker ${++made}`;
		const { status } = await this.post(event('email.sent', { email: { subject } }), { key });
		if (status !== 200) throw new Error(`The marker was answered with ${status}.`);
		const isMarker = ({ email }: Json) => (email as { subject?: string })?.subject === subject;
		await until(
			async () => ((await this.readNew()).some(isMarker) ? true : undefined),
			() => 'The marker started no execution',
			20_000,
		);
		const { n8n } = this.test;
		await n8n.untilExecutions(this.workflowId, (await n8n.executions(this.workflowId)).length);
		await this.readNew();
		return this.fresh.splice(0).filter((json) => !isMarker(json));
	}

	/** Reads the executions that ended since, once each. */
	private async readNew(): Promise<Json[]> {
		const { n8n } = this.test;
		const ended = (await n8n.untilExecutions(this.workflowId, 0)).reverse();
		for (const { id } of ended.filter((one) => !this.seen.has(one.id))) {
			this.seen.add(id);
			const items = itemsOf(await n8n.execution(id), 'Trigger').map(({ json }) => json);
			if (items.length !== 1) throw new Error(`An execution has ${items.length} items.`);
			this.fresh.push(...items);
		}
		return this.fresh;
	}
}
