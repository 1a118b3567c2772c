import { afterEach, describe, expect, it } from '@jest/globals';
import { chat, inBot } from './convertalk.bot.mts';
import { answer, closeServers } from './server.mts';

afterEach(closeServers);

describe('An answer to Create or Update', () => {
	const update = { uuid: chat('chat-1'), fields: { name: 'Ana' } };

	it.each([
		[{ success: false, message: 'No such bot', code: 400 }, 'No such bot Check the values'],
		[{ success: false, message: 'Unauthorized', code: '401' }, 'Unauthorized Open the credential'],
		[{ success: 'false', message: 'No such bot' }, 'No such bot Check the values'],
		[{ success: false, message: 'No such bot', code: 304 }, 'No such bot Check the values'],
		[{ message: 'No such bot', code: 404 }, 'No such bot Check the ID'],
	])('that refuses under HTTP 200 is a refusal: %j', async (body, sentence) => {
		const { said, items } = await inBot(update, { write: () => body });
		expect(items).toEqual([]);
		expect(said).toContain(`Convertalk says: ${sentence}`);
	});

	it.each([[{ success: true, message: 'ok', code: 200 }], [{ message: 'ok' }]])(
		'that does not is none: %j',
		async (body) => {
			const { items } = await inBot(update, { write: () => body });
			expect(items).toEqual([{ uuid: 'chat-1', success: true }]);
		},
	);

	it.each([
		[
			{ message: ['name is long', 'email is no e-mail'], code: 400 },
			'name is long; email is no e-mail',
		],
		[{ message: 'Bad Request', data: ['name is long'] }, 'name is long'],
		[{ message: 'Bad Request', data: [] }, 'Bad Request'],
	])('tells what is wrong in the vendor’s words: %j', async (body, words) => {
		const { said } = await inBot(update, { write: answer(400, body) });
		expect(said).toContain(`Convertalk says: ${words} `);
	});
});
