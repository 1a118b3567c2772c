import { afterEach, describe, expect, it } from '@jest/globals';
import { WebhookContext } from 'n8n-core';
import type {
	IDataObject,
	IExecuteFunctions,
	INodeParameters,
	IRunExecutionData,
	IWebhookData,
	IWebhookResponseData,
} from 'n8n-workflow';
import { ZenviaSalesApi } from '../../credentials/ZenviaSalesApi.credentials.ts';
import { checkCanWait, linkOf } from '../../nodes/engine/sendAndWait/question.ts';
import { ZenviaSales } from '../../nodes/ZenviaSales/ZenviaSales.node.ts';
import { Host, run, type RunOptions, setUp } from './engine.mts';
import { closeServers, serve } from './server.mts';

afterEach(closeServers);

const node = new ZenviaSales();
const subject = { node, credential: new ZenviaSalesApi() };
const prospectId = '507f191e810c19729de860ea';
const anHour = { limitWaitTime: true, resumeAmount: 1, resumeUnit: 'hours' };

const ask: INodeParameters = {
	resource: 'message',
	operation: 'sendAndWait',
	prospectId: { __rl: true, mode: 'id', value: prospectId },
	message: 'Shall we book <b>Tuesday</b>?',
};

/** Runs the node against a Zenvia that takes every message. */
async function send(parameters: INodeParameters = {}, more: Partial<RunOptions> = {}) {
	const server = await serve(({ method }) =>
		method === 'GET' ? { id: prospectId } : [{ id: 'i' }],
	);
	const options: RunOptions = {
		typeVersion: 1.2,
		parameters: { ...ask, ...parameters },
		credential: { environment: 'custom', baseUrl: server.url, apiKey: `key-${server.url}` },
		...more,
	};
	const result = await run(subject, options);
	const sent = server.received.filter(({ method }) => method === 'POST');
	const text = JSON.stringify(sent[0]?.body ?? '');
	const [link = ''] = /http[^\s"\\]+/.exec(text) ?? [];
	return { ...result, options, sent, link };
}

type Sent = Awaited<ReturnType<typeof send>>;

interface Shown {
	status: number;
	page: string;
	headers: Record<string, string>;
	answer: IWebhookResponseData;
}

/** Opens a link, or sends what its page sends, as n8n hands it to the node when the signature is right. */
async function open(
	{ options, run: { data } }: Pick<Sent, 'options' | 'run'>,
	link: string,
	body?: IDataObject,
): Promise<Shown> {
	const { workflow, additional, mode, nodeName } = setUp(subject, options);
	const shown: Shown = { status: 200, page: '', headers: {}, answer: {} };
	const httpResponse = {
		setHeader: (name: string, value: string) => (shown.headers[name] = value),
		status: (status: number) => Object.assign(httpResponse, { said: (shown.status = status) }),
		send: (page: string) => (shown.page = page),
	};
	const query = Object.fromEntries(new URL(link).searchParams);
	const httpRequest = { method: body ? 'POST' : 'GET', body, query, headers: {} };
	Object.assign(additional, { httpRequest, httpResponse });
	const waiting = workflow.getNode(nodeName);
	if (!waiting) throw new Error('There is no node');
	const context = new WebhookContext(
		workflow,
		waiting,
		additional,
		mode,
		{} as IWebhookData,
		[],
		data,
	);
	shown.answer = await node.webhook.call(context);
	shown.page ||= String(shown.answer.webhookResponse);
	return shown;
}

const goesOn = ({ answer }: Shown): boolean => answer.workflowData !== undefined;
const jsonOf = ({ answer }: Shown) => answer.workflowData?.[0]?.[0]?.json;
const waitsUntil = ({ run: { data } }: Sent): Date => new Date(data.waitTill ?? Number.NaN);

describe('Send and Wait for Response', () => {
	it('sends the message with a signed link, and waits', async () => {
		const sent = await send();
		expect(sent.error).toBeUndefined();
		expect(sent.run.status).toBe('waiting');
		expect(waitsUntil(sent).getUTCFullYear()).toBe(3000);
		expect(sent.sent).toHaveLength(1);
		expect(sent.sent[0]).toMatchObject({
			path: `/prospect/${prospectId}/messaging/whatsapp`,
			body: { content: `Shall we book <b>Tuesday</b>?\n\n${sent.link}` },
		});
		expect(new URL(sent.link).searchParams.get('signature')).toMatch(/^[0-9a-f]{64}$/);
		expect(sent.hints[0]?.message).toContain('opens on this network only');
	});

	it('asks whom a phone number names', async () => {
		const sent = await send({ prospectId: { __rl: true, mode: 'phone', value: '+5511987654321' } });
		expect(sent.run.status).toBe('waiting');
		expect(sent.sent.map(({ path }) => path)).toEqual([
			`/prospect/${prospectId}/messaging/whatsapp`,
		]);
	});

	it('shows a page to who opens the link, and goes on with nothing but the button', async () => {
		const sent = await send({ approvalOptions: { approvalType: 'double' } });
		const opened = await open(sent, sent.link);
		expect(goesOn(opened)).toBe(false);
		expect(opened.page).toContain('Shall we book &#60;b&#62;Tuesday&#60;/b&#62;?');
		expect(opened.headers['content-security-policy']).toContain("default-src 'none'");
		const answered = await open(sent, sent.link, { approved: 'true' });
		expect(jsonOf(answered)).toEqual({
			replied: true,
			data: { approved: true, respondedAt: expect.any(String) },
		});
		expect(answered.page).toContain('your response has been recorded');
	});

	it('tells a disapproval, and takes none where one can only approve', async () => {
		const both = await send({ approvalOptions: { approvalType: 'double' } });
		const declined = await open(both, both.link, { approved: 'false' });
		expect(jsonOf(declined)).toMatchObject({ data: { approved: false } });
		const one = await send();
		expect((await open(one, one.link)).page).not.toContain('Decline');
		expect(await open(one, one.link, { approved: 'false' })).toMatchObject({ status: 400 });
	});

	it.each([[{}], [{ approved: 'maybe' }], [{ approved: ['true', 'true'] }], [{ approved: true }]])(
		'asks again where no button was pressed: %j',
		async (body: IDataObject) => {
			const sent = await send();
			const shown = await open(sent, sent.link, body);
			expect(goesOn(shown)).toBe(false);
			expect(shown).toMatchObject({ status: 400 });
			expect(shown.page).toContain('Press a button.');
		},
	);

	it.each([
		['of another question', '0'.repeat(32)],
		['empty', ''],
	])('goes on for no link whose number is %s', async (_, nonce) => {
		const sent = await send();
		const forged = new URL(sent.link);
		forged.searchParams.set('question', nonce);
		for (const body of [undefined, { approved: 'true' }]) {
			const shown = await open(sent, forged.href, body);
			expect(goesOn(shown)).toBe(false);
			expect(shown.status).toBe(410);
			expect(shown.page).not.toContain('Tuesday');
		}
	});

	it('takes the answer to one turn of a loop for no other', async () => {
		const [first, second] = [await send(), await send()];
		expect((await open(second, first.link, { approved: 'true' })).status).toBe(410);
		expect(goesOn(await open(second, second.link, { approved: 'true' }))).toBe(true);
	});

	it('takes the second of two answers at once for none', async () => {
		const sent = await send();
		const answer = async () => await open(sent, sent.link, { approved: 'true' });
		const both = await Promise.all([answer(), answer()]);
		expect(both.filter(goesOn)).toHaveLength(1);
		expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
	});

	it('goes on with replied: false where the time is over', async () => {
		const sent = await send(anHour);
		const minutes = (waitsUntil(sent).getTime() - Date.now()) / 60_000;
		expect(Math.round(minutes)).toBe(60);
		const over = await run(subject, sent.options, overTime(sent));
		expect(over.error).toBeUndefined();
		expect(over.items).toEqual([{ json: { replied: false }, pairedItem: { item: 0 } }]);
	});

	it('leaves what the node before gave as it was', async () => {
		const sent = await send({}, { items: [{ name: 'Ana' }] });
		const [before] = sent.run.data.resultData.runData.Items ?? [];
		expect(before?.data?.main?.[0]?.map(({ json }) => json)).toEqual([{ name: 'Ana' }]);
	});

	it('finds its question under any name of the node', async () => {
		const host = new Host('braces');
		host.nodeName = `Ask "{{ 1 }}" 'Ana' \\ $& }}`;
		const sent = await send({}, { host });
		expect(goesOn(await open(sent, sent.link, { approved: 'true' }))).toBe(true);
	});
});

/** What n8n goes on with when it looks for executions whose time is over. */
const overTime = ({ run: { data } }: Sent): IRunExecutionData =>
	JSON.parse(JSON.stringify(data)) as IRunExecutionData;

describe('a form behind the link', () => {
	it('asks for a text', async () => {
		const sent = await send({ responseType: 'freeText', options: { title: 'A & B' } });
		const { page } = await open(sent, sent.link);
		expect(page).toContain('<textarea name="field-0"');
		expect(page).toContain('<h1>A &#38; B</h1>');
		expect((await open(sent, sent.link, { 'field-0': ' ' })).status).toBe(400);
		const answered = await open(sent, sent.link, { 'field-0': ' At <ten> ' });
		expect(jsonOf(answered)).toMatchObject({ replied: true, data: { text: 'At <ten>' } });
		expect(answered.page).not.toContain('<ten>');
	});

	const formFields = {
		values: [
			{ fieldLabel: 'Day "A"', fieldType: 'date', requiredField: true },
			{ fieldLabel: 'Part', fieldType: 'dropdown', choices: 'Morning, <Noon>' },
			{ fieldLabel: 'People', fieldType: 'number' },
			{ fieldLabel: 'Mail', fieldType: 'email' },
			{ fieldLabel: 'Note', fieldType: 'textarea' },
		],
	};
	const form = { responseType: 'customForm', formFields };
	const good = { 'field-0': '2026-12-01', 'field-1': '<Noon>', 'field-2': '2' };

	it('asks for what its elements say', async () => {
		const sent = await send(form);
		const { page } = await open(sent, sent.link);
		expect(page).toContain('Day &#34;A&#34; *<input type="date" name="field-0"');
		expect(page).toContain('<option value="&#60;Noon&#62;">&#60;Noon&#62;</option>');
		const answered = await open(sent, sent.link, good);
		expect(jsonOf(answered)).toEqual({
			replied: true,
			data: {
				'Day "A"': '2026-12-01',
				Part: '<Noon>',
				People: 2,
				Mail: null,
				Note: null,
				respondedAt: expect.any(String),
			},
		});
	});

	/** What a browser sends for each choice: an option without a value is its text without what blanks HTML drops. */
	const optionsOf = (page: string): string[] =>
		[...page.matchAll(/<option(?: value="([^"]*)")?>([^<]*)/g)].map(([, value, text = '']) =>
			(value ?? text.replace(/[\t\n\f\r ]+/g, ' ').trim()).replace(/&#(\d+);/g, (_, code: string) =>
				String.fromCharCode(Number(code)),
			),
		);

	it.each(['Tuesday  10 am', 'Tuesday\t10 am', 'A "quoted" & <marked> one', '1 < 2', 'é\u00a0!'])(
		'takes the choice %j as a browser sends it',
		async (choice) => {
			const element = { fieldLabel: 'Part', fieldType: 'dropdown', choices: [choice, 'Other'] };
			const sent = await send({ ...form, formFields: { values: [element] } });
			const [none, first, second] = optionsOf((await open(sent, sent.link)).page);
			expect([none, second]).toEqual(['', 'Other']);
			const answered = await open(sent, sent.link, { 'field-0': String(first) });
			expect(jsonOf(answered)).toMatchObject({ data: { Part: choice } });
		},
	);

	it('takes as many characters as a browser lets in, which counts a line break as one and sends two', async () => {
		const sent = await send({ responseType: 'freeText' });
		const text = `${'x\r\n'.repeat(4_999)}xx`;
		expect(text.replaceAll('\r', '')).toHaveLength(10_000);
		const answered = await open(sent, sent.link, { 'field-0': text });
		expect(jsonOf(answered)).toMatchObject({ data: { text } });
	});

	it.each([
		['field-0', '', 'Pick a date.'],
		['field-0', '2026-02-31', 'Pick a date.'],
		['field-1', 'Night', 'Choose one of the list.'],
		['field-2', 'two', 'Enter a number.'],
		['field-3', '<script>', 'Enter an e-mail address.'],
		['field-4', 'x'.repeat(10_001), 'Enter a text.'],
	])(
		'is shown again where %s does not fit, without what was entered',
		async (name, value, hint) => {
			const sent = await send(form);
			const shown = await open(sent, sent.link, { ...good, [name]: value });
			expect(goesOn(shown)).toBe(false);
			expect(shown.page).toContain(hint);
			expect(shown.page).not.toContain('<script>');
		},
	);
});

describe('a link', () => {
	const variables = (value: INodeParameters) => ({
		ifWindowClosed: 'template',
		templateKey: { __rl: true, mode: 'id', value: 'appointment' },
		parameters: { mappingMode: 'defineBelow', value, schema: [] },
	});

	it('stands where it was written', async () => {
		const { sent, link } = await send({ message: 'Answer at [link] please' });
		expect(sent[0]?.body).toEqual({ content: `Answer at ${link} please` });
	});

	it('stands in the template where the window is closed', async () => {
		const { sent, link, run } = await send(variables({ date: '1 May', where: 'at [link]' }));
		expect(run.status).toBe('waiting');
		expect(sent).toHaveLength(1);
		expect(sent[0]).toMatchObject({
			path: `/prospect/${prospectId}/messaging/whatsapp/notification`,
			body: { key: 'appointment', parameters: { date: '1 May', where: `at ${link}` } },
		});
		expect(link).toContain('signature=');
	});

	it('has to stand in the template', async () => {
		const { error, sent } = await send(variables({ date: '1 May' }));
		expect(error?.message).toContain("'Variables' have no link to answer under");
		expect(sent).toEqual([]);
	});
});

describe('what cannot be waited for is refused before anything is sent', () => {
	it.each([
		['two items', {}, { items: [{}, {}] }, 'takes one item, and 2 came'],
		['an AI agent', {}, { asTool: true }, undefined],
		['an empty message', { message: ' [link] ' }, {}, "'Message' is empty"],
		['a form without elements', { responseType: 'customForm' }, {}, "'Form Elements' is empty"],
		[
			'two elements of one name',
			{
				responseType: 'customForm',
				formFields: { values: [{ fieldLabel: 'A' }, { fieldLabel: 'A ' }] },
			},
			{},
			'has "A" twice',
		],
		[
			'a dropdown without choices',
			{
				responseType: 'customForm',
				formFields: { values: [{ fieldLabel: 'A', fieldType: 'dropdown' }] },
			},
			{},
			'has no choices for "A"',
		],
		[
			'a time that is over',
			{
				limitWaitTime: true,
				limitType: 'atSpecifiedTime',
				maxDateAndTime: '2020-01-01T00:00:00.000Z',
			},
			{},
			"'Max Date and Time' is 2020-01-01T00:00:00.000Z, which is over",
		],
	] as Array<[string, INodeParameters, Partial<RunOptions>, string | undefined]>)(
		'%s',
		async (_, parameters, more, sentence) => {
			const { run: result, error, items, sent } = await send(parameters, more);
			expect(result.status).not.toBe('waiting');
			expect(sent).toEqual([]);
			if (sentence) expect(`${error?.message} ${error?.description}`).toContain(sentence);
			else expect(items[0]?.json.error).toContain('An AI agent cannot wait');
		},
	);

	it('an n8n that signs no links', () => {
		const context = { getInputData: () => [{}] } as unknown as IExecuteFunctions;
		expect(() => checkCanWait(context, false)).toThrow('does not sign the links');
	});

	it.each(['https://me:word@n8n.example', 'https://word@n8n.example'])(
		'a link with the password of n8n’s address, as of %s',
		(origin) => {
			const getSignedResumeUrl = () => `${origin}/webhook-waiting/1/2?signature=3`;
			const context = { getSignedResumeUrl } as unknown as IExecuteFunctions;
			expect(() => linkOf(context)).toThrow(
				/^The link would show the user or password in WEBHOOK_URL /,
			);
		},
	);

	it('hides the operation from agents', () => {
		const [operations] = node.description.properties.filter(
			({ name, displayOptions }) =>
				name === 'operation' && displayOptions?.show?.resource?.includes('message'),
		);
		const hidden = operations?.options?.filter(
			(one) => 'displayOptions' in one && one.displayOptions,
		);
		expect(hidden).toMatchObject([
			{ value: 'sendAndWait', displayOptions: { hide: { '@tool': [true] } } },
		]);
	});
});

describe('what was not sent is not waited for', () => {
	it('where Zenvia refuses it and the node is set to continue', async () => {
		const server = await serve((_, response) => {
			response.writeHead(403, { 'content-type': 'application/json' });
			response.end('{"message":"Invalid scope"}');
		});
		const credential = { environment: 'custom', baseUrl: server.url, apiKey: 'key-refused' };
		const options = { typeVersion: 1.2, parameters: ask, credential };
		const result = await run(subject, { ...options, onError: 'continueRegularOutput' });
		expect(result.run.status).not.toBe('waiting');
		expect(result.items[0]?.json.error).toContain('Invalid scope');
	});
});
