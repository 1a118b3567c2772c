import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { SaleswhaleApi } from '../../credentials/SaleswhaleApi.credentials.ts';
import { Saleswhale } from '../../nodes/Saleswhale/Saleswhale.node.ts';
import { hurry, run } from './engine.mts';
import { answer, closeServers, type Handler, serve } from './server.mts';

let calm = () => {};
beforeEach(() => {
	calm = hurry();
});
afterEach(async () => {
	calm();
	await closeServers();
});

const says = (message: string) => answer(422, { errors: [{ id: 'ff', message }] });
const lost: Handler = (_, __, request) => void request.socket.destroy();

/** Deletes a lead of a server that gives these answers, one after the other. */
async function remove(...answers: Handler[]) {
	let count = 0;
	const server = await serve((...args) => answers[count++]?.(...args));
	return await run(
		{ node: new Saleswhale(), credential: new SaleswhaleApi() },
		{
			parameters: { resource: 'lead', operation: 'delete', leadId: '7' },
			credential: { apiKey: 'k', baseUrl: server.url, requestsPerSecond: 0 },
		},
	);
}

it('a lead is deleted where an answer was lost, and there is none the next time', async () => {
	const { items, error } = await remove(lost, says('Lead 7 does not exist.'));
	expect(error).toBeUndefined();
	expect(items.map(({ json }) => json)).toEqual([{ deleted: true }]);
});

it('a lead that never was there is said, and so is another refusal after a lost answer', async () => {
	expect((await remove(says('Lead 7 does not exist.'))).error?.message).toContain('does not exist');
	expect((await remove(lost, says('The lead is in a conversation.'))).error?.message).toContain(
		'in a conversation',
	);
});

it.each<[string, string]>([
	['cut short', '{"errors": [{"id": "ff", "mess'],
	['empty', ''],
])('asks again where the answer that would tell came %s', async (_, body) => {
	const wordless = answer(422, body, { 'content-type': 'application/json' });
	const { items, error } = await remove(lost, wordless, says('Lead 7 does not exist.'));
	expect(error).toBeUndefined();
	expect(items.map(({ json }) => json)).toEqual([{ deleted: true }]);
	// Nothing may be done yet: nothing hangs on the words.
	expect((await remove(wordless, says('Lead 7 does not exist.'))).error?.message).toContain(
		'does not accept',
	);
});
