import type { IDataObject } from 'n8n-workflow';
import { startSimulator } from '../../kit/simulator.mts';
import {
	delivered,
	post,
	type WalkedVendor,
	type Walks,
	withoutQuery,
	withSecret,
} from '../../walk/walked.mts';
import zenviaSales, { AppCaller } from './simulator/index.mts';

/** Zenvia Sales: one subscription to a group. Delivers each notification twice at once, and again until it is taken. */
async function walkZenvia(): Promise<WalkedVendor> {
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

/** A Zenvia app: a person enters the address; Zenvia calls once, and is answered before anything is stored. */
async function walkApp(): Promise<WalkedVendor> {
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

/** The walks of Zenvia's triggers. */
export const walks: Walks = { zenviaSalesTrigger: walkZenvia, zenviaSalesAppTrigger: walkApp };
