import { afterEach, describe, expect, it } from '@jest/globals';
import { convertalk } from '../../nodes/Convertalk/vendor.ts';
import { get } from '../../nodes/engine/http/request.ts';
import { inBot } from './convertalk.bot.mts';
import { closeServers } from './server.mts';

afterEach(closeServers);

const account = { botId: 'bot-1', customerId: 'customer-1' };
const uuid = 'chat-1';

describe('A custom API call', () => {
	const call = { resource: 'customApiCall', operation: 'send', path: '/inbox/direct/lead' };

	it.each([
		['PUT', '{"uuid":"chat-1"}', { uuid, ...account }],
		[
			'PUT',
			'{"uuid":"chat-1","botId":"bot-2"}',
			{ uuid, botId: 'bot-2', customerId: 'customer-1' },
		],
		['POST', '[{"uuid":"chat-1"}]', [{ uuid }]],
	])(
		'sends the body that it says, with the account beside it: %s %s',
		async (method, body, sent) => {
			const { written } = await inBot({ ...call, method, body });
			expect(written).toEqual([sent]);
		},
	);

	it.each([
		[[], 'bot-1'],
		[[{ name: 'botId', value: 'bot-2' }], 'bot-2'],
	])('asks the bot that it names: %j', async (parameter, botId) => {
		const { received } = await inBot({ ...call, method: 'GET', query: { parameter } });
		expect(Object.fromEntries(received[0]?.query ?? [])).toEqual({ ...account, botId });
	});
});

it('The account stands behind what is asked, since the marks of Only New go by the order of a request', () => {
	const request = { ...get`/inbox/direct/chats`, query: { type: ['lead'] } };
	const { query } = convertalk.withAccount?.(request, account) ?? {};
	expect(Object.keys(query ?? {})).toEqual(['type', 'botId', 'customerId']);
});
