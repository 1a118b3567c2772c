import { afterEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { SalesflowApi } from '../../credentials/SalesflowApi.credentials.ts';
import { vendors } from '../../dev/vendors.mts';
import { apiPath } from '../../nodes/engine/form/apiPath.ts';
import type { Item } from '../../nodes/engine/form/fields.ts';
import { customApiCallValue } from '../../nodes/engine/operation/customApiCall.ts';
import { Salesflow } from '../../nodes/Salesflow/Salesflow.node.ts';
import { everything, hurry, run, type RunOptions } from './engine.mts';
import { answer, closeServers, type Handler, serve } from './server.mts';
import { tiny } from './tiny.mts';

afterEach(closeServers);

type Options = Partial<RunOptions> & { handle?: Handler };

async function call(own: object, { handle = () => ({}), ...options }: Options = {}) {
	const server = await serve(handle);
	const parameters = { resource: customApiCallValue, operation: 'send', ...own };
	const credential = { key: 'secret-of-tiny', baseUrl: server.url };
	const result = await run(tiny, { parameters, credential, ...options });
	return { ...result, server, jsons: result.items.map(({ json }) => json) };
}

const rows = (...all: Array<[string, string]>) => ({
	parameter: all.map(([name, value]) => ({ name, value })),
});

describe('a call that the node has no operation for', () => {
	it('is in every node', () => {
		for (const { resources } of vendors) {
			expect(resources.map(({ value }) => value)).toContain(customApiCallValue);
		}
	});

	it('goes out as it is filled in, with the key, and gives what came', async () => {
		const { server, jsons } = await call(
			{
				method: 'POST',
				path: 'things/ü 7/',
				query: rows(['a', '1'], ['b', '2'], ['b', '3'], ['c[]', '4']),
				body: '[{"name": "x"}]',
			},
			{ handle: () => [{ id: 1 }, 'two'] },
		);
		const [{ method, path, query, body } = { query: new URLSearchParams() }] = server.received;
		expect({ method, path, body }).toEqual({
			method: 'POST',
			path: '/things/%C3%BC%207/',
			body: [{ name: 'x' }],
		});
		expect([...query]).toEqual([
			['a', '1'],
			['b[]', '2'],
			['b[]', '3'],
			['c[]', '4'],
			['token', 'secret-of-tiny'],
		]);
		expect(jsons).toEqual([{ id: 1 }, { data: 'two' }]);
	});

	it.each<[string, Handler, object]>([
		['nothing', answer(200), { success: true }],
		['a text', answer(200, 'done'), { data: 'done' }],
		['a record', () => ({ id: 7 }), { id: 7 }],
	])('gives an item for %s', async (_, handle, expected) => {
		const { jsons } = await call({ path: '/things/7' }, { handle });
		expect(jsons).toEqual([expected]);
	});

	it('leaves the body out where it reads', async () => {
		const { server } = await call({ method: 'GET', path: '/things', body: '{"name": "stale"}' });
		expect(server.received.map(({ body }) => body)).toEqual([undefined]);
	});

	it.each([
		['GET', false, 7],
		['POST', false, 1],
		['PUT', false, 1],
		['DELETE', false, 1],
		['PATCH', true, 7],
	])('%s, to be repeated: %p, is sent %i times to a server that fails', async (...row) => {
		const [method, repeat, times] = row;
		const putBack = hurry();
		try {
			const parameters = { method, path: '/things/7', repeat };
			const { server, error } = await call(parameters, { handle: answer(503) });
			expect(server.received).toHaveLength(times);
			expect(error?.message).toContain('503');
		} finally {
			putBack();
		}
	});

	it('reads a list to its end', async () => {
		const handle: Handler = ({ query }) => {
			const page = Number(query.get('page'));
			return { meta: 1, things: [{ id: page }], next: page < 3 ? page + 1 : undefined };
		};
		const parameters = { operation: 'getAll', path: '/things', returnAll: true };
		expect((await call(parameters, { handle })).jsons).toEqual([{ id: 1 }, { id: 2 }, { id: 3 }]);
		const none = await call(parameters, { handle: () => ({ id: 7 }) });
		expect(none.error?.message).toContain('holds no list of records. Use Send Request');
	});

	it('reaches a further host of the vendor, by its name only', async () => {
		const { server } = await call({ host: 'other', path: '/things' });
		expect(server.received.map(({ path }) => path)).toEqual(['/other/things']);
		const { error } = await call({ host: 'https://evil.example.com', path: '/things' });
		expect(error?.message).toContain("'Server' is");
	});

	it('shows no key that the vendor repeats', async () => {
		const repeats: Handler = ({ query }) => ({ said: query.get('token') });
		const good = await call({ path: '/things' }, { handle: repeats });
		expect(good.jsons).toEqual([{ said: '[hidden]' }]);
		const refused = await call(
			{ path: '/things' },
			{ handle: answer(400, { message: 'secret-of-tiny is no key' }) },
		);
		expect(refused.error?.message).toBe('Tiny says: [hidden] is no key');
		expect(everything(refused.run)).not.toContain('secret-of-tiny');
	});

	it("hides the secret in a trigger's address at the vendor", async () => {
		const secret = 's'.repeat(43);
		const address = (word: string) => `https://n8n.example.com/webhook/1?secret=${word}`;
		const server = await serve(() => [{ Hooks: [{ Url: address(secret) }] }]);
		const { items } = await run(
			{ node: new Salesflow(), credential: new SalesflowApi() },
			{
				parameters: { resource: customApiCallValue, operation: 'send', path: '/api/webhooks/list' },
				credential: { token: 'not-a-token', accountId: '321', baseUrl: server.url },
			},
		);
		expect(items.map(({ json }) => json)).toEqual([{ Hooks: [{ Url: address('[hidden]') }] }]);
	});
});

describe('its path', () => {
	const property = { displayName: 'Path', name: 'path', type: 'string', default: '' } as const;
	const context = { getNodeParameter: () => '' } as unknown as Item['context'];
	const item = { index: 0, json: {}, context };
	const read = (raw: unknown) => apiPath({ ...property, required: true }).read(raw, item);

	it.each([
		['https://evil.example.com/x', /names a host/],
		['//evil.example.com/x', /names a host/],
		['javascript:alert(1)', /names a host/],
		['/things?status=new', /has a \? or #.*Query Parameters/],
		['/things#a', /has a \? or #/],
		['/things/{id}', /has a placeholder/],
		['/../team', /has "\.\." between its slashes/],
		['/things/%2e%2E/team', /between its slashes/],
		['/things/%252e%252e/team', /between its slashes/],
		['/things/..%2fteam', /between its slashes/],
		['/things/..\\team', /between its slashes/],
		['/things//7', /between its slashes/],
		['/things/%', /between its slashes/],
		['/things/a%0d%0ab', /between its slashes/],
		['/things/undefined', /has "undefined" between its slashes/],
		['/things/null/parts', /has "null" between its slashes/],
		['', /'Path' is empty/],
		[{ path: '/things' }, /'Path' is an object/],
	])('%p is refused', (raw, sentence) => {
		expect(() => read(raw)).toThrow(sentence);
	});

	it('is refused in all rows before the first is sent', async () => {
		const { server, error } = await call(
			{ path: '={{ $json.path }}' },
			{ items: [{ path: '/things/1' }, { path: '/../team' }, { path: '//evil.example.com' }] },
		);
		expect(server.received).toEqual([]);
		expect(error?.message).toContain('(item 1)');
		expect(error?.message).toContain('(item 2)');
	});

	it.each(['=/things/{{ $json.id }}', '={{ "/things/" + ($json.id ?? "") }}'])(
		'is not that of all things where %j came out empty',
		async (path) => {
			const items = [{ id: 1 }, { id: '' }, { id: ' ' }, { id: null }, {}];
			const { server, error } = await call({ method: 'DELETE', path }, { items });
			expect(server.received).toEqual([]);
			expect(error?.message).toMatch(
				/^'Path' is "\/things\/.*", which ends where an expression came out empty.*items 1, 2 and 2 more|items 1, 3 and 4/,
			);
		},
	);

	it('may end with a slash that was written', async () => {
		const path = '=/things/{{ $json.id }}/parts/';
		const { server } = await call({ path }, { items: [{ id: 7 }] });
		expect(server.received[0]?.path).toBe('/things/7/parts/');
	});

	it('leads below the address of the credential, whatever is entered', () => {
		const base = 'https://api.example.com/api/v1';
		const odd = fc.constantFrom(
			'.',
			'..',
			'%2e',
			'%',
			'/',
			'\\',
			'@',
			':',
			'?',
			'a',
			'#',
			'\t',
			'%5c',
		);
		fc.assert(
			fc.property(
				fc.oneof(
					fc.string(),
					fc.array(odd).map((all) => all.join('')),
				),
				(text) => {
					let path: string;
					try {
						path = read(text);
					} catch {
						return;
					}
					const { origin, pathname, search, hash } = new URL(base + path);
					expect(origin).toBe('https://api.example.com');
					expect(pathname).toBe(`/api/v1${path}`);
					expect(search + hash).toBe('');
				},
			),
			{ numRuns: 2_000 },
		);
	});
});
