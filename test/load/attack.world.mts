import { readFile } from 'node:fs/promises';
import { freePort } from '../../dev/n8n/process.mts';
import { type Proxy, startProxy } from '../../dev/n8n/proxy.mts';
import { chain, type SavedCredential } from '../../dev/n8n/workflow.mts';
import convertalk from '../../dev/vendors/convertalk/simulator/index.mts';
import salesflow, { type Salesflow } from '../../dev/vendors/salesflow/simulator/index.mts';
import saleswhale from '../../dev/vendors/saleswhale/simulator/index.mts';
import { type FaultHook, type Simulator, startSimulator } from '../../dev/kit/simulator.mts';
import zenviaSales, { type ZenviaSales } from '../../dev/vendors/zenviaSales/simulator/index.mts';
import { appDoor, type Door, salesflowDoor, saleswhaleDoor, zenviaDoor } from '../attack/doors.mts';
import { startTestN8n, type TestN8n } from '../../dev/n8n/harness.mts';

/** What may be found nowhere but where n8n keeps credentials. Letters and digits only: URLs leave them. */
export const keys = {
	saleswhale: 'sw8Kq2ZxV5nR7tYb3m',
	zenviaSales: 'zv4Hd9LpW1cG6sQe8j',
	salesflow: 'sf7Bn3XkT5vM2rUa9w',
	convertalk: 'ct6Fy1PzJ8hD4gNo5x',
	appSecret: 'ap3Wm7CtE9qS1kIv6u',
	privateKey: 'pk5Rj2GbO4yL8fZx7d',
};

const appId = 'app-of-the-attack';

/** The nodes by what n8n calls them. */
export const nodes = ['saleswhale', 'zenviaSales', 'salesflow', 'convertalk'] as const;
export type NodeName = (typeof nodes)[number];

/** Megabytes that a body may have, for n8n and for the proxy: what leaks then shows soon. */
const mostPayload = '4';

/** A real n8n, with the proxy of deploy/queue before it, all four vendors, and all four webhooks. */
export class World {
	/** Everything that n8n said over HTTP, and every execution as it was read. */
	readonly heard: string[] = [];
	/** The workflow behind each door, by the door's name. */
	readonly workflows = new Map<string, string>();
	readonly doors: Door[] = [];

	private constructor(
		readonly simulators: Record<NodeName, Simulator>,
		readonly tested: TestN8n,
		private readonly proxy: Proxy,
		readonly credentials: Record<NodeName, SavedCredential>,
	) {}

	static async start(): Promise<World> {
		const simulators = {
			saleswhale: await startSimulator(saleswhale({ apiKey: keys.saleswhale }), {
				checkAnswers: false,
			}),
			zenviaSales: await startSimulator(zenviaSales({ apiKey: keys.zenviaSales }), {
				checkAnswers: false,
			}),
			salesflow: await startSimulator(salesflow({ token: keys.salesflow }), {
				checkAnswers: false,
			}),
			convertalk: await startSimulator(convertalk({ token: keys.convertalk }), {
				checkAnswers: false,
			}),
		};
		// Both in megabytes: what leaks ends n8n.
		const limits = { N8N_PAYLOAD_SIZE_MAX: mostPayload, NODE_OPTIONS: '--max-old-space-size=1024' };
		const tested = await startTestN8n(limits);
		const { host } = new URL(tested.n8n.url);
		const sizes = { N8N_PAYLOAD_SIZE_MAX: mostPayload, N8N_FORMDATA_FILE_SIZE_MAX: mostPayload };
		const proxy = await startProxy(await freePort(), { MAIN: host, WEBHOOK: host, ...sizes });
		const credentials = {} as Record<NodeName, SavedCredential>;
		for (const name of nodes) {
			const data = credentialData(name, simulators[name].url);
			credentials[name] = await tested.credential(`${name}Api`, data);
		}
		const world = new World(
			simulators as unknown as Record<NodeName, Simulator>,
			tested,
			proxy,
			credentials,
		);
		tested.n8n.rest.listener = (answer) => world.heard.push(JSON.stringify(answer) ?? '');
		return world;
	}

