import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { itemsOf } from '../../dev/n8n/execution.mts';
import { chain, manualTrigger } from '../../dev/n8n/workflow.mts';
import { corpus } from '../attack/corpus.mts';
import { forgeries, type Forgery, kinds } from '../attack/forgeries.mts';
import { parametersOf } from '../attack/parameters.mts';
import { oneOf, seeded } from '../../dev/kit/random.mts';
import { filesOf, foundInFiles, needlesOf, searchFor } from '../attack/secrets.mts';
import { refusal, repeating } from '../attack/refusals.mts';
import { type Answer, AttackSender } from '../attack/sender.mts';
import { operationsOf, parametersWith, placedOperationsOf } from '../attack/vendors.mts';
import { serve, closeServers } from '../unit/server.mts';
import { vendorNames as nodes, credentialData, vendorOf } from '../../dev/vendors.mts';
import { AttackSetup, keys } from './attack.setup.mts';

const seed = 20_261_124;
/** n8n's heap may have 1 GB in this test (NODE_OPTIONS); its buffers and its code come on top of that. */
const mostMegabytes = 2_000;
/** Megabytes that 10,000 forged deliveries may add: 60 KB kept of each would show. */
const mostGrowth = 600;

let setup: AttackSetup;
let search: ReturnType<typeof searchFor>;

beforeAll(async () => {
	setup = await AttackSetup.start();
	await setup.publishAll();
	search = searchFor(
		...[...setup.secrets, ...setup.addressSecrets].map((secret) => needlesOf(secret)),
	);
}, 240_000);

afterAll(async () => {
	await setup?.close();
	await closeServers();
}, 60_000);

/** What pinned items can hold: JSON. */
const items = corpus
	.filter(
		({ name, value }) =>
			typeof value === 'string' &&
			value.isWellFormed() &&
			(value.length < 2 ** 17 || name === 'lengths: a megabyte'),
	)
	.map(({ name, value }) => ({ name, value }));

describe('Hostile inputs in a real n8n', () => {
	it.each(nodes)(
		'reach the endpoint that is meant or are refused: %s',
		async (node) => {
			const random = seeded(seed);
			const simulator = setup.simulator(node);
			const all = placedOperationsOf(node).flatMap((chosen) =>
				parametersOf(chosen.operation)
					.filter(({ name, type }) => type !== 'number' && !name.endsWith('.column'))
					.map((parameter) => ({ chosen, parameter })),
			);
			for (let run = 0; run < 2; run++) {
				const { chosen, parameter } = oneOf(random, all);
				simulator.reset();
				const before = simulator.counts.requests;
				const { items: answers, error } = await setup.tested.runNode({
					node,
					parameters: parametersWith(chosen, parameter.put('={{ $json.value }}')),
					credential: setup.credentials[node],
					items,
					onError: 'continueRegularOutput',
					timeout: 120_000,
				});
				expect(error).toBeUndefined();
				// Each item asked the vendor, or says why not.
				const refused = answers.filter(({ json }) => typeof json.error === 'string');
				const outcomes = refused.length + simulator.counts.requests - before;
				expect(outcomes).toBeGreaterThanOrEqual(items.length);
				const longest = Math.max(0, ...refused.map(({ json }) => String(json.error).length));
				expect([parameter.name, longest < 1_500]).toEqual([parameter.name, true]);
				const unknown = simulator.requests.filter(({ operationId }) => operationId === undefined);
				expect(unknown.map(({ method, path }) => `${method} ${path.slice(0, 200)}`)).toEqual([]);
				expect(
					new Set(simulator.requests.map(({ operationId }) => operationId)).size,
				).toBeLessThanOrEqual(2);
				expect(simulator.counts.requests - before).toBeLessThanOrEqual(items.length * 2);
			}
			expect(await setup.megabytes()).toBeLessThan(mostMegabytes);
		},
		300_000,
	);
});

describe('10,000 deliveries that no vendor sent', () => {
	it('start nothing, get 4xx, leave memory bounded, and let good ones through', async () => {
		const { n8n } = setup.tested;
		const sender = new AttackSender(16);
		const tally: Record<string, number> = {};
		const wrong: string[] = [];
		const before = await setup.megabytes();
		let most = before;
		const look = async () => (most = Math.max(most, await setup.megabytes()));
		// Where n8n has ended there is nothing to look at, and its silence is told by each request.
		const sample = setInterval(() => void look().catch(() => {}), 500);
		await sender.sendAll(mixed(), (one: Mixed, { status, text }: Answer) => {
			const result = `${one.kind}, ${one.way}: ${status}`;
			tally[result] = (tally[result] ?? 0) + 1;
			if (one.kind === 'good' ? status === 200 : isRefusal(one, status)) return;
			const { url, body } = one.request;
			wrong.push(
				[one.target, result, text.slice(0, 100), url.slice(0, 200), body.slice(0, 80)].join(' '),
			);
		});
		clearInterval(sample);
		sender.close();
		process.stderr.write(
			`${JSON.stringify(tally)} ${Math.round(before)} MB, at most ${Math.round(most)} MB\n`,
		);
		expect(wrong.slice(0, 20)).toEqual([]);
		expect(Object.keys(tally)).toEqual(
			expect.arrayContaining(['aged, to n8n: 401', 'oversized, by the proxy: 413']),
		);
		for (const [target, workflow] of setup.workflows) {
			await n8n.untilExecutions(workflow, goodOnes);
			const executions = await n8n.executions(workflow);
			expect([target, executions.length]).toEqual([target, goodOnes]);
			const [newest] = executions;
			expect(itemsOf(await n8n.execution(newest?.id ?? ''), 'Trigger')).toHaveLength(1);
		}
		expect(most).toBeLessThan(mostMegabytes);
		expect(most - before).toBeLessThan(mostGrowth);
	}, 900_000);
});

