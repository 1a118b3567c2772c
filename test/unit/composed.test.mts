import { afterEach, describe, expect, it } from '@jest/globals';
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { ZenviaSalesApi } from '../../credentials/ZenviaSalesApi.credentials.ts';
import { ZenviaSales } from '../../nodes/ZenviaSales/ZenviaSales.node.ts';
import { run } from './engine.mts';
import { closeServers, serve } from './server.mts';

afterEach(closeServers);

const id = '507f191e810c19729de860ea';
const item: IDataObject = {
	...{ name: 'Ana', cell: '#N/A', missed: '#¡VALOR!', date: '', nan: Number.NaN },
	quoted: 'My sheet shows #N/A, why?',
};
let keys = 0;

/** What the vendor is sent, and the sentence where nothing is. */
async function send(parameters: INodeParameters, typeVersion = 1.2) {
	const server = await serve(() => [{ id }]);
	const prospectId = typeVersion < 1.2 ? id : { __rl: true, mode: 'id', value: id };
	const { error } = await run(
		{ node: new ZenviaSales(), credential: new ZenviaSalesApi() },
		{
			typeVersion,
			parameters: { prospectId, ...parameters },
			credential: { apiKey: `key-${++keys}`, environment: 'custom', baseUrl: server.url },
			items: [item],
		},
	);
	return { sentence: error?.message, sent: server.received.map(({ body }) => body) };
}

const message = (content: string) => ({
	...{ resource: 'message', operation: 'send', channel: 'whatsapp' },
	content,
});

describe('a text that an expression puts together', () => {
	it.each([
		['=Hi {{ $json.cell }}!', '#N/A', 'which a spreadsheet writes when a formula has no result'],
		['={{ `Hi ${$json.missed}.` }}', '#¡VALOR!', 'which a spreadsheet writes'],
		[
			"=On {{ DateTime.fromISO($json.date).toFormat('dd/MM') }}",
			'Invalid DateTime',
			'which is not a value',
		],
		['=Due: {{ new Date($json.date) }}, all', 'Invalid Date', 'which is not a value'],
		['=It is {{ $json.nan.toFixed(2) }} in all', 'NaN', 'which is not a value'],
		["={{ 'Hi ' + $json.nobody }}", 'undefined', 'which is not a value'],
	])('is not sent with a word in it that stands for no value: %s', async (content, word, why) => {
		const { sentence, sent } = await send(message(content));
		expect(sentence).toContain(`'Content' holds "${word}", ${why}`);
		expect(sent).toEqual([]);
	});

	it('is refused by the name of the field that it is in', async () => {
		const { sentence, sent } = await send({
			...{ resource: 'prospect', operation: 'update' },
			updateFields: { firstName: '={{ $json.name }} {{ $json.cell }}' },
		});
		expect(sentence).toMatch(/^'First Name' holds "#N\/A", /);
		expect(sent).toEqual([]);
		const { sentence: other } = await send({
			...{ resource: 'quote', operation: 'create' },
			items: { item: [{ concept: '=Offer for {{ $json.cell }}', quantity: 1 }] },
		});
		expect(other).toMatch(/^'Concept' holds "#N\/A", /);
	});

	it.each([
		[
			'=Hi {{ $json.name }}, a cell says #N/A where Excel finds nothing: {{ $json.cell }}',
			undefined,
		],
		["={{ $json.x === undefined ? 'Hi' : 'Hi ' + undefined }}", undefined],
		['=Hi {{ $json.name }} NaNcy, #N/Ambition', undefined],
		['={{ $json.quoted }}', 'My sheet shows #N/A, why?'],
	])('is sent where the form itself, or a person, says the word: %s', async (content, whole) => {
		const { sentence, sent } = await send(message(content));
		expect(sentence).toBeUndefined();
		expect(sent).toEqual([{ content: whole ?? expect.stringContaining('Hi') }]);
	});

	it('is sent as it is by nodes of version 1', async () => {
		const { sent } = await send(message('=Hi {{ $json.cell }}!'), 1);
		expect(sent).toEqual([{ content: 'Hi #N/A!' }]);
	});
});