	/** Publishes a workflow for each trigger that has a webhook (Convertalk documents none). */
	async openDoors(): Promise<void> {
		const { tested, credentials, simulators } = this;
		const at = (id: string, path: string) => `${tested.n8n.url}/webhook/${id}/${path}`;
		const ended = { events: ['conversation.ended'] };
		const whale = await this.publish('saleswhaleTrigger', credentials.saleswhale, ended);
		this.open(saleswhaleDoor(at(whale.hook, 'webhook'), keys.saleswhale), whale.workflow);

		const topics = { topics: ['interactions'] };
		const zenvia = await this.publish('zenviaSalesTrigger', credentials.zenviaSales, topics);
		const { subscriptions } = (simulators.zenviaSales as unknown as Simulator<ZenviaSales>).vendor;
		this.open(zenviaDoor(subscriptions.active[0]?.callbackUrl ?? ''), zenvia.workflow);

		const flow = await this.publish('salesflowTrigger', credentials.salesflow, {
			events: ['replyDetected'],
		});
		const { webhooks } = (simulators.salesflow as unknown as Simulator<Salesflow>).vendor;
		this.open(salesflowDoor([...webhooks.byId.values()][0]?.Url ?? ''), flow.workflow);

		const { appSecret, privateKey } = keys;
		const ofApp = await tested.credential('zenviaSalesAppApi', { appId, appSecret, privateKey });
		const app = await this.publish('zenviaSalesAppTrigger', ofApp, { events: ['installed'] });
		this.open(appDoor(at(app.hook, 'app'), { appId, appSecret }), app.workflow);
	}

	private open(door: Door, workflow: string): void {
		this.doors.push(door);
		this.workflows.set(door.name, workflow);
	}

	private async publish(
		node: string,
		credential: SavedCredential,
		parameters: Record<string, unknown>,
	) {
		const trigger = this.tested.node({ node, parameters, credential }, 'Trigger');
		const { id } = await this.tested.n8n.createWorkflow(chain(node, [trigger]));
		await this.tested.n8n.activate(id);
		return { workflow: id, hook: String(trigger.webhookId) };
	}

	/** @param fault of each vendor; nothing makes them well */
	setFault(fault: (node: NodeName) => FaultHook | undefined = () => undefined): void {
		for (const node of nodes) this.simulators[node].setFault(fault(node));
	}

	/** The same request by way of the proxy. */
	behindProxy<S extends { url: string }>(shot: S): S {
		return {
			...shot,
			url: shot.url.replace(this.tested.n8n.url, `http://127.0.0.1:${this.proxy.port}`),
		};
	}

	/** The secrets of the addresses that vendors were given. */
	get secrets(): string[] {
		return this.doors.filter(({ proofIn }) => proofIn === 'secret').map((door) => door.proof({}));
	}

	/** All that the proxy logged so far. */
	async proxyLog(): Promise<string> {
		return await this.proxy.logged();
	}

	/** Memory of n8n's main process that is in use now, in megabytes. */
	async megabytes(): Promise<number> {
		const status = await readFile(`/proc/${this.tested.n8n.pid}/status`, 'utf8');
		return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1024;
	}

	async close(): Promise<void> {
		await this.proxy.stop();
		await this.tested.close();
		for (const simulator of Object.values(this.simulators)) {
			simulator.defects.length = 0;
			await simulator.close();
		}
	}
}

/** The data of a vendor's credential, with the key that is searched for, for a server elsewhere. */
export function credentialData(name: NodeName, url: string): Record<string, unknown> {
	switch (name) {
		case 'saleswhale':
			return { apiKey: keys.saleswhale, baseUrl: url, requestsPerSecond: 0 };
		case 'zenviaSales':
			return { apiKey: keys.zenviaSales, environment: 'custom', baseUrl: `${url}/api/v1` };
		case 'salesflow':
			return { token: keys.salesflow, accountId: '321', baseUrl: url, statisticsBaseUrl: url };
		case 'convertalk':
			return { token: keys.convertalk, botId: 'bot-1', customerId: 'customer-1', baseUrl: url };
	}
}
