import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { buildEarlier } from '../../dev/bench/harness/earlier.mts';
import { type Relay, startRelay } from '../../dev/kit/network/relay.mts';
import { does } from '../../dev/n8n/changes.mts';
import { startTestN8n, type TestN8n, withEditor } from '../../dev/n8n/harness.mts';
import { TOP } from '../../dev/n8n/runtime.mts';
import { until } from '../../dev/n8n/until.mts';
import { chain, type SavedWorkflow } from '../../dev/n8n/workflow.mts';
import type { VendorName } from '../../dev/kit/vendorKit.mts';
import { Registry } from '../../dev/registry/registry.mts';
import { release } from '../../dev/registry/release.mts';
import { byName, type ForEachVendor, simulatorsOf } from '../../dev/simulators.mts';
import { type StartedVendors, startVendors } from '../../dev/simulators.mts';
import { install, uninstall } from './commands.mts';

/** The last release: the build before requests went by the distance, which `npm run bench` takes as well. */
const earlierCommit = 'b15eac9';
export const versions = { last: '0.1.0', own: '0.2.0', lacking: '0.3.0' } as const;

/** The shortest that n8n knows. */
const pollTimes = { item: [{ mode: 'everyMinute' }] };
/** Longer than a minute and a poll. */
export const quietMs = 75_000;

/** A port at which nobody listens. */
const nowhere = 1;
/** How long n8n gets to store what it has answered for, as docs/install.md says. */
const storingMs = 10_000;

/** Saleswhale repeats four times; no document says when. At the last of 10, 30, 70 and 150 s n8n has long started. */
const settings: Partial<ForEachVendor<object>> = { saleswhale: { webhookBaseWaitMs: 10_000 } };

/** A real n8n whose nodes npm installs from a registry, and a workflow for each vendor's trigger. */
export class InstallSetup {
	private constructor(
		private readonly registry: Registry,
		private readonly vendors: StartedVendors,
		readonly tested: TestN8n,
		readonly workflows: ForEachVendor<SavedWorkflow>,
		/** The way in, which stands for the proxy before n8n. */
		private readonly door: Relay,
	) {}

	/** With the last release installed as docs/install.md says, and nothing published. */
	static async start(): Promise<InstallSetup> {
		const registry = await Registry.start((line) => console.log(`› ${line}`));
		const earlier = await buildEarlier(earlierCommit);
		await release(registry, { project: earlier.folder, version: versions.last });
		await earlier.remove();
		const tested = await startTestN8n(withEditor, async (folder) => {
			// In place of what other tests unpack there.
			await rm(join(folder, '.n8n', 'nodes'), { recursive: true, force: true });
			await install(registry, folder, versions.last);
		});
		const vendors = await startVendors((name) => ({ settings: settings[name] }));
		const workflows = await workflowsOf(vendors, tested);
		const door = await startRelay(tested.n8n.port);
		return new InstallSetup(registry, vendors, tested, workflows, door);
	}

	async close(): Promise<void> {
		await this.door.close();
		await this.tested.close();
		for (const simulator of simulatorsOf(this.vendors)) await simulator.close();
		await this.registry.close();
	}

	get sims() {
		return byName(this.vendors);
	}

	/** Brings out this project's build. @param without the class of a node that it lacks */
	async release(version: string, without?: string): Promise<void> {
		await release(this.registry, { project: TOP, version, ...(without && { without }) });
	}

	async install(version: string): Promise<void> {
		await install(this.registry, this.tested.n8n.folder, version);
	}

	async uninstall(): Promise<void> {
		await uninstall(this.registry, this.tested.n8n.folder);
	}

	/** Ends n8n while events come in: one that answers before it stores has the way in closed first, as docs/install.md says. */
	async stop(): Promise<void> {
		if (!does('storesFirst')) {
			this.door.to = nowhere;
			await wait(storingMs);
		}
		await this.tested.n8n.stop();
	}

	/** Ends n8n, if it runs, and starts it, as a person does after each of these. */
	async restart(): Promise<void> {
		await this.tested.n8n.restart();
		this.door.to = this.tested.n8n.port;
		await this.tested.n8n.setUpOwner();
	}

	/** The nodes that n8n knows of this package, without those that it makes tools for agents of. */
	async nodeTypes(): Promise<string[]> {
		const url = `${this.tested.n8n.url}/types/nodes.json`;
		const all = await this.tested.n8n.rest.get<Array<{ name: string }>>(url);
		const own = all.flatMap(
			({ name }) => /^n8n-nodes-sales-engagement\.(.*)$/.exec(name)?.[1] ?? [],
		);
		return [...new Set(own.filter((name) => !name.endsWith('Tool')))].sort();
	}

	/** Where a trigger takes deliveries. */
	urlOf(name: VendorName): string {
		const [trigger] = this.workflows[name].nodes;
		return `http://127.0.0.1:${this.door.port}/webhook/${String(trigger?.['webhookId'])}/webhook`;
	}

	/** What n8n answers there to a stranger: 401, which the trigger says, while it is on. */
	async answerOf(name: VendorName): Promise<number> {
		return (await fetch(this.urlOf(name), { method: 'POST', body: '{}' })).status;
	}

	/** How many executions of a workflow there are, once all have ended. */
	async executions(name: VendorName): Promise<number> {
		return (await this.tested.n8n.untilExecutions(this.workflows[name].id, 0)).length;
	}

	/** Lets something happen at a vendor, and waits until that has started the workflow. */
	async starts(name: VendorName): Promise<void> {
		const { vendor, simulator } = this.vendors[name];
		const before = await this.executions(name);
		const isOn = async () => (await this.answerOf(name)) === 401 || undefined;
		// n8n may have its webhooks a little later than it is ready, and not every vendor repeats.
		if (name !== 'convertalk') await until(isOn, () => `n8n has no webhook of ${name}`);
		vendor.kit.happen(simulator.vendor, this.urlOf(name));
		await this.tested.n8n.untilExecutions(this.workflows[name].id, before + 1, 2 * quietMs);
	}

	/** How many addresses the vendors call that triggers register at. */
	held(): object {
		const { salesflow, zenviaSales } = this.sims;
		return {
			salesflow: salesflow.vendor.webhooks.byId.size,
			zenviaSales: zenviaSales.vendor.subscriptions.active.length,
		};
	}

	/** The requests of triggers that changed something at a vendor. */
	registrations(): string[] {
		const all = simulatorsOf(this.vendors).flatMap(({ requests }) => requests);
		return all.flatMap(({ method, path }) => (method === 'GET' ? [] : `${method} ${path}`));
	}
}

async function workflowsOf(
	vendors: StartedVendors,
	{ n8n, node, credential: save }: TestN8n,
): Promise<ForEachVendor<SavedWorkflow>> {
	const made = {} as ForEachVendor<SavedWorkflow>;
	for (const { vendor, type, data } of Object.values(vendors)) {
		const { trigger: trial } = vendor.kit.trial;
		const parameters = { ...trial, ...('pollTimes' in trial && { pollTimes }) };
		const credential = await save(type, data);
		const trigger = node({ node: `${vendor.name}Trigger`, parameters, credential }, 'Trigger');
		const after = { name: 'After', type: 'n8n-nodes-base.noOp', typeVersion: 1, parameters: {} };
		made[vendor.name] = await n8n.createWorkflow(chain(vendor.name, [trigger, after]));
	}
	return made;
}