/** For each target. */
const goodOnes = 20;
const forged = 10_000;

interface Mixed extends Forgery {
	way: 'to n8n' | 'by the proxy';
}

/** n8n itself says 500 of JSON beyond its limit, before the trigger is asked; the proxy of deploy/queue does not. */
const isRefusal = ({ kind, way }: Mixed, status: number): boolean =>
	status >= 400 && status < (kind === 'oversized' && way === 'to n8n' ? 501 : 500);

/** The forgeries, with good deliveries of every target in between. */
function* mixed(): Generator<Mixed> {
	const every = forged / goodOnes;
	const random = seeded(seed + 1);
	const onItsWay = (one: Forgery): Mixed =>
		random() < 0.5
			? { ...one, way: 'to n8n' }
			: { ...one, way: 'by the proxy', request: setup.behindProxy(one.request) };
	let n = 0;
	for (const forgery of forgeries(setup.targets, forged, seed)) {
		if (n++ % every === 0) {
			for (const target of setup.targets)
				yield onItsWay({ target: target.name, kind: 'good', request: target.request(n) });
		}
		yield onItsWay(forgery);
	}
}

it('knows all kinds of forgeries', () => {
	expect(Object.keys(kinds)).toEqual([
		'forged',
		'replayed',
		'aged',
		'oversized',
		'truncated',
		'marked',
		'wrongly typed',
	]);
});

/** Its body is a file, or nothing comes out of it where there is none: a chain would end there. */
const endsChains = /message\.sendFile|prospect\.find/;

