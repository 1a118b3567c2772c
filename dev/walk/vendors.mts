import { createHmac } from 'node:crypto';
import type { IDataObject } from 'n8n-workflow';
import type { Delivery, FaultHook } from '../kit/simulator.mts';
import { startSimulator } from '../kit/simulator.mts';
import convertalk from '../vendors/convertalk/simulator/index.mts';
import salesflow from '../vendors/salesflow/simulator/index.mts';
import saleswhale from '../vendors/saleswhale/simulator/index.mts';
import zenviaSales, { AppCaller } from '../vendors/zenviaSales/simulator/index.mts';

/** Something that happened at a vendor, of which the trigger should tell once. */
export interface Told {
	/** Tells it from all others, in what the workflow gets. */
	marker: string;
	/** Whether the vendor was told that it is handled. Undefined: not yet, or never. */
	isHandled(): boolean;
	/** Ends when the first attempt to deliver it has. */
	tried(): Promise<void>;
	/** Delivers it once more as it was. */
	again?(): Promise<number>;
}

/** A vendor's simulator, and how one of its triggers is walked. */
export interface WalkedVendor {
	trigger: string;
	typeVersion: number;
	credentialType: string;
	credential(): IDataObject;
	parameters: IDataObject;
	/** Other values of some parameters, one of which an edit sets. */
	edits: IDataObject[];
	/** Makes another key, with which the credential has to be filled in. */
	newKey(): void;
	/** Something happens. @param url where a person has told the vendor that the trigger is */
	tell(url: string): Told;
	/** The marker in what an execution started with. */
	markerOf(item: IDataObject): string;
	/** Posts what the vendor never sent. @returns what was answered */
	forge?(url: string): Promise<number>;
	/** What the vendor has registered for the trigger, in words that can be compared. */
	held(): string[];
	/** What it should have. */
	wanted(parameters: IDataObject, url: string): string[];
	setFault(fault: FaultHook | undefined): void;
	/** Whether it asks by itself, and nothing is delivered. */
	isPolled?: boolean;
	/** Whether the vendor gets its answer before n8n has stored anything, so that a kill may lose it. */
	answersFirst?: boolean;
	violations(): unknown[];
	close(): Promise<void>;
}

const attempted = async (all: Delivery[]): Promise<void> => {
	for (let tries = 0; tries < 400; tries++) {
		if (all.every(({ attempts }) => attempts.length > 0)) return;
		await new Promise((resolve) => setImmediate(() => setTimeout(resolve, 20)));
	}
};

/** A connection that n8n's end has broken is tried anew once. */
const post = async (url: string, body: string, more: RequestInit = {}): Promise<number> =>
	(await postOnce(url, body, more)) || (await postOnce(url, body, more));

const postOnce = async (url: string, body: string, more: RequestInit): Promise<number> => {
	const headers = { 'content-type': 'application/json' };
	const sent = fetch(url, { method: 'POST', headers, body, ...more });
	return await sent.then(
		async (response) => {
			await response.arrayBuffer();
			return response.status;
		},
		() => 0,
	);
};

/** A delivery, or the copies of one, as something told. */
const delivered = (marker: string, all: Delivery[], again = true): Told => {
	const [first] = all;
	return {
		marker,
		isHandled: () => all.some(({ state }) => state === 'acknowledged'),
		tried: async () => await attempted(all),
		...(again && first && { again: async () => await post(first.url, first.body) }),
	};
};

const withoutQuery = (url: string): string => url.split('?')[0] ?? '';
const withSecret = (url: string, secret: string) => `${withoutQuery(url)}?secret=${secret}`;

/** Salesflow: a webhook for each event, at an address with a secret. It delivers once. */
export async function walkSalesflow(): Promise<WalkedVendor> {
	const campaigns = 3;
	let key = 'key-0';
	const sim = await startSimulator(salesflow({ token: key, campaigns }));
	const { vendor } = sim;
	const lines = (event: string, url: string) => `${event} ${url} ${campaigns}`;
	return {
		trigger: 'salesflowTrigger',
		typeVersion: 1.2,
		credentialType: 'salesflowApi',
		credential: () => ({
			...{ token: key, accountId: '321', baseUrl: sim.url, statisticsBaseUrl: sim.url },
		}),
		parameters: { events: ['replyDetected'], campaigns: 'all', options: {} },
		edits: [
			{ events: ['replyDetected', 'memberConnected'] },
			{ events: ['replyDetected'] },
			{ options: { skipMutedContacts: true } },
			{ options: { newAddress: 'another' } },
			{ options: { ignoreRepeats: true } },
			{ options: {} },
		],
		newKey: () => (vendor.token = key = `key-${Number(key.slice(4)) + 1}`),
		tell: () => {
			const [contact] = vendor.seedContacts(1);
			const id = contact?.MemberId;
			return delivered(String(id), vendor.reply(id, 'Hello'));
		},
		markerOf: ({ MemberId }) => String(MemberId),
		forge: async (url) =>
			await post(
				`${withSecret(url, 'x'.repeat(43))}&event=replyDetected`,
				JSON.stringify({ MemberId: 1 }),
			),
		held: () =>
			[...vendor.webhooks.byId.values()].map(
				({ Url, AttachedWebhookCampaigns: attached }) =>
					`${new URL(Url).searchParams.get('event')} ${withoutQuery(Url)} ${attached.length}`,
			),
		wanted: ({ events }, url) => (events as string[]).map((event) => lines(event, url)),
		setFault: (fault) => sim.setFault(fault),
		violations: () => sim.violations(),
		close: async () => await sim.close(),
	};
}

