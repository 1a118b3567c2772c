import { afterEach, describe, expect, it } from '@jest/globals';
import type { IDataObject, INodeParameters, IRunExecutionData } from 'n8n-workflow';
import { Host, run } from './engine.mts';
import {
	type Sent,
	subject,
	prospectId,
	send,
	open,
	goesOn,
	jsonOf,
} from './sendAndWait.setup.mts';
import { closeServers } from './server.mts';

afterEach(closeServers);
const anHour = { limitWaitTime: true, resumeAmount: 1, resumeUnit: 'hours' };
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
