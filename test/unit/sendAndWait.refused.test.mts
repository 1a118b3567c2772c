import { afterEach, describe, expect, it } from '@jest/globals';
import type { IExecuteFunctions, INodeParameters } from 'n8n-workflow';
import { checkCanWait, linkOf } from '../../nodes/engine/sendAndWait/question.ts';
import { run, type RunOptions } from './engine.mts';
import { node, subject, ask, send } from './sendAndWait.setup.mts';
import { closeServers, serve } from './server.mts';

afterEach(closeServers);

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
