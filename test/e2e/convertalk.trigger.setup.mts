import { afterAll, beforeAll, beforeEach, expect } from '@jest/globals';
import { type Execution, itemsOf } from '../../dev/n8n/execution.mts';
import { chain, type Workflow, type WorkflowNode } from '../../dev/n8n/workflow.mts';
import { Setup } from './convertalk.setup.mts';
import { nodeName } from '../../dev/n8n/harness.mts';

const seldom = { item: [{ mode: 'everyX', unit: 'hours', value: 12 }] };
/** A poll that hands nothing on leaves no execution; how long one is waited for, in ms. */
export const quietMs = 700;

/** A real n8n and Convertalk. */
export let setup: Setup;

/** Is called where a file's tests are described: starts Convertalk and n8n; each test finds a new account. */
export function withConvertalk(): void {
	beforeAll(async () => (setup = await Setup.start(5)));
	afterAll(async () => await setup?.close());
	beforeEach(() => setup.sim.reset());
}

const end = { name: 'End', type: 'n8n-nodes-base.noOp', typeVersion: 1, parameters: {} };

/** @param after what follows the trigger */
export const workflow = (parameters: object = {}, after: WorkflowNode = end): Workflow =>
	chain('Leads', [
		setup.tested.node({
			node: 'convertalkTrigger',
			parameters: {
				pollTimes: seldom,
				events: ['leadCreated', 'leadUpdated'],
				options: { simplify: false },
				...parameters,
			},
			credential: setup.credential,
		}),
		after,
	]);

/** A workflow of the trigger in n8n, which polls when it is told to. */
export class Polled {
	private seen = new Set<string>();
	private name = nodeName;
	isActive = false;

	private constructor(readonly id: string) {}

	static async create(parameters: object = {}, after?: WorkflowNode): Promise<Polled> {
		return new Polled((await setup.tested.n8n.createWorkflow(workflow(parameters, after))).id);
	}

	/** Gives the trigger another name, as a person does who then publishes. */
	async rename(name: string): Promise<void> {
		await this.turnOff();
		await setup.tested.n8n.save(this.id, (saved) => {
			for (const node of saved.nodes) if (node.name === this.name) node.name = name;
			saved.connections = { [name]: saved.connections[this.name] };
		});
		this.name = name;
	}

	/** n8n polls at each activation, and keeps what the node remembers in between. */
	async poll(expected: number): Promise<Array<Record<string, unknown>>> {
		expect(await this.turnOn()).toBeUndefined();
		return await this.handedOn(expected);
	}

	/** @returns why n8n did not activate it, if it did not */
	async turnOn(): Promise<string | undefined> {
		if (this.isActive) await this.turnOff();
		try {
			await setup.tested.n8n.activate(this.id);
			this.isActive = true;
			return undefined;
		} catch (thrown) {
			return String(thrown);
		}
	}

	async turnOff(): Promise<void> {
		await setup.tested.n8n.deactivate(this.id);
		this.isActive = false;
	}

	/** The items of the executions since the last look. */
	async handedOn(expected: number): Promise<Array<Record<string, unknown>>> {
		if (expected > 0) await setup.tested.n8n.untilExecutions(this.id, this.seen.size + 1, 90_000);
		else await new Promise((resolve) => setTimeout(resolve, quietMs));
		const fresh = (await setup.tested.n8n.executions(this.id)).filter(
			({ id }) => !this.seen.has(id),
		);
		const executions: Execution[] = [];
		for (const { id } of fresh) {
			this.seen.add(id);
			executions.push(await setup.tested.n8n.untilEnded(id));
		}
		return executions.flatMap((execution) => itemsOf(execution, this.name).map(({ json }) => json));
	}
}
