import { describe, expect, it } from '@jest/globals';
import { readAnswer } from '../../../nodes/engine/http/response.ts';
import { get } from '../../../nodes/engine/http/request.ts';
import { run } from './context.mts';

const agent = { resource: 'agent', agentId: '507f191e810c19729de860ea' };
const base = 'https://vendor.example';
const group = { resource: 'group', groupId: '507f191e810c19729de860ea' };

describe('an answer without a body', () => {
	it.each([
		['agent', agent],
		['group', group],
	])('is none that was lost, where the vendor names none: %s', async (_, parameters) => {
		const { output, error, requests } = await run({
			parameters: { operation: 'isWorking', ...parameters },
			server: () => ({ status: 200, body: '' }),
		});
		expect(error).toBeUndefined();
		expect(requests).toHaveLength(1);
		expect(output).toHaveLength(1);
	});
});

describe('an answer of plain text', () => {
	it.each([
		['isWorking', agent],
		['isWorking', group],
		['getResponseTime', agent],
		['getResponseTime', group],
	])('comes out as it is: %s %j', async (operation, parameters) => {
		let asked = 0;
		const { output, error } = await run({
			parameters: { operation, ...parameters },
			server: () => {
				if (++asked > 1) throw new Error('It was asked for again');
				return { body: 'PT5M' };
			},
		});
		expect(error).toBeUndefined();
		expect(output).toEqual([{ json: { result: 'PT5M' }, pairedItem: { item: 0 } }]);
	});

	it.each([
		['<html>Bad gateway</html>', 'WEB_PAGE'],
		[' \n<!doctype html>', 'WEB_PAGE'],
		['<p>Welcome</p>', 'NOT_JSON'],
		['{"working": tr', 'NOT_JSON'],
		['[{"id"', 'NOT_JSON'],
	])('is none that is a page, or JSON cut off: %j', (body, code) => {
		const request = { ...get`/groups/${'a'}/is-working`, takesText: true };
		expect(readAnswer(request, { statusCode: 200, headers: {}, body }, base)).toEqual({
			kind: 'unknownOutcome',
			code,
		});
	});

	it('is lost where none is expected', () => {
		expect(readAnswer(get`/groups`, { statusCode: 200, headers: {}, body: 'PT5M' }, base)).toEqual({
			kind: 'unknownOutcome',
			code: 'NOT_JSON',
		});
	});
});
