import { afterEach, describe, expect, it } from '@jest/globals';
import type { IDataObject, INodeType } from 'n8n-workflow';
import type { Client } from '../../nodes/engine/http/client.ts';
import { readOnly } from '../../nodes/engine/http/readOnly.ts';
import { get, post } from '../../nodes/engine/http/request.ts';
import { triesOf } from '../../nodes/engine/operation/tries.ts';
import { run, type RunOptions } from './engine.mts';
import { closeServers, type Handler, type Received, serve } from './server.mts';
import { tiny } from './tiny.mts';

afterEach(closeServers);

const create = { resource: 'thing', operation: 'create', name: '={{ $json.name }}' };
const numbered = (count: number): IDataObject[] =>
	Array.from({ length: count }, (_, n) => ({ name: `n${n}` }));
const keep: Handler = ({ body }: Received) => ({ thing: { ...(body as object) } });

type Options = Partial<RunOptions> & { parameters?: object; perSecond?: number };

async function runTiny(chosen: IDataObject, { parameters, perSecond = 0, ...more }: Options = {}) {
	const server = await serve(keep);
	const result = await run(tiny, {
		...{ typeVersion: 1.1, items: numbered(4) },
		credential: { key: 'secret-of-tiny', baseUrl: server.url, perSecond },
		parameters: { ...create, options: chosen, ...parameters } as never,
		...more,
	});
	const { error, items, hints } = result;
	return {
		...result,
		sent: server.received.length,
		said: error && `${error.message} ${error.description}`,
		jsons: items.map(({ json }) => json),
		told: hints.map(({ message }) => message),
	};
}

const would = (count: number) =>
	numbered(count).map(({ name }) => ({ dryRun: true, would: `create thing ${name as string}` }));

describe('A dry run', () => {
	it('sends nothing, and says of each item what would happen', async () => {
		const { sent, jsons, items, told } = await runTiny({ dryRun: true });
		expect(sent).toBe(0);
		expect(jsons).toEqual(would(4));
		expect(items.map(({ pairedItem }) => pairedItem)).toEqual(
			numbered(4).map((_, item) => ({ item })),
		);
		expect(told).toEqual([
			'This was a dry run: nothing was written. A real run would make 4 things.',
		]);
	});

	it('does so where the node is of the first version, and as a tool', async () => {
		expect(await runTiny({ dryRun: true }, { typeVersion: 1 })).toMatchObject({
			...{ sent: 0, jsons: would(4) },
			told: ['This was a dry run: nothing was written.'],
		});
		expect(await runTiny({ dryRun: true }, { asTool: true })).toMatchObject({
			...{ sent: 0, jsons: would(4) },
		});
	});

	it('may be chosen for some of the items', async () => {
		const dryRun = '={{ $json.name === "n1" }}';
		const { sent, jsons } = await runTiny({ dryRun }, { items: numbered(3) });
		expect(sent).toBe(2);
		expect(jsons).toEqual([{ name: 'n0' }, would(2)[1], { name: 'n2' }]);
	});

	it.each([1, 1.1])(
		'is read in version %d as a person means it, and is no leave to write',
		async (typeVersion) => {
			for (const dryRun of ['TRUE', 'yes', 1, 'Sim']) {
				const { sent, jsons } = await runTiny({ dryRun }, { typeVersion });
				expect([dryRun, sent, jsons]).toEqual([dryRun, 0, would(4)]);
			}
			for (const dryRun of ['', null, '={{ $json.missing }}']) {
				const { sent, said } = await runTiny({ dryRun }, { typeVersion });
				expect([dryRun, sent]).toEqual([dryRun, 0]);
				expect(said).toMatch(/^'Dry Run' is empty.*Nothing has been sent\.$/);
			}
			expect(await runTiny({ dryRun: 'perhaps' }, { typeVersion })).toMatchObject({
				sent: 0,
				said: expect.stringMatching(/^'Dry Run' is "perhaps", which is neither yes nor no/),
			});
		},
	);

	it('reads all forms, and refuses by name as a real run does', async () => {
		const { sent, said } = await runTiny(
			{ dryRun: true },
			{ items: [{ name: 'a' }, { name: '' }] },
		);
		expect(sent).toBe(0);
		expect(said).toMatch(/^'Name' is empty.*Nothing has been sent\.$/);
	});

	it('has no say where a request of one’s own reads, and holds one that writes', async () => {
		const custom = { resource: 'customApiCall', operation: 'send', path: '/things' };
		const read = await runTiny({ dryRun: true }, { parameters: { ...custom, method: 'GET' } });
		expect([read.sent, read.jsons.length, read.told]).toEqual([4, 4, []]);
		const held = await runTiny(
			{ dryRun: true },
			{ parameters: { ...custom, method: 'DELETE' }, items: [{}] },
		);
		expect([held.sent, held.jsons]).toEqual([
			0,
			[{ dryRun: true, would: 'send custom request DELETE /things' }],
		]);
	});

	it('leaves nothing for another try to remember', async () => {
		const remembered: number[] = [];
		const node: INodeType = {
			...tiny.node,
			async execute() {
				const output = await tiny.node.execute?.call(this);
				const { results, known } = triesOf(this);
				remembered.push(results.size + known.size);
				return output ?? null;
			},
		};
		const server = await serve(keep);
		for (const dryRun of [true, false]) {
			await run(
				{ ...tiny, node },
				{
					...{ items: numbered(4), maxTries: 2 },
					credential: { key: 'k', baseUrl: server.url },
					parameters: { ...create, options: { dryRun } },
				},
			);
		}
		expect(remembered).toEqual([0, 4]);
	});

	it('has a last line of defence: its client sends no write, whoever asks', async () => {
		const sent: string[] = [];
		const client = { send: async ({ path }: { path: string }) => void sent.push(path) };
		const reader = readOnly(client as unknown as Client);
		await expect(reader.send(post`/things`)).rejects.toThrow('POST /things was not sent');
		await expect(reader.send({ ...get`/import`, isRead: false })).rejects.toThrow('not sent');
		await reader.send(get`/things`);
		await reader.send({ ...post`/find`, isRead: true });
		expect(sent).toEqual(['/things', '/find']);
	});
});

