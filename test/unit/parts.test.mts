import { beforeEach, describe, expect, it, jest } from '@jest/globals';
import CryptoJS from 'crypto-js';
import fc from 'fast-check';
import type { IDataObject, IWebhookFunctions } from 'n8n-workflow';
import { KeyedMutex } from '../../nodes/engine/util/mutex.ts';
import { byPageNumber, collect } from '../../nodes/engine/pagination/pages.ts';
import { get } from '../../nodes/engine/http/request.ts';
import { Saleswhale } from '../../nodes/Saleswhale/Saleswhale.node.ts';
import { SaleswhaleTrigger } from '../../nodes/Saleswhale/SaleswhaleTrigger.node.ts';
import { SalesflowTrigger } from '../../nodes/Salesflow/SalesflowTrigger.node.ts';
import { ZenviaSalesAppTrigger } from '../../nodes/ZenviaSales/ZenviaSalesAppTrigger.node.ts';
import { ZenviaSalesTrigger } from '../../nodes/ZenviaSales/ZenviaSalesTrigger.node.ts';
import { resources } from '../../nodes/Saleswhale/resources/index.ts';
import { fieldsOf } from '../../nodes/engine/operation/readForm.ts';
import { sleep } from './server.mts';
import { forEachBounded } from '../../nodes/engine/util/forEachBounded.ts';
import { credentialOf, secretOf } from '../../nodes/engine/webhook/credential.ts';
import { addressSecret } from '../../nodes/engine/webhook/addressSecret.ts';
import { jsonBody, rawBody } from '../../nodes/engine/webhook/delivery.ts';
import { hmacHex, isRecent, isSame } from '../../nodes/engine/webhook/digests.ts';

describe('a webhook', () => {
	it('is signed as an independent HMAC says', () => {
		fc.assert(
			fc.property(fc.string(), fc.string(), fc.uint8Array(), (key, text, bytes) => {
				const both = Buffer.concat([Buffer.from(text), Buffer.from(bytes)]);
				const theirs = CryptoJS.HmacSHA256(CryptoJS.enc.Hex.parse(both.toString('hex')), key);
				expect(hmacHex(key, text, Buffer.from(bytes))).toBe(theirs.toString());
			}),
		);
	});

	it('is compared whatever the lengths', () => {
		expect(isSame('abc', 'abc')).toBe(true);
		for (const given of ['', 'ab', 'abd', 'abcd', 'ABC']) expect(isSame(given, 'abc')).toBe(false);
	});

	it.each([
		['1000', true],
		['700', true],
		['1300', true],
		['699', false],
		['1301', false],
		['', false],
		['1e3', false],
		['-1000', false],
		['1000.0', false],
		[' 1000', false],
		['9'.repeat(400), false],
	])('with the time %p is recent: %p', (time, recent) => {
		expect(isRecent(time, 300, 1_000_000)).toBe(recent);
	});

	it('has a body only where that is a JSON object', () => {
		expect(jsonBody(Buffer.from('{"a": 1}'))).toEqual({ a: 1 });
		for (const raw of ['', '[1]', 'null', '1', '{"a"', '{'.repeat(10_000)]) {
			expect(jsonBody(Buffer.from(raw))).toBeUndefined();
		}
	});

	it('is read as bytes also where n8n does not, and counts as empty where it cannot be', async () => {
		const bodyOf = async (request: object) =>
			await rawBody({ getRequestObject: () => request } as unknown as IWebhookFunctions);
		const unread = {
			rawBody: undefined as unknown,
			readRawBody: async () => {
				await sleep(1);
				unread.rawBody = Buffer.from('b');
			},
		};
		const torn = { readRawBody: async () => await Promise.reject(new Error('aborted')) };
		expect(await bodyOf({ rawBody: Buffer.from('a') })).toEqual(Buffer.from('a'));
		expect(await bodyOf(unread)).toEqual(Buffer.from('b'));
		expect(await bodyOf(torn)).toEqual(Buffer.alloc(0));
	});

	it.each([
		new SaleswhaleTrigger(),
		new ZenviaSalesTrigger(),
		new ZenviaSalesAppTrigger(),
		new SalesflowTrigger(),
	])(
		'leaves n8n nothing to evaluate when it comes: %#',
		({ description: { version, webhooks } }) => {
			expect(Math.min(...[version].flat())).toBeGreaterThan(1);
			expect(webhooks).toHaveLength(1);
			const values = webhooks?.flatMap((one) => Object.values(one)) ?? [];
			expect(values.filter((value) => String(value).startsWith('='))).toEqual([]);
		},
	);

	describe('finds its credential', () => {
		const contextWith = (id: string, getCredentials: () => Promise<object>, mode = 'webhook') =>
			({
				getWorkflow: () => ({ id }),
				getNode: () => ({ id: 'node', credentials: { api: { id: '1' } } }),
				getMode: () => mode,
				getCredentials,
			}) as unknown as IWebhookFunctions;
		const read = jest.fn(async () => ({ key: 'secret' }));
		const find = async (id: string, mode?: string) =>
			await credentialOf(contextWith(id, read, mode), 'api');
		beforeEach(() => void read.mockClear());

		it('read once by those that come close upon one another, and anew a second later', async () => {
			expect(await Promise.all([find('close'), find('close')])).toEqual([
				{ key: 'secret' },
				{ key: 'secret' },
			]);
			await sleep(300);
			await find('close');
			expect(read).toHaveBeenCalledTimes(1);
			await sleep(1100);
			await find('close');
			expect(read).toHaveBeenCalledTimes(2);
		});

		it('of its own trigger, and read for each test', async () => {
			await find('one');
			await find('other');
			await find('one', 'manual');
			await find('one', 'manual');
			expect(read).toHaveBeenCalledTimes(4);
		});

		it('after it could not be read once', async () => {
			read.mockRejectedValueOnce(new Error('The database is busy'));
			await expect(find('busy')).rejects.toThrow('The database is busy');
			expect(await find('busy')).toEqual({ key: 'secret' });
		});
	});

	describe('to an address with a secret', () => {
		const secretOf = async (token: string, memory: IDataObject = {}, id = 'node', n8n = '1') => {
			const context = {
				getInstanceId: () => n8n,
				getWorkflow: () => ({ id: 'workflow' }),
				getNode: () => ({ id }),
				getWorkflowStaticData: () => memory,
				getNodeParameter: (_: string, fallback: unknown) => fallback,
				getCredentials: async () => ({ token }),
			};
			return await addressSecret(
				context as unknown as IWebhookFunctions,
				'api',
				'token',
				'API token',
			);
		};

		it('can be checked before anything is stored, and by every process', async () => {
			const secret = await secretOf('token');
			expect(secret).toMatch(/^[\w-]{43}$/);
			expect(await secretOf('token')).toBe(secret);
			expect(await secretOf('other')).not.toBe(secret);
			expect(await secretOf('token', {}, 'other')).not.toBe(secret);
			expect(await secretOf('token', {}, 'node', '2')).not.toBe(secret);
		});

		it('is not what an earlier version, or somebody else, stored with the workflow', async () => {
			const memory = { secret: 'stored', deliveries: 'a' };
			expect(await secretOf('token', memory)).toBe(await secretOf('token'));
			expect(memory).toEqual({ deliveries: 'a' });
		});

		it('cannot be made of an empty key, which anybody knows', async () => {
			await expect(secretOf('')).rejects.toThrow('has no API token');
			await expect(secretOf('', { secret: '' })).rejects.toThrow('has no API token');
		});
	});

	it('cannot be checked without a secret', () => {
		expect(secretOf({ key: 's' }, 'key', 'API key')).toBe('s');
		expect(() => secretOf({ key: '' }, 'key', 'API key')).toThrow('has no API key');
	});
});

