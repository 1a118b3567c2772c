import { describe, expect, it } from '@jest/globals';
import type { IDataObject } from 'n8n-workflow';
import { run, type RunOptions, type Server } from './context.mts';

const id = '507f191e810c19729de860ea';
const phone = '+55 11 91234-5678';
const picked = (mode: string, value: string) => ({ __rl: true, mode, value });

/** A prospect who is there under a phone number and an e-mail address, and nobody else. */
const account: Server = ({ url, qs = {} }) => {
	if (!url?.endsWith('/prospect-by'))
		return { body: { id, whatsAppDueAt: '2020-01-01T00:00:00Z' } };
	const isThere = qs.phoneNumber === '+5511912345678' || qs.email === 'ana@example.com';
	return isThere ? { body: { id } } : { status: 404, body: {} };
};

async function dry(
	parameters: IDataObject,
	people?: unknown[],
	field = 'prospectId',
	more: Partial<RunOptions> = {},
) {
	const { requests, output, error, hints } = await run({
		parameters: { options: { dryRun: true }, ...parameters },
		...(people && {
			items: people.map(() => ({})),
			perItem: { [field]: (index: number) => people[index] },
		}),
		server: account,
		typeVersion: 1.2,
		...more,
	});
	expect(requests.filter(({ method }) => method !== 'GET')).toEqual([]);
	return { requests, error, hints, jsons: output.map(({ json }) => json) };
}

const told = (would: string, more: IDataObject = {}) => ({ dryRun: true, would, ...more });

const template = {
	...{ resource: 'message', operation: 'sendTemplate', channel: 'whatsapp' },
	templateKey: picked('id', 'welcome'),
};

describe('A dry run of Zenvia Sales', () => {
	it('looks up who is meant, and names them as they were entered', async () => {
		const { requests, jsons } = await dry({ ...template, prospectId: picked('phone', phone) });
		expect(requests).toHaveLength(1);
		expect(jsons).toEqual([told(`send template welcome to ${phone}`)]);
	});

	it.each([
		['create', `create lead +551130000000 first, then send template welcome to +55 11 3000-0000`],
		['skip', 'skip this item'],
	])('says what becomes of those who are not there: %s', async (ifNotFound, would) => {
		const stranger = picked('phone', '+55 11 3000-0000');
		const { jsons } = await dry({ ...template, ifNotFound, newLeadSource: 'website' }, [
			stranger,
			picked('phone', phone),
			stranger,
		]);
		const again = ifNotFound === 'create' ? would.replace(/.* then /, '') : would;
		const reason = ifNotFound === 'skip' ? { reason: 'No prospect has "+55 11 3000-0000".' } : {};
		expect(jsons).toEqual([
			told(would, reason),
			told(`send template welcome to ${phone}`),
			told(again, reason),
		]);
	});

	it('refuses those who are not there by name, as a real run does', async () => {
		const { error } = await dry({ ...template, prospectId: picked('phone', '+55 11 3000-0000') });
		expect(error?.message).toContain('which no prospect has');
	});

	it('reads whether the window is open', async () => {
		const message = { resource: 'message', operation: 'send', channel: 'whatsapp', content: 'Hi' };
		const open = await dry({ ...message, prospectId: picked('id', id) });
		expect([open.requests.length, open.jsons]).toEqual([0, [told(`send message to ${id}: "Hi"`)]]);
		const closed = await dry({
			...{ ...message, prospectId: picked('id', id), ifWindowClosed: 'template' },
			templateKey: picked('id', 'welcome'),
		});
		expect([closed.requests.length, closed.jsons]).toEqual([
			1,
			[told(`send message to ${id} as template welcome`)],
		]);
	});

	it('says of one who is not there yet that the template goes out, and reads nothing of them', async () => {
		const message = { resource: 'message', operation: 'send', channel: 'whatsapp', content: 'Hi' };
		const { error, jsons, requests } = await dry({
			...{ ...message, ifWindowClosed: 'template', templateKey: picked('id', 'welcome') },
			...{ ifNotFound: 'create', newLeadSource: 'website' },
			prospectId: picked('phone', '+55 11 3000-0000'),
		});
		expect(error).toBeUndefined();
		const first = 'create lead +551130000000 first, then ';
		expect(jsons).toEqual([told(`${first}send message to +55 11 3000-0000 as template welcome`)]);
		expect(requests.map(({ url }) => url.split('/').at(-1))).toEqual(['prospect-by']);
	});

	it('counts what a real run would send, and nothing as done', async () => {
		const people = ['+55 11 3000-0000', phone, phone].map((one) => picked('phone', one));
		const message = {
			...{ resource: 'message', operation: 'send', channel: 'whatsapp', content: 'Hi' },
			...{ ifWindowClosed: 'template', templateKey: picked('id', 'welcome'), ifNotFound: 'skip' },
		};
		const { hints } = await dry(message, people);
		expect(hints).toEqual([
			'This was a dry run: nothing was written. A real run would send 2 messages.',
		]);
		let reads = 0;
		const breaks: Server = async (request) => {
			const isThird = request.url?.endsWith(id) && ++reads === 2;
			if (isThird) await new Promise((resolve) => setTimeout(resolve, 50));
			return isThird ? { status: 404, body: {} } : account(request);
		};
		const { error } = await dry(message, people, 'prospectId', { server: breaks });
		expect(error?.description).toMatch(/ 0 of 3 items had been done by then\.$/);
		reads = 0;
		const going = { server: breaks, continueOnFail: true };
		const { hints: [hint] = [] } = await dry(message, people, 'prospectId', going);
		expect(hint).toBe('This was a dry run: nothing was written. A real run would send 1 message.');
	});

	const lead = { resource: 'lead', operation: 'create', utmSource: 'fair' };
	const people = ['ana@example.com', 'bea@example.com', 'bea@example.com'];

	it.each([
		[
			'skip',
			told('skip this item', { reason: 'There is a prospect with "ana@example.com".' }),
			told('skip this item', { reason: 'There is a prospect with "bea@example.com".' }),
		],
		['update', told('update prospect ana@example.com'), told('update prospect bea@example.com')],
	])('says what becomes of those who are there: %s', async (ifExists, first, last) => {
		const { jsons } = await dry({ ...lead, ifExists }, people, 'emails');
		expect(jsons).toEqual([first, told('create lead bea@example.com'), last]);
	});

	it('remembers nobody whom it would have made', async () => {
		const strangers = ['cid@example.com'];
		const options = { ...lead, ifExists: 'skip' };
		for (let n = 0; n < 2; n++) {
			const { jsons } = await dry(options, strangers, 'emails');
			expect(jsons).toEqual([told('create lead cid@example.com')]);
		}
	});
});
