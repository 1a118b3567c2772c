import { describe, expect, it } from '@jest/globals';
import {
	minute,
	list,
	host,
	read,
	put,
	withInteractions,
	withOwnList,
} from './onlyNew.interactions.mts';

withInteractions();

describe('Only New Since Last Run', () => {
	it('gives each once where the node runs several times in one execution, as in a loop', async () => {
		await read();
		const first = put();
		let second = '';
		const between = () => void (second = put());
		const fails = () => {
			throw new Error('It cannot go on');
		};
		const keysOf = ({ run: ended }: Awaited<ReturnType<typeof read>>) =>
			(ended.data.resultData.runData.Node ?? []).map(({ data }) =>
				(data?.main?.[0] ?? []).map(({ json }) => list.keyOf(json)),
			);
		expect(keysOf(await read({}, { between }))).toEqual([[first], [second]]);
		expect((await read()).keys).toEqual([]);
		const third = put();
		let runs = 0;
		await read({}, { between, then: () => void (++runs === 2 && fails()) });
		expect((await read()).keys).toEqual([third, second]);
		expect((await read()).keys).toEqual([]);
	});

	it('does not move in a manual run, and says so', async () => {
		host.mode = 'manual';
		put();
		const first = await read();
		expect(first.keys).toHaveLength(1);
		expect(first.said).toContain('A manual run does not count');
		expect(first.said).toContain('one record as an example');
		expect(host.kept).toBe('{}');
		host.mode = 'trigger';
		expect(await read()).toMatchObject({ keys: [], said: '' });
		const key = put();
		host.mode = 'manual';
		expect((await read()).keys).toEqual([key]);
		expect((await read()).said).not.toContain('example');
		host.mode = 'trigger';
		expect((await read()).keys).toEqual([key]);
	});

	it.each(['refused', 'canceled', 'failed behind it', 'canceled behind it'])(
		'does not move in an execution that is %s',
		async (how) => {
			await read();
			const key = put();
			const cancel = new AbortController();
			if (how === 'refused' || how === 'canceled') {
				list.sim.setFault(() => {
					if (how === 'canceled') cancel.abort();
					return { kind: 'answer', when: 'before', answer: list.refusal, name: how } as never;
				});
			}
			const then = () => {
				if (how === 'canceled behind it') cancel.abort();
				if (how === 'failed behind it') throw new Error('It cannot go on');
			};
			const { run: ended } = await read({}, { cancel: cancel.signal, then });
			expect(ended.status).not.toBe('success');
			list.sim.setFault(undefined);
			const next = await read();
			expect(next.keys).toEqual([key]);
			expect(next.said.includes('Execution 2 did not end well')).toBe(how.includes('behind'));
			expect((await read()).keys).toEqual([]);
		},
	);

	it('keeps where it began although that execution failed elsewhere, since nothing was handed on', async () => {
		const then = () => {
			throw new Error('Another node cannot go on');
		};
		await read({}, { then });
		const key = put();
		expect((await read({}, { then })).keys).toEqual([key]);
		expect((await read()).keys).toEqual([key]);
	});

	it('moves where executions are not kept, and after n8n has begun anew', async () => {
		host.keeps.success = false;
		await read();
		const key = put();
		host.workflowId += ' restarted';
		expect((await read()).keys).toEqual([key]);
		host.workflowId += ' again';
		expect((await read()).keys).toEqual([]);
	});

	it('outlives what a schedule writes over it', async () => {
		const published = host.kept;
		await read();
		host.kept = published;
		const key = put();
		expect((await read()).keys).toEqual([key]);
		host.kept = published;
		expect((await read()).keys).toEqual([]);
	});

	it('gives nothing to an execution while another one works on the same', async () => {
		await read();
		const key = put();
		let beside: Awaited<ReturnType<typeof read>> | undefined;
		let inside: Awaited<ReturnType<typeof read>> | undefined;
		list.sim.setFault(() => {
			list.sim.setFault(undefined);
			return { kind: 'stall', when: 'before', ms: 150, name: 'slow' } as never;
		});
		const slow = read(
			{},
			{
				then: async () => {
					host.executions.set('2', { executionData: { nodeExecutionStack: [{}] } } as never);
					beside = await read();
				},
			},
		);
		await new Promise((resolve) => setTimeout(resolve, 50));
		inside = await read();
		expect((await slow).keys).toEqual([key]);
		for (const other of [inside, beside]) {
			expect(other?.keys).toEqual([]);
			expect(other?.said).toContain('Execution 2 still works on what was new last');
		}
		expect((await read()).keys).toEqual([]);
	});

	it('keeps about 250 characters for a mark, and 34 for each record in the overlap', async () => {
		await withOwnList('Zenvia Sales quotes', async () => {
			await read();
			for (let runs = 0; runs < 2; runs++) {
				for (let n = 0; n < 100; n++) list.put(Date.now() - 1000 + n);
				await read();
			}
			await read();
			const own = host.kept.length - 200 * 34;
			expect([own > 200, own < 300]).toEqual([true, true]);
		});
	});

	it('has a mark for each node, key and set of filters, and keeps it under a new name', async () => {
		await read();
		const key = put();
		host.nodeName = 'Renamed';
		expect((await read()).keys).toEqual([key]);
		const date = { startFrom: 'date', startDate: new Date(Date.now() - minute).toISOString() };
		expect((await read({ ...date, filters: { via: ['visit'] } })).keys).toContain(key);
		expect((await read({ ...date, filters: { via: ['visit'] } })).keys).toEqual([]);
		host.nodeId = '7';
		expect((await read(date)).keys).toContain(key);
		const { vendor } = list.sim as unknown as {
			vendor: { keys: { all: Array<{ group: object }>; add(key: object): void } };
		};
		const [first] = vendor.keys.all;
		vendor.keys.add({ key: 'another-zenvia-key', group: first?.group });
		const items = [
			{ key: 'the-key-of-the-lists' },
			{ key: 'another-zenvia-key' },
			{ key: 'the-key-of-the-lists' },
		];
		const credential = { ...list.credential, apiKey: '={{ $json.key }}' };
		host.nodeId = '8';
		const { items: got } = await read(date, { items, credential });
		const of = (item: number) =>
			got.filter(({ pairedItem }) => (pairedItem as { item: number }).item === item).length;
		expect([of(0) > 0, of(1)]).toEqual([true, of(0)]);
		expect(of(2)).toBe(0);
	});

	it('with Retry On Fail gives each once, and moves once', async () => {
		await read();
		const key = put();
		let refusals = 0;
		list.sim.setFault(() =>
			refusals++ > 0
				? undefined
				: ({ kind: 'answer', when: 'before', answer: list.refusal, name: 'once' } as never),
		);
		expect((await read({}, { maxTries: 3 })).keys).toEqual([key]);
		expect((await read()).keys).toEqual([]);
	});

	it.each([2, 3])(
		'with Retry On Fail gives each once where the node goes on, in %i tries',
		async (maxTries) => {
			const parameters = { filters: { via: '={{ [$json.via] }}' } };
			const items = [{ via: 'visit' }, { via: 'whatsApp' }];
			const goesOn = { items, maxTries, onError: 'continueRegularOutput' } as const;
			await read(parameters, goesOn);
			const key = put();
			let refusals = 0;
			list.sim.setFault((call) =>
				!JSON.stringify(call.query).includes('visit') || refusals++ > 0
					? undefined
					: ({ kind: 'answer', when: 'before', answer: list.refusal, name: 'once' } as never),
			);
			expect((await read(parameters, goesOn)).keys).toEqual([key]);
			expect((await read(parameters, goesOn)).keys).toEqual([]);
		},
	);

	it('with Retry On Fail gives nothing of what another execution took meanwhile, in however many tries', async () => {
		const parameters = { filters: { via: '={{ [$json.via] }}' } };
		const [mine, others] = [{ via: 'visit' }, { via: 'whatsApp' }];
		await read(parameters, { items: [mine, others] });
		const key = put();
		let tries = 0;
		let beside: ReturnType<typeof read> | undefined;
		list.sim.setFault((call) => {
			if (!JSON.stringify(call.query).includes('whatsApp')) return undefined;
			if (++tries === 1)
				return { kind: 'answer', when: 'before', answer: list.refusal, name: 'once' } as never;
			beside ??= read(parameters, { items: [mine] });
			if (tries > 2) return undefined;
			return { kind: 'stall', when: 'before', ms: 500, name: 'slow' } as never;
		});
		const { error } = await read(parameters, { items: [mine, others], maxTries: 3 });
		expect((await beside)?.keys).toEqual([key]);
		expect(error?.message).toContain('Another execution has read the new records');
	});
});