describe('work on a list', () => {
	it('begins nothing after the first that throws, and lets the rest end', async () => {
		const begun: number[] = [];
		const ended: number[] = [];
		const failure = await forEachBounded([0, 1, 2, 3, 4, 5], 2, async (n) => {
			begun.push(n);
			await sleep(n === 1 ? 5 : 20);
			if (n === 1) throw new Error('one');
			ended.push(n);
		});
		expect(failure?.thrown).toEqual(new Error('one'));
		expect([begun, ended]).toEqual([[0, 1], [0]]);
	});

	it('keeps no name whose turns are over', async () => {
		const turns = new KeyedMutex();
		await Promise.allSettled([
			turns.serialize('a', async () => await Promise.reject(new Error('no'))),
			turns.serialize('a', async () => 1),
		]);
		expect((turns as unknown as { last: Map<string, unknown> }).last.size).toBe(0);
	});
});

it('a page that names itself as the next ends the list', async () => {
	const read = jest.fn(async () => {
		if (read.mock.calls.length > 3) throw new Error('It goes on and on');
		return { records: [{}], body: {} };
	});
	const pages = byPageNumber({ page: 'page', next: () => 1 })(read, get`/a`, Infinity);
	expect(await collect(pages, Infinity)).toHaveLength(1);
	expect(read).toHaveBeenCalledTimes(1);
});

describe('the properties of a node', () => {
	const { properties } = new Saleswhale().description;

	it('have all that n8n needs', () => {
		for (const { displayName, name, type, default: value } of properties) {
			expect([displayName, name, type, value]).not.toContain(undefined);
		}
	});

	it('show each operation the fields of its own form and no others', () => {
		for (const resource of resources) {
			for (const operation of resource.operations) {
				const shown = properties
					.filter(({ displayOptions }) => {
						const { resource: on, operation: of } = displayOptions?.show ?? {};
						return on?.includes(resource.value) && of?.includes(operation.value);
					})
					.map(({ name }) => name);
				// A field that is another in older versions is two properties, and one in each version.
				const own = fieldsOf(operation).flatMap(({ name, alternative }) =>
					alternative ? [name, name] : [name],
				);
				expect(shown.sort()).toEqual(own.sort());
			}
		}
	});
});