describe('The keys, where everything fails', () => {
	it.each([401, 404, 422])(
		'go through %i in every operation of every vendor',
		async (status) => {
			setup.setFault((node) => refusal(status, keys[node]));
			for (const node of nodes) {
				const failing = operationsOf(node).filter(({ title }) => !endsChains.test(title));
				const credential = setup.credentials[node];
				const all = failing.map((chosen, n) => {
					const parameters = parametersWith(chosen, {});
					const options = {
						node,
						parameters,
						credential,
						onError: 'continueRegularOutput',
					} as const;
					return setup.tested.node(options, `N${n}`);
				});
				const execution = await setup.tested.n8n.run(
					chain(`${node} ${status}`, [manualTrigger, ...all]),
				);
				setup.heard.push(JSON.stringify(execution.raw));
				expect([node, Object.keys(execution.nodes).length]).toEqual([node, all.length + 1]);
			}
			setup.setFault();
		},
		240_000,
	);

	it.each(nodes)(
		'go through good answers that repeat them: %s',
		async (node) => {
			setup.setFault((one) => repeating(keys[one]));
			vendorOf(node).kit.live.seed(setup.simulator(node).vendor);
			const reads = operationsOf(node).filter(
				({ title, operation }) =>
					/^(get|check|search)/.test(operation.value) && !endsChains.test(title),
			);
			const credential = setup.credentials[node];
			const execution = await setup.tested.n8n.run(
				chain(`${node} repeats`, [
					manualTrigger,
					...reads.map((chosen, n) => {
						const options = {
							node,
							parameters: parametersWith(chosen, {}),
							credential,
							onError: 'continueRegularOutput',
						} as const;
						// An empty list does not end the chain, and a long one does not multiply.
						return {
							...setup.tested.node(options, `N${n}`),
							...{ alwaysOutputData: true, executeOnce: true },
						};
					}),
				]),
			);
			setup.heard.push(JSON.stringify(execution.raw));
			expect(Object.keys(execution.nodes)).toHaveLength(reads.length + 1);
			expect(JSON.stringify(execution.raw)).toContain('k=[hidden]');
			setup.heard.push(JSON.stringify(await setup.tested.n8n.testCredential(credential)));
			setup.setFault();
		},
		240_000,
	);

	it('are taken nowhere by a redirect, whoever asks', async () => {
		const thief = await serve(() => ({}));
		for (const status of [301, 302, 307, 308]) {
			const answer = { status, headers: { location: `${thief.url}/stolen` } };
			setup.setFault(() => () => ({ kind: 'answer', when: 'before', answer }));
			for (const node of nodes) {
				const credential = setup.credentials[node];
				const [first, ...others] = operationsOf(node);
				for (const chosen of [first, others.at(-1)]) {
					if (!chosen) continue;
					const parameters = parametersWith(chosen, {});
					const { execution } = await setup.tested.runNode({ node, parameters, credential });
					expect([chosen.title, execution.status]).toEqual([chosen.title, 'error']);
				}
				setup.heard.push(JSON.stringify(await setup.tested.n8n.testCredential(credential)));
			}
			const parameters = { resource: 'group', operation: 'get' };
			const credential = setup.credentials.zenviaSales;
			const zenvia = setup.tested.node({ node: 'zenviaSales', parameters, credential });
			const lists = await Promise.allSettled([
				setup.tested.n8n.listSearch(zenvia, 'searchGroups'),
				setup.tested.n8n.dynamicOptions(zenvia, 'getLabels'),
			]);
			expect(lists.map((one) => one.status)).toEqual(['rejected', 'rejected']);
		}
		setup.setFault();
		expect(thief.received.map(({ path }) => path)).toEqual([]);
	}, 240_000);

	it('are sent to no host that the credential does not allow', async () => {
		const thief = await serve(() => ({}));
		for (const node of nodes) {
			const restricted = { allowedHttpRequestDomains: 'domains', allowedDomains: 'example.com' };
			const data = { ...credentialData(vendorOf(node), keys[node], thief.url), ...restricted };
			const credential = await setup.tested.credential(`${node}Api`, data);
			const [chosen] = operationsOf(node);
			if (!chosen) throw new Error(`${node} has no operation.`);
			const parameters = parametersWith(chosen, {});
			const { error } = await setup.tested.runNode({ node, parameters, credential });
			expect(error?.message).toContain('does not allow 127.0.0.1');
			setup.heard.push(JSON.stringify(error));
			const tested = await setup.tested.n8n.testCredential(credential);
			expect(tested.message).toContain('does not allow 127.0.0.1');
			setup.heard.push(JSON.stringify(tested));
		}
		expect(thief.received).toEqual([]);
	}, 120_000);

	it('are in no workflow as n8n gives it, and in no log of the proxy', async () => {
		expect(setup.addressSecrets).toHaveLength(2);
		for (const id of setup.workflows.values()) {
			const workflow = JSON.stringify(await setup.tested.n8n.workflow(id));
			expect(search(workflow)).toEqual([]);
		}
		const logged = await setup.proxyLog();
		expect(logged).toMatch(/POST \/webhook\/\S+ HTTP\/1\.1" 401/);
		expect(search(logged)).toEqual([]);
	});

	it('are in nothing that n8n said, and in none of its files', async () => {
		expect(setup.heard.length).toBeGreaterThan(20);
		const shown = setup.heard.filter((text) => search(text).length > 0);
		expect(shown.map((text) => text.slice(0, 1000))).toEqual([]);
		const files = await filesOf(setup.tested.n8n.folder);
		expect(files.some((file) => file.endsWith('database.sqlite'))).toBe(true);
		expect(files).toContain(setup.tested.n8n.log);
		expect(await foundInFiles(files, search)).toEqual([]);
	}, 120_000);

	it('are at the vendors only where their documents want them', () => {
		for (const node of nodes) {
			const elsewhere = setup.simulator(node).requests.map(({ path, query, body, headers }) => {
				const { token: _, 'api-key': __, ...rest } = query;
				const { 'x-bp-token': ___, 'x-bot-token': ____, authorization: _____, ...others } = headers;
				// Convertalk wants its token in headers, the others want theirs in the query.
				const unkeyed = node === 'convertalk' ? [query, others] : [rest, headers];
				return JSON.stringify([path, body, ...unkeyed]);
			});
			expect(elsewhere.length).toBeGreaterThan(0);
			expect(elsewhere.filter((text) => search(text).length > 0)).toEqual([]);
		}
	});

	// The control: the same search, in the same places, finds what is put there on purpose.
	it('would be found, had they been anywhere', async () => {
		const credential = setup.credentials.saleswhale;
		const [chosen] = operationsOf('saleswhale');
		if (!chosen) throw new Error('Saleswhale has no operation.');
		const code = (key: string) => Buffer.from(`at ${key}`).toString('base64');
		const items = setup.secrets.map((key) => ({ raw: key, code: code(key) }));
		const parameters = parametersWith(chosen, {});
		await setup.tested.runNode({ node: 'saleswhale', parameters, credential, items });
		const files = await filesOf(setup.tested.n8n.folder);
		for (const key of setup.secrets) {
			const found = (await foundInFiles(files, searchFor(needlesOf(key)))).join(' ');
			expect(found).toMatch(/database\.sqlite\S*: core/);
			expect(found).toMatch(/database\.sqlite\S*: base64, moved/);
		}
	}, 60_000);
});
