import { startSimulator } from '../../kit/simulator.mts';
import {
	delivered,
	post,
	type WalkedVendor,
	type Walks,
	withoutQuery,
	withSecret,
} from '../../walk/walked.mts';
import salesflow from './simulator/index.mts';

/** Salesflow: a webhook for each event, at an address with a secret. It delivers once. */
async function walkSalesflow(): Promise<WalkedVendor> {
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

/** The walk of Salesflow's trigger. */
export const walks: Walks = { salesflowTrigger: walkSalesflow };