/** Zenvia Sales: one subscription to a group. Delivers each notification twice at once, and again until it is taken. */
export async function walkZenvia(): Promise<WalkedVendor> {
	let key = 'key-0';
	const notifications = { copies: 2, baseWaitMs: 60, envelope: 'real' as const };
	const sim = await startSimulator(zenviaSales({ apiKey: key, notifications }));
	const { vendor } = sim;
	const topics: Record<string, string[]> = {
		messageReceived: ['interactions'],
		'messageReceived,note': ['interactions'],
		'messageReceived,quoteCreated': ['interactions', 'quotes'],
	};
	const lines = (url: string, of: string[]) => [`${withoutQuery(url)} ${[...of].sort().join()}`];
	return {
		trigger: 'zenviaSalesTrigger',
		typeVersion: 1.2,
		credentialType: 'zenviaSalesApi',
		credential: () => ({ apiKey: key, environment: 'custom', baseUrl: `${sim.url}/api/v1` }),
		parameters: { events: ['messageReceived'], onConflict: 'stop', options: {} },
		edits: [
			...Object.keys(topics).map((events) => ({ events: events.split(',') })),
			{ options: { newAddress: 'another' } },
			{ options: { ignoreRepeats: true } },
			{ options: {} },
		],
		newKey: () => {
			const [{ group, user } = { group: undefined, user: undefined }] = vendor.keys.all;
			key = `key-${Number(key.slice(4)) + 1}`;
			if (group) vendor.keys.add({ key, group, ...(user && { user }) });
		},
		tell: () => {
			const [prospectId = ''] = vendor.seedProspects(1);
			const before = vendor.subscriptions.webhooks.deliveries.length;
			const { id } = vendor.receiveMessage(prospectId, { content: 'Hello' });
			const all = vendor.subscriptions.webhooks.deliveries.slice(before);
			return delivered(
				id,
				all.filter(({ body }) => body.includes(id)),
			);
		},
		markerOf: ({ interaction }) => String((interaction as IDataObject | undefined)?.id),
		forge: async (url) =>
			await post(
				withSecret(url, 'x'.repeat(43)),
				JSON.stringify({ topic: 'interactions', type: 'created' }),
			),
		held: () =>
			vendor.subscriptions.active.flatMap(({ callbackUrl, topics: of }) => lines(callbackUrl, of)),
		wanted: ({ events }, url) => lines(url, topics[String(events)] ?? []),
		setFault: (fault) => sim.setFault(fault),
		violations: () => sim.violations(),
		close: async () => await sim.close(),
	};
}

/** Saleswhale: a person enters the address. It signs, and delivers up to five times. */
export async function walkSaleswhale(): Promise<WalkedVendor> {
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

/** A Zenvia app: a person enters the address; Zenvia calls once, and is answered before anything is stored. */
export async function walkApp(): Promise<WalkedVendor> {
	let round = 0;
	let count = 0;
	const secrets = () => ({
		...{ appId: 'app', appSecret: `secret-${round}`, privateKey: `private-${round}` },
	});
	return {
		trigger: 'zenviaSalesAppTrigger',
		typeVersion: 1.1,
		credentialType: 'zenviaSalesAppApi',
		credential: secrets,
		parameters: { events: ['settingsChanged'], defaultSettings: { marker: '' }, options: {} },
		edits: [{ events: ['settingsChanged', 'keyRefreshed'] }, { events: ['settingsChanged'] }],
		newKey: () => void round++,
		tell: (url) => {
			const marker = String(++count);
			let status = 0;
			const call = new AppCaller({ url, apiKey: 'instance', ...secrets() })
				.changeSettings({ marker })
				.then(
					(answer) => (status = answer.status),
					() => 0,
				);
			return { marker, isHandled: () => status === 200, tried: async () => void (await call) };
		},
		markerOf: ({ changed }) => String((changed as IDataObject | undefined)?.marker),
		forge: async (url) =>
			await post(url, JSON.stringify({ appId: 'app', appSecret: 'wrong', marker: 'x' }), {
				method: 'PUT',
			}),
		held: () => [],
		wanted: () => [],
		setFault: () => {},
		answersFirst: true,
		violations: () => [],
		close: async () => {},
	};
}

/** Convertalk: the trigger asks, and remembers what it has seen. */
export async function walkConvertalk(): Promise<WalkedVendor> {
	let key = 'key-0';
	const sim = await startSimulator(convertalk({ token: key }));
	const { vendor } = sim;
	return {
		trigger: 'convertalkTrigger',
		typeVersion: 1,
		credentialType: 'convertalkApi',
		credential: () => ({
			...{ token: key, botId: 'bot-1', customerId: 'customer-1', baseUrl: sim.url },
			authentication: 'tokenHeaders',
		}),
		parameters: { events: ['leadCreated', 'leadUpdated'], options: {} },
		edits: [{ options: { simplify: false } }, { options: {} }],
		newKey: () => (vendor.token = key = `key-${Number(key.slice(4)) + 1}`),
		tell: () => {
			const [lead] = vendor.leads.addMany(1);
			return { marker: lead?.uuid ?? '', isHandled: () => false, tried: async () => {} };
		},
		markerOf: ({ uuid }) => String(uuid),
		held: () => [],
		wanted: () => [],
		setFault: (fault) => sim.setFault(fault),
		isPolled: true,
		violations: () => sim.violations(),
		close: async () => await sim.close(),
	};
}

/** All triggers of this package. */
export const walked: Record<string, () => Promise<WalkedVendor>> = {
	zenviaSalesTrigger: walkZenvia,
	zenviaSalesAppTrigger: walkApp,
	salesflowTrigger: walkSalesflow,
	saleswhaleTrigger: walkSaleswhale,
	convertalkTrigger: walkConvertalk,
};
