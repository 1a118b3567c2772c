import type { GrowingList } from '../../dev/kit/growingList.mts';
import type { Simulator } from '../../dev/kit/simulator.mts';
import type { VendorName } from '../../dev/kit/vendorKit.mts';
import type { Execution } from '../../dev/n8n/execution.mts';
import { nodeName } from '../../dev/n8n/harness.mts';
import { until } from '../../dev/n8n/until.mts';
import { chain, type SavedWorkflow } from '../../dev/n8n/workflow.mts';
import { vendorOf } from '../../dev/vendors.mts';
import type { Vendors } from './vendors.setup.mts';

/** How the nodes behind Get Many go on. */
type Course = 'well' | 'slow' | 'fail';

/** What one execution gave. */
interface Given {
	status: string;
	/** What tells the records that Get Many gave as items. */
	keys: string[];
	/** How many records are in the file that it gave; empty without one. */
	written: unknown[];
	/** Its hints. */
	said: string;
}

let made = 0;

/** A published workflow that a call starts: Get Many with Only New, and nodes behind it that may wait or fail. */
export class WhatIsNew {
	private constructor(
		private readonly vendors: Vendors,
		private readonly saved: SavedWorkflow,
		private readonly url: string,
		readonly list: GrowingList,
	) {}

	/**
	 * @param name the vendor whose first list is read
	 * @param more what Get Many is asked besides
	 */
	static async publish(
		vendors: Vendors,
		name: VendorName,
		more: Record<string, unknown> = {},
	): Promise<WhatIsNew> {
		const { tested, sims, credentials } = vendors;
		const [listOf] = Object.values(vendorOf(name).kit.lists);
		if (!listOf) throw new Error(`${name} has no list.`);
		const list = listOf((sims[name] as unknown as Simulator).vendor);
		const path = `only-new-${++made}-${Date.now()}`;
		const base = { typeVersion: 1, type: '' };
		const workflow = chain(path, [
			{
				...{ ...base, name: 'Call', type: 'n8n-nodes-base.webhook', webhookId: path },
				parameters: { path },
			},
			tested.node({
				node: name,
				parameters: {
					...{ ...list.parameters, returnAll: true, onlyNew: true, startFrom: 'now' },
					...more,
				},
				credential: credentials[name],
			}),
			{
				...{ ...base, name: 'Wait', type: 'n8n-nodes-base.wait', typeVersion: 1.1 },
				webhookId: `${path}-wait`,
				parameters: {
					amount: "={{ $('Call').first().json.query.course === 'slow' ? 30 : 0 }}",
					unit: 'seconds',
				},
			},
			{
				...{ ...base, name: 'Whether to Fail', type: 'n8n-nodes-base.if' },
				parameters: {
					conditions: {
						boolean: [
							{ value1: "={{ $('Call').first().json.query.course === 'fail' }}", value2: true },
						],
					},
				},
			},
			{
				...{ ...base, name: 'Fail', type: 'n8n-nodes-base.stopAndError' },
				parameters: { errorMessage: 'It cannot go on' },
			},
		]);
		const saved = await tested.n8n.createWorkflow(workflow);
		await tested.n8n.activate(saved.id);
		return new WhatIsNew(vendors, saved, `${tested.n8n.url}/webhook/${path}`, list);
	}

	/** Starts the workflow. @returns the execution's ID when Get Many has asked the vendor and ended, or the execution has */
	async begin(course: Course): Promise<string> {
		const { n8n } = this.vendors.tested;
		const before = new Set((await n8n.executions(this.saved.id)).map(({ id }) => id));
		await fetch(`${this.url}?course=${course}`);
		const id = await until(
			async () => (await n8n.executions(this.saved.id)).find((one) => !before.has(one.id))?.id,
			() => 'No execution has begun',
		);
		if (course === 'slow') await new Promise((resolve) => setTimeout(resolve, 1500));
		return id;
	}

	/** Lets one execution run to its end. */
	async run(course: Course = 'well'): Promise<Given> {
		return this.given(await this.vendors.tested.n8n.untilEnded(await this.begin(course)));
	}

	/** As a person does in the editor. */
	async byHand(): Promise<Given> {
		const { n8n } = this.vendors.tested;
		const { execution } = await n8n.listenForTest(await n8n.workflow(this.saved.id));
		await fetch(this.url.replace('/webhook/', '/webhook-test/'));
		return this.given(await execution());
	}

	async close(): Promise<void> {
		await this.vendors.tested.n8n.deactivate(this.saved.id);
	}

	private given({ status, nodes }: Execution): Given {
		const [run] = nodes[nodeName] ?? [];
		const items = run?.outputs.flat() ?? [];
		return {
			status,
			keys: items.map(({ json }) => this.list.keyOf(json as never)),
			written: items.flatMap(({ json, binary }) => (binary ? [json.count] : [])),
			said: (run?.hints ?? []).map(({ message }) => message).join(' '),
		};
	}
}
