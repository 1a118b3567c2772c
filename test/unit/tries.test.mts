import { afterEach, describe, expect, it } from '@jest/globals';
import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { triesOf } from '../../nodes/engine/operation/tries.ts';
import { run, type RunOptions } from './engine.mts';
import { answer, closeServers, type Handler, type Received, serve, sleep } from './server.mts';
import { tiny } from './tiny.mts';

afterEach(closeServers);

const create = { resource: 'thing', operation: 'create', name: '={{ $json.name }}' };
const numbered = (count: number): IDataObject[] =>
	Array.from({ length: count }, (_, n) => ({ name: `n${n}` }));
const nameOf = ({ body }: Received): string => String((body as IDataObject).name);
const keep: Handler = (received) => ({ thing: { id: 1, name: nameOf(received) } });

/** Refuses a thing the first few times that it is asked for. */
function refusing(names: string[], status: number, times = Infinity): Handler {
	const asked = new Map<string, number>();
	return (received, ...rest) => {
		const name = nameOf(received);
		const before = asked.get(name) ?? 0;
		asked.set(name, before + 1);
		return names.includes(name) && before < times
			? answer(status, { message: 'Not now' })(received, ...rest)
			: keep(received, ...rest);
	};
}

async function runTiny(handle: Handler, options: Partial<RunOptions> = {}) {
	const server = await serve(handle);
	const credential = { key: 'secret-of-tiny', baseUrl: server.url };
	const result = await run(tiny, {
		...{ parameters: create, credential, items: numbered(6), maxTries: 3 },
		...options,
	});
	const sent: Record<string, number> = {};
	for (const received of server.received) {
		sent[nameOf(received)] = (sent[nameOf(received)] ?? 0) + 1;
	}
	return { ...result, sent };
}

const once = { n0: 1, n1: 1, n2: 1, n3: 1, n4: 1, n5: 1 };
const names = (items: Array<{ json: IDataObject }>) => items.map(({ json }) => json.name);

describe('With Retry On Fail, another try does only what is left', () => {
	it.each(['continueRegularOutput', 'continueErrorOutput'] as const)(
		'where the node goes on: %s',
		async (onError) => {
			// n8n tries again where the first item has an error, and only there.
			const { sent, items, failed } = await runTiny(refusing(['n0', 'n3'], 422, 1), { onError });
			expect(sent).toEqual({ ...once, n0: 2, n3: 2 });
			expect(names(items)).toEqual(names(numbered(6).map((json) => ({ json }))));
			expect(items.map(({ pairedItem }) => pairedItem)).toEqual(
				numbered(6).map((_, item) => ({ item })),
			);
			expect(failed).toEqual([]);
		},
	);

	it('and leaves an item that is refused each time as refused', async () => {
		const { sent, items } = await runTiny(refusing(['n0'], 422), {
			onError: 'continueRegularOutput',
		});
		expect(sent).toEqual({ ...once, n0: 3 });
		expect(items.map(({ json }) => 'error' in json)).toEqual([true, ...Array(5).fill(false)]);
	});

	it('where the node stops: what was under way counts, and how far it came', async () => {
		const { sent, items, error } = await runTiny(refusing(['n2'], 422, 2));
		expect(error).toBeUndefined();
		expect(sent).toEqual({ ...once, n2: 3 });
		expect(names(items)).toEqual(['n0', 'n1', 'n2', 'n3', 'n4', 'n5']);
		const stopped = await runTiny(refusing(['n5'], 422));
		expect(stopped.sent).toEqual({ ...once, n5: 3 });
		expect(stopped.error?.description).toContain('5 of 6 items had been done by then.');
	});

	it.each(['continueRegularOutput', undefined] as const)(
		'and never repeats a create whose outcome is unknown: %s',
		async (onError) => {
			const { sent, items, error } = await runTiny(refusing(['n0'], 503), { onError });
			expect(sent.n0).toBe(1);
			expect(Math.max(...Object.values(sent))).toBe(1);
			const told = error ? error.description : items[0]?.json.error;
			expect(told).toContain('This may have worked.');
			expect(String(told).match(/had been done by then/g)?.length ?? 0).toBe(error ? 1 : 0);
		},
	);

	it.each([undefined, 3])(
		'and names all that may have been done beside the one that ends the run, in each try: %s',
		async (maxTries) => {
			const lost: Handler = async (received, response) => {
				const isKept = nameOf(received) === 'n1';
				await sleep(isKept ? 150 : 50);
				if (isKept) return keep(received, response, {} as never);
				response.destroy();
				return undefined;
			};
			const { sent, error } = await runTiny(lost, { items: numbered(20), maxTries });
			// As many as Tiny is asked at once.
			expect(Object.keys(sent)).toHaveLength(4);
			expect(error?.description).toMatch(/^This may have worked\. Look in Tiny/);
			const told = error?.context.itemIndex;
			const others = [0, 2, 3].filter((index) => index !== told);
			expect(error?.description).toContain(
				`1 of 20 items had been done by then. Items ${others.join(' and ')} may have worked as well`,
			);
		},
	);

	it('nor one whose answer is a failure of its own', async () => {
		const { sent, items } = await runTiny(
			(received) => ({ thing: { id: 1, name: nameOf(received), state: nameOf(received) } }),
			{ items: [{ name: 'bad' }, { name: 'good' }], onError: 'continueRegularOutput' },
		);
		expect(sent).toEqual({ bad: 1, good: 1 });
		expect(items[0]?.json.error).toBe('The thing went bad. Make another.');
	});

	it('but repeats what can be repeated', async () => {
		const parameters = { ...create, operation: 'update', thingId: '={{ $json.name }}' };
		const { sent, items } = await runTiny(refusing(['n0'], 422, 1), {
			...{ parameters, onError: 'continueRegularOutput' as const },
		});
		expect(sent).toEqual({ ...once, n0: 2 });
		expect(names(items)).toEqual(['n0', 'n1', 'n2', 'n3', 'n4', 'n5']);
	});

	it('and a new execution begins anew', async () => {
		const handle = refusing([], 422);
		expect((await runTiny(handle)).sent).toEqual(once);
		expect((await runTiny(handle)).sent).toEqual(once);
	});

	it('says once what was read differently, also of the items that are not tried again', async () => {
		const items = [{ name: "'n0" }, { name: "'<b>" }, { name: 'n2' }];
		const { hints } = await runTiny(refusing(['n0'], 422, 1), {
			...{ items, onError: 'continueRegularOutput' as const },
		});
		expect(hints.map(({ message }) => message)).toEqual([
			'&#39;Name&#39; is &#34;&#39;n0&#34; or the like, which was read as &#34;n0&#34; (items 0 and 1).',
		]);
	});
});

describe('What is remembered', () => {
	const contextOf = (node: IDataObject, data: object) =>
		({ getNode: () => node, getExecuteData: () => data }) as unknown as IExecuteFunctions;
	const plain = { type: 'tiny', retryOnFail: true };

	it('belongs to one run of one node', () => {
		const [data, other] = [{}, {}];
		const tries = triesOf(contextOf(plain, data));
		expect(triesOf(contextOf(plain, data))).toBe(tries);
		expect(triesOf(contextOf(plain, other))).not.toBe(tries);
	});

	it.each([
		['without Retry On Fail', { type: 'tiny' }],
		['for a tool, whose calls all have the data of the agent', { ...plain, type: 'tinyTool' }],
	])('is nothing %s', (_, node) => {
		const data = {};
		expect(triesOf(contextOf(node, data))).not.toBe(triesOf(contextOf(node, data)));
	});
});