describe('Most Items', () => {
	const refusal =
		"This would make 501 things. Raise 'Most Items' if that is meant. Nothing has been sent.";

	it('is 500 unless raised: more are refused, and nothing is sent', async () => {
		const { sent, said } = await runTiny({}, { items: numbered(501) });
		expect([sent, said]).toEqual([0, refusal]);
	});

	it('lets as many through as were chosen', async () => {
		expect((await runTiny({ mostItems: 4 })).sent).toBe(4);
		expect((await runTiny({ mostItems: 3 })).sent).toBe(0);
		expect((await runTiny({ mostItems: 3 }, { items: numbered(3) })).sent).toBe(3);
	});

	it('is new: nodes of the first version do what they did', async () => {
		expect((await runTiny({ mostItems: 3 }, { typeVersion: 1 })).sent).toBe(4);
	});

	it('fails each item where the node is set to continue, and tells an agent', async () => {
		const onError = 'continueRegularOutput';
		const { sent, jsons } = await runTiny({}, { items: numbered(501), onError });
		expect(sent).toBe(0);
		expect(jsons).toHaveLength(501);
		expect(new Set(jsons.map(({ error }) => error))).toEqual(new Set([refusal]));
		const tool = await runTiny({}, { items: numbered(501), asTool: true });
		expect([tool.sent, tool.jsons]).toEqual([0, [{ error: refusal }]]);
	});

	it('counts what would be written, and not what cannot be', async () => {
		const items = [...numbered(3), { name: '' }];
		const onError = 'continueRegularOutput';
		const { sent, jsons } = await runTiny({ mostItems: 3 }, { items, onError });
		expect(sent).toBe(3);
		expect(jsons[3]?.error).toMatch(/^'Name' is empty/);
	});

	it('is told of in a dry run, with how long a real one takes at a known pace', async () => {
		const { sent, jsons, told } = await runTiny(
			{ dryRun: true },
			{ items: numbered(10_000), perSecond: 5 },
		);
		expect([sent, jsons.length]).toEqual([0, 10_000]);
		expect(told).toEqual([
			"This was a dry run: nothing was written. A real run would make 10,000 things. It is refused as it is. Raise 'Most Items' if that is meant. 10,000 items at 5 a second take about 34 minutes.",
		]);
	});
});
