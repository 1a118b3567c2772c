import { itemsOf, type Execution } from '../../dev/n8n/execution.mts';
import {
	manualTrigger,
	type SavedCredential,
	type Workflow,
	type WorkflowNode,
} from '../../dev/n8n/workflow.mts';
import { OpenAi, type ToolCall } from '../../dev/kit/openAi.mts';
import { Vendors } from './vendors.setup.mts';

/** What came of a talk with an agent. */
export interface Talk {
	execution: Execution;
	/** What the agent said in the end. */
	output: unknown;
	/** What came back to the model from each call, in order. */
	answers: string[];
}

/** All vendors, and n8n's AI Agent with a model that does what a test says. */
export class Agents {
	private constructor(
		readonly vendors: Vendors,
		readonly model: OpenAi,
		private readonly credential: SavedCredential,
	) {}

	static async start(): Promise<Agents> {
		const model = await OpenAi.start();
		const vendors = await Vendors.start();
		const data = { apiKey: 'model-key', url: model.url };
		return new Agents(vendors, model, await vendors.tested.credential('openAiApi', data));
	}

	/** Runs the agent with these tools, and lets the model call them: all calls of a turn at once. */
	async talk(tools: WorkflowNode[], turns: ToolCall[][]): Promise<Talk> {
		this.model.requests.length = 0;
		this.model.script = (_request, turn) => turns[turn] ?? [];
		const execution = await this.vendors.tested.n8n.run(this.workflow(tools));
		if (execution.error)
			throw new Error(`${execution.error.message} ${execution.error.description}`);
		const [{ json } = { json: {} }] = itemsOf(execution, 'AI Agent');
		return { execution, output: json.output, answers: this.model.answers };
	}

	async close(): Promise<void> {
		await this.vendors.close();
		await this.model.close();
	}

	private workflow(tools: WorkflowNode[]): Workflow {
		const to = (type: string) => ({ [type]: [[{ node: 'AI Agent', type, index: 0 }]] });
		const openAiApi = { id: this.credential.id, name: this.credential.name };
		const nodes: WorkflowNode[] = [
			manualTrigger,
			{
				name: 'AI Agent',
				type: '@n8n/n8n-nodes-langchain.agent',
				typeVersion: 3,
				parameters: {
					promptType: 'define',
					text: 'Do what has to be done.',
					options: { maxIterations: 20 },
				},
			},
			{
				name: 'Model',
				type: '@n8n/n8n-nodes-langchain.lmChatOpenAi',
				typeVersion: 1.3,
				parameters: {
					model: { __rl: true, mode: 'id', value: 'stand-in' },
					responsesApiEnabled: false,
					options: {},
				},
				credentials: { openAiApi },
			},
			...tools,
		];
		const connections: Record<string, unknown> = {
			Start: { main: [[{ node: 'AI Agent', type: 'main', index: 0 }]] },
			Model: to('ai_languageModel'),
			...Object.fromEntries(tools.map(({ name }) => [name, to('ai_tool')])),
		};
		return {
			name: `Agent ${Date.now()}`,
			nodes: nodes.map((node, index) => ({
				id: `node-${index}`,
				position: [index * 220, 0] as [number, number],
				...node,
			})),
			connections,
			settings: { executionOrder: 'v1' },
		};
	}
}
