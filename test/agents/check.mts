import { parseArgs } from 'node:util';
import axios from 'axios';
import type { OfferedTool } from '../../dev/kit/openAi.mts';
import { type AgentRequest, modelArguments, readRequests, schemaOf, toolName } from './tools.mts';

const usage = `Usage: OPENAI_API_KEY=… npx tsx test/agents/check.mts --model <name> [--url <address>]

  --model <name>    a chat model that can call tools
  --url <address>   a server that speaks OpenAI's chat protocol (default https://api.openai.com/v1)`;

/** What became of a request. */
interface Outcome {
	request: string;
	wrong: string[];
}

/** Asks a model with one request and all tools, and holds its first call against the list. */
async function check(
	url: string,
	model: string,
	one: AgentRequest,
	all: AgentRequest[],
): Promise<Outcome> {
	const tools = toolsOf(all).map((tool) => ({ type: 'function', function: tool }));
	const messages = [{ role: 'user', content: one.request }];
	const headers = { authorization: `Bearer ${process.env.OPENAI_API_KEY ?? ''}` };
	const body = { model, messages, tools };
	const { data } = await axios.post<Answer>(`${url}/chat/completions`, body, { headers });
	const call = data.choices[0]?.message.tool_calls?.[0]?.function;
	return { request: one.request, wrong: differences(one, call) };
}

interface Answer {
	choices: Array<{ message: { tool_calls?: Array<{ function: Call }> } }>;
}

interface Call {
	name: string;
	arguments: string;
}

function differences(one: AgentRequest, call: Call | undefined): string[] {
	const wanted = nameOf(one);
	if (call?.name !== wanted) return [`called ${call?.name ?? 'nothing'}, not ${wanted}`];
	const given = JSON.parse(call.arguments) as Record<string, unknown>;
	return Object.entries(modelArguments(one))
		.filter(([key, value]) => String(given[key]).toLowerCase() !== String(value).toLowerCase())
		.map(([key, value]) => `${key} is "${String(given[key])}", not "${String(value)}"`);
}

const nameOf = (one: AgentRequest): string => toolName(one).replace(/\W+/g, '_');

/** Every tool once, as n8n's agent describes it to a model. */
function toolsOf(all: AgentRequest[]): OfferedTool[] {
	const byName = new Map(all.map((one) => [nameOf(one), one]));
	return [...byName].map(([name, one]) => {
		const properties = schemaOf(one, all);
		const parameters = { type: 'object', properties, required: Object.keys(properties) };
		return { name, description: toolName(one), parameters };
	});
}

const { values } = parseArgs({
	options: {
		model: { type: 'string' },
		url: { type: 'string', default: 'https://api.openai.com/v1' },
	},
});
if (!values.model) {
	console.error(usage);
	process.exit(2);
}
const requests = await readRequests();
let right = 0;
for (const one of requests) {
	const { request, wrong } = await check(values.url, values.model, one, requests);
	if (wrong.length === 0) right++;
	console.log(`${wrong.length === 0 ? '✓' : '✗'} ${request}`);
	for (const difference of wrong) console.log(`    ${difference}`);
}
console.log(`\n${right} of ${requests.length} right`);
process.exitCode = right === requests.length ? 0 : 1;
