import { describe, expect, it } from '@jest/globals';
import type { IDataObject } from 'n8n-workflow';
import { resources } from '../../../nodes/ZenviaSales/resources/index.ts';
import { run, type RunOptions } from './context.mts';

const prospectId = '507f191e810c19729de860ea';
const path = `https://sales.zenvia.com/api/v1/prospect/${prospectId}`;
const hourMs = 3_600_000;
const at = (ms: number) => new Date(Date.now() + ms).toISOString();

const send = {
	resource: 'message',
	operation: 'send',
	prospectId,
	channel: 'whatsapp',
	content: 'Hello',
	ifWindowClosed: 'template',
	templateKey: { __rl: true, mode: 'id', value: 'appointment' },
	parameters: {
		mappingMode: 'defineBelow',
		value: { date: '1 May' },
		schema: [{ id: 'date', required: true }],
	},
};

async function sendTo(
	prospect: IDataObject,
	parameters: object = {},
	more: Partial<RunOptions> = {},
) {
	const result = await run({
		parameters: { ...send, ...parameters },
		server: ({ method }) => ({
			body: method === 'GET' ? { id: prospectId, ...prospect } : [{ id: 'i' }],
		}),
		...more,
	});
	const [read, written, ...others] = result.requests;
	expect(others).toEqual([]);
	return { ...result, read, written, jsons: result.output.map(({ json }) => json) };
}

describe('a message, or a template where the window is closed', () => {
	it.each([
		['open', 'whatsapp', { whatsAppDueAt: at(hourMs) }],
		['open on Facebook', 'facebook', { facebookDueAt: at(hourMs), whatsAppDueAt: at(-hourMs) }],
	])('is a message where it is %s', async (_, channel, prospect) => {
		const { read, written, jsons } = await sendTo(prospect, { channel });
		expect(read).toMatchObject({ method: 'GET', url: path });
		expect(written).toMatchObject({
			method: 'POST',
			url: `${path}/messaging/${channel}`,
			body: { content: 'Hello' },
		});
		expect(jsons).toEqual([{ sentAs: 'message', id: 'i' }]);
	});

	it.each([
		['has ended', { whatsAppDueAt: at(-1000), facebookDueAt: at(hourMs) }],
		['never began', {}],
		['is unreadable', { whatsAppDueAt: 'soon' }],
	])('is a template where it %s', async (_, prospect) => {
		const { written, jsons } = await sendTo(prospect);
		expect(written).toMatchObject({
			url: `${path}/messaging/whatsapp/notification`,
			body: { key: 'appointment', parameters: { date: '1 May' } },
		});
		expect(jsons).toEqual([{ sentAs: 'template', id: 'i' }]);
	});

	it('is a message at once, as before, where nothing is chosen', async () => {
		const parameters = { ...send, ifWindowClosed: undefined, templateKey: undefined };
		const { requests, output, error } = await run({
			parameters: parameters as unknown as IDataObject,
			server: () => ({ body: [{ id: 'i' }] }),
			typeVersion: 1,
		});
		expect(error).toBeUndefined();
		expect(requests.map(({ url }) => url)).toEqual([`${path}/messaging/whatsapp`]);
		expect(output.map(({ json }) => json)).toEqual([{ id: 'i' }]);
	});

	it.each([
		['no template', { templateKey: { __rl: true, mode: 'id', value: '' } }, "'Template' is empty"],
		[
			'a variable that is missing',
			{ parameters: { ...send.parameters, value: {} } },
			'The template lacks "date".',
		],
		['no text', { content: ' ' }, "'Content' is empty"],
	])('with %s is refused before anything is sent', async (_, parameters, sentence) => {
		const { error, requests } = await run({ parameters: { ...send, ...parameters } });
		expect(error?.message).toContain(sentence);
		expect(requests).toEqual([]);
	});

	it('does not ask for variables of a template that is not sent', async () => {
		const stale = { ifWindowClosed: 'fail', parameters: { ...send.parameters, value: {} } };
		const { error } = await run({
			parameters: { ...send, ...stale },
			server: () => ({ body: [{ id: 'i' }] }),
		});
		expect(error).toBeUndefined();
	});
});

it('That a message was taken is no proof of delivery, and the form says how to read its status', () => {
	const messages = resources.find(({ value }) => value === 'message');
	const { description } = messages?.operations.find(({ value }) => value === 'send') ?? {};
	expect(description).toContain(
		'Zenvia can accept a message and not deliver it: read its status later with Interaction: Get.',
	);
});
