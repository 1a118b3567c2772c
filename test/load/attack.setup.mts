import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { does } from '../../dev/n8n/changes.mts';
import { freePort } from '../../dev/n8n/process.mts';
import { type Proxy, startProxy } from '../../dev/n8n/proxy.mts';
import { chain, type SavedCredential } from '../../dev/n8n/workflow.mts';
import type { FaultHook, Simulator, Vendor } from '../../dev/kit/simulator.mts';
import type { AttackedTrigger, VendorName } from '../../dev/kit/vendorKit.mts';
import type { AttackRequest, WebhookTarget } from '../../dev/kit/webhookTarget.mts';
import { forEachVendor, type ForEachVendor, simulatorsOf } from '../../dev/simulators.mts';
import { type StartedVendors, startVendors } from '../../dev/simulators.mts';
import { startTestN8n, type TestN8n } from '../../dev/n8n/harness.mts';

/** A key that is searched for: letters and digits only, which URLs leave as they are. */
const secret = (): string => `k${randomBytes(9).toString('hex')}`;

/** What may be found nowhere but where n8n keeps credentials: the vendors' keys. */
export const keys: ForEachVendor<string> = forEachVendor(secret);

/** Megabytes that a body may have, for n8n and for the proxy: what leaks then shows soon. */
const mostPayload = '4';

/** A real n8n, with the proxy of deploy/queue before it, all vendors, and all their webhooks. */
export class AttackSetup {
	/** Everything that n8n said over HTTP, and every execution as it was read. */
	readonly heard: string[] = [];
	/** The workflow behind each target, by the target's name. */
	readonly workflows = new Map<string, string>();
	readonly targets: WebhookTarget[] = [];
	/** All that may be found nowhere. */
	readonly secrets: string[] = Object.values(keys);

	private constructor(
		readonly vendors: StartedVendors,
		readonly tested: TestN8n,
		private readonly proxy: Proxy,
		readonly credentials: ForEachVendor<SavedCredential>,
	) {}

	static async start(): Promise<AttackSetup> {
		const vendors = await startVendors((name) => ({ key: keys[name], checkAnswers: false }));
		// Both in megabytes: what leaks ends n8n.
		const limits = { N8N_PAYLOAD_SIZE_MAX: mostPayload, NODE_OPTIONS: '--max-old-space-size=1024' };
		// Else n8n makes two isolates of V8 for each delivery, which is half of its work, and uses none.
		const isolates: Record<string, string> = does('takesIsolatesLate')
			? { N8N_EXPRESSION_ENGINE_LAZY_ACQUIRE: 'true' }
			: { N8N_EXPRESSION_ENGINE: 'legacy' };
		const tested = await startTestN8n({ ...limits, ...isolates });
		const { host } = new URL(tested.n8n.url);
		const sizes = { N8N_PAYLOAD_SIZE_MAX: mostPayload, N8N_FORMDATA_FILE_SIZE_MAX: mostPayload };
		const proxy = await startProxy(await freePort(), { MAIN: host, WEBHOOK: host, ...sizes });
		const credentials = {} as ForEachVendor<SavedCredential>;
		for (const { vendor, type, data } of Object.values(vendors))
			credentials[vendor.name] = await tested.credential(type, data);
		const setup = new AttackSetup(vendors, tested, proxy, credentials);
		tested.n8n.rest.listener = (answer) => setup.heard.push(JSON.stringify(answer) ?? '');
		return setup;
	}

	simulator(name: VendorName): Simulator {
		return this.vendors[name].simulator as unknown as Simulator;
	}

	/** Publishes a workflow for each trigger that has a webhook. */
	async publishAll(): Promise<void> {
		for (const { vendor } of Object.values(this.vendors)) {
			for (const trigger of vendor.kit.attack.webhooks) await this.open(vendor.name, trigger);
		}
	}

	private async open(
		name: VendorName,
		{ node, parameters, credential, target }: AttackedTrigger<Vendor>,
	): Promise<void> {
		const own = credential?.(secret);
		const { appId: _, ...secrets } = own?.data ?? {};
		this.secrets.push(...Object.values(secrets));
		const saved = own ? await this.tested.credential(own.type, own.data) : this.credentials[name];
		const { workflow, hook } = await this.publish(node, saved, parameters);
		const opened = target({
			url: (path) => `${this.tested.n8n.url}/webhook/${hook}/${path}`,
			simulator: this.simulator(name),
			key: keys[name],
			data: own?.data ?? {},
		});
		this.targets.push(opened);
		this.workflows.set(opened.name, workflow);
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
	setFault(fault: (name: VendorName) => FaultHook | undefined = () => undefined): void {
		for (const { vendor, simulator } of Object.values(this.vendors))
			simulator.setFault(fault(vendor.name));
	}

	/** The same request by way of the proxy. */
	behindProxy(request: AttackRequest): AttackRequest {
		return {
			...request,
			url: request.url.replace(this.tested.n8n.url, `http://127.0.0.1:${this.proxy.port}`),
		};
	}

	/** The secrets of the addresses that vendors were given. */
	get addressSecrets(): string[] {
		return this.targets
			.filter(({ proofIn }) => proofIn === 'secret')
			.map((target) => target.proof({}));
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
		for (const simulator of simulatorsOf(this.vendors)) {
			simulator.defects.length = 0;
			await simulator.close();
		}
	}
}
