import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readBody } from './framework/body.mts';

/** A call that the model wants made. */
export interface ToolCall {
	tool: string;
	arguments: Record<string, unknown>;
}

/** A function that the model was offered. */
export interface OfferedTool {
	name: string;
	description: string;
	parameters: {
		properties: Record<string, { type?: string; description?: string; [keyword: string]: unknown }>;
		required?: string[];
	};
}

interface Message {
	role: 'system' | 'user' | 'assistant' | 'tool';
	content: string | Array<{ text?: string }> | null;
	tool_call_id?: string;
}

/** What the model is asked with, as far as this stand-in reads it. */
export interface ChatRequest {
	model: string;
	messages: Message[];
	stream?: boolean;
	tools?: Array<{ type: 'function'; function: OfferedTool }>;
}

/** Decides, from what was said so far, which tools to call next; no call ends the conversation. */
export type Script = (request: ChatRequest, turn: number) => ToolCall[];

const finalText = 'Done.';

/** Ids that sort in the order of the calls. */
const callId = (turn: number, index: number): string =>
	`call_${[turn, index].map(threeDigits).join('_')}`;

/** How many turns have been answered: their calls may come back in one message or in many. */
const turnOf = ({ messages }: ChatRequest): number =>
	new Set(messages.flatMap(({ tool_call_id: id }) => (id ? [id.split('_')[1]] : []))).size;
const threeDigits = (number: number): string => String(number).padStart(3, '0');

/** The text of a message, be it one text or parts of one. */
export const textOf = ({ content }: Message): string =>
	Array.isArray(content) ? content.map(({ text = '' }) => text).join('') : (content ?? '');

/**
 * A model without a mind: speaks OpenAI's chat protocol (POST /v1/chat/completions, plain and as a stream)
 * on 127.0.0.1, asks for the tool calls that a test scripts, and keeps what it was asked with.
 */
export class OpenAi {
	/** Every question, oldest first. */
	readonly requests: ChatRequest[] = [];
	/** Asks for nothing until a test says otherwise. */
	script: Script = () => [];

	private constructor(private readonly server: Server) {}

	/** Starts it on a free port. */
	static async start(): Promise<OpenAi> {
		const server = createServer();
		const model = new OpenAi(server);
		server.on('request', (request, response) => {
			readBody(request)
				.then((body) => model.answer(request.url ?? '', body, response))
				.catch((error: unknown) => response.writeHead(500).end(String(error)));
		});
		server.listen(0, '127.0.0.1');
		await once(server, 'listening');
		return model;
	}

	/** What n8n's OpenAI credential calls Base URL. */
	get url(): string {
		return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/v1`;
	}

	/** What came back from the calls of the last conversation, turn by turn, in the order of the calls. */
	get answers(): string[] {
		const messages = this.requests.at(-1)?.messages ?? [];
		const answers = messages
			.filter(({ role }) => role === 'tool')
			.map((message) => [message.tool_call_id, textOf(message)] as const);
		return answers.sort(([a = ''], [b = '']) => (a < b ? -1 : 1)).map(([, text]) => text);
	}

	/** The functions that it was offered last. */
	get offered(): OfferedTool[] {
		return (this.requests.at(-1)?.tools ?? []).map((tool) => tool.function);
	}

	async close(): Promise<void> {
		const closed = once(this.server, 'close');
		this.server.close();
		this.server.closeAllConnections();
		await closed;
	}

	private answer(url: string, body: Buffer, response: ServerResponse): void {
		if (!url.endsWith('/chat/completions')) {
			response.writeHead(404).end();
			return;
		}
		const request = JSON.parse(body.toString('utf8')) as ChatRequest;
		this.requests.push(request);
		const turn = turnOf(request);
		const calls = this.script(request, turn).map((call, index) => ({
			index,
			id: callId(turn, index),
			type: 'function',
			function: { name: call.tool, arguments: JSON.stringify(call.arguments) },
		}));
		const message = {
			role: 'assistant',
			content: calls.length > 0 ? null : finalText,
			...(calls.length > 0 && { tool_calls: calls }),
		};
		const reason = calls.length > 0 ? 'tool_calls' : 'stop';
		if (request.stream === true) stream(response, request.model, message, reason);
		else reply(response, request.model, message, reason);
	}
}

const usage = { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 };

const envelope = (object: string, model: string) => ({
	id: `chatcmpl-${randomUUID()}`,
	object,
	created: Math.floor(Date.now() / 1000),
	model,
});

function reply(response: ServerResponse, model: string, message: object, reason: string): void {
	const choices = [{ index: 0, message, finish_reason: reason }];
	response.writeHead(200, { 'content-type': 'application/json' });
	response.end(JSON.stringify({ ...envelope('chat.completion', model), choices, usage }));
}

/** The same as server-sent events: the message as one piece, and then why it ended. */
function stream(response: ServerResponse, model: string, message: object, reason: string): void {
	response.writeHead(200, { 'content-type': 'text/event-stream' });
	const whole = envelope('chat.completion.chunk', model);
	const pieces = [
		{ index: 0, delta: message, finish_reason: null },
		{ index: 0, delta: {}, finish_reason: reason },
	];
	for (const choice of pieces) {
		response.write(`data: ${JSON.stringify({ ...whole, choices: [choice] })}\n\n`);
	}
	response.end('data: [DONE]\n\n');
}
