import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { does } from '../../dev/n8n/changes.mts';
import { chain, manualTrigger, type SavedCredential } from '../../dev/n8n/workflow.mts';
import saleswhale, { type Saleswhale } from '../../dev/vendors/saleswhale/simulator/index.mts';
import { type Simulator, startSimulator } from '../../dev/kit/simulator.mts';
import { resources } from '../../nodes/Saleswhale/resources/index.ts';
import { filesOf, foundInFiles } from '../attack/secrets.mts';
import { startTestN8n, type TestN8n } from '../../dev/n8n/harness.mts';
import { conversationEnded, Hook } from './saleswhale-deliveries.mts';
import { faults, forms, foundIn, key, passingFaults } from './saleswhale-faults.mts';

let sim: Simulator<Saleswhale>;
let test: TestN8n;
let credential: SavedCredential;
/** Everything that n8n said over HTTP, and every execution as it was read. */
const heard: string[] = [];

beforeAll(async () => {
	sim = await startSimulator(saleswhale({ apiKey: key }), { checkAnswers: false });
	test = await startTestN8n({ N8N_LOG_LEVEL: 'debug' });
	test.n8n.rest.listener = (answer) => heard.push(JSON.stringify(answer) ?? '');
	credential = await test.credential('saleswhaleApi', {
		apiKey: key,
		baseUrl: sim.url,
		requestsPerSecond: 0,
	});
});

afterAll(async () => {
	await test?.close();
	await sim?.close();
});

const parameters = {
	path: '/api/v2/team',
	leadId: '21248461',
	enrolmentId: '512562',
	conversationId: '12513522',
	salesRepId: { __rl: true, mode: 'id', value: '4401' },
	campaignId: { __rl: true, mode: 'id', value: '41201' },
	firstName: 'Myah',
	email: 'myah@example.com',
};
/** Every operation; those that are neither read nor repeatable apart. */
const operations = resources.flatMap(({ value: resource, operations: list }) =>
	list.map(({ value: operation }) => ({ resource, operation, ...parameters })),
);
const writes = operations.filter(
	({ resource, operation }) =>
		operation === 'cancel' || (operation === 'create' && resource !== 'team'),
);

/** Runs operations one after the other, each of which fails and goes on. */
async function runAll(chosen: Array<Record<string, unknown>>, name: string): Promise<void> {
	const nodes = chosen.map((each, n) =>
		test.node(
			{ node: 'saleswhale', parameters: each, credential, onError: 'continueRegularOutput' },
			`N${n}`,
		),
	);
	const execution = await test.n8n.run(chain(name, [manualTrigger, ...nodes]));
	heard.push(JSON.stringify(execution.raw));
	const calm = Object.entries(execution.nodes).filter(
		([node, runs]) =>
			node !== 'Start' &&
			!runs
				.at(-1)
				?.outputs.flat()
				.some(({ json }) => 'error' in json),
	);
	expect(calm.map(([node]) => chosen[Number(node.slice(1))])).toEqual([]);
	expect(Object.keys(execution.nodes)).toHaveLength(chosen.length + 1);
}

describe('The key of Saleswhale, where everything fails', () => {
	it.each(Object.keys(faults))('goes through %s in every operation', async (name) => {
		sim.setFault(faults[name]);
		// These are content with an answer that holds nothing.
		const content = name.startsWith('200') ? ['delete', 'getConversations', 'send'] : [];
		await runAll(
			operations.filter(({ operation }) => !content.includes(operation)),
			name,
		);
	});

	it.each(Object.keys(passingFaults))(
		'goes through %s in every write that is sent once',
		async (name) => {
			sim.setFault(passingFaults[name]);
			expect(writes.length).toBeGreaterThan(3);
			await runAll(writes, name);
		},
	);

	it.each([
		'401 that echoes the key',
		'404 that echoes the whole URL and the key',
		'302 to a URL with the key',
	])(
		'goes through %s where the workflow stops, to the error output and as an AI tool would see it',
		async (name) => {
			sim.setFault(faults[name]);
			for (const onError of [undefined, 'continueErrorOutput'] as const) {
				const { error, failed, execution } = await test.runNode({
					node: 'saleswhale',
					parameters: operations.find(({ operation }) => operation === 'create') ?? {},
					credential,
					onError,
				});
				expect(error ?? failed[0]?.json.error).toBeDefined();
				heard.push(JSON.stringify(execution.raw));
			}
		},
	);

	it.each(Object.keys(faults).filter((name) => !name.startsWith('200')))(
		'goes through %s in dropdowns and in the test of the credential',
		async (name) => {
			sim.setFault(faults[name]);
			const node = test.node({ node: 'saleswhale', parameters: operations[0] ?? {}, credential });
			const calls = [
				test.n8n.listSearch(node, 'searchCampaigns'),
				test.n8n.listSearch(node, 'searchSalesReps'),
				test.n8n.resourceMapperFields(node, 'getCustomAttributes'),
			];
			const results = await Promise.allSettled(calls);
			expect(results.map(({ status }) => status)).toEqual(calls.map(() => 'rejected'));
			heard.push(...results.map((result) => ('reason' in result ? String(result.reason) : '')));
		},
	);

	it('goes through tests of the credential that fail', async () => {
		for (const fault of [...Object.values(faults), ...Object.values(passingFaults)]) {
			sim.setFault(fault);
			heard.push(JSON.stringify(await test.n8n.testCredential(credential)));
		}
		sim.setFault(undefined);
	}, 300_000);

	it('goes through deliveries that are refused, or whose leads cannot be fetched', async () => {
		sim.setFault(undefined);
		const hook = await Hook.publish(test, credential, {
			events: ['conversation.ended', 'email.sent'],
			options: { includeLeads: true },
		});
		for (const signature of ['', '0'.repeat(64), 'x']) {
			const { status, data, headers } = await hook.post(conversationEnded(), { key, signature });
			expect(status).toBe(401);
			heard.push(JSON.stringify([data, headers]));
		}
		sim.setFault(faults['404 that echoes the whole URL and the key']);
		const { data } = await hook.post(conversationEnded('qualified', [{ id: 7 }]), { key });
		const started = await hook.started(key);
		expect(JSON.stringify(started)).toContain('could not be fetched');
		heard.push(JSON.stringify([data, started]));
	});

	it('is in no answer of n8n, and in none of its files', async () => {
		expect(heard.length).toBeGreaterThan(50);
		const shown = heard.filter((text) => foundIn(text).length > 0);
		expect(shown.map((text) => text.slice(0, 2_000))).toEqual([]);
		expect(await foundInFolder()).toEqual([]);
	});

	// The control: the same search, in the same places, finds what is put there on purpose.
	it('would be found, had it been anywhere', async () => {
		sim.setFault(undefined);
		const items = [
			{ raw: key, url: encodeURIComponent(key), code: Buffer.from(key).toString('base64') },
		];
		const { execution } = await test.runNode({
			node: 'saleswhale',
			parameters: { ...operations.find(({ operation }) => operation === 'create'), leadId: '=1' },
			credential,
			items,
		});
		expect(foundIn(JSON.stringify(execution.raw))).toEqual(expect.arrayContaining(['core']));
		expect(
			(await foundInFolder()).map((one) => one.replace(/^.*\//, '').replace(/-wal/, '')),
		).toEqual(
			expect.arrayContaining(['database.sqlite: core', 'database.sqlite: base64 of the key']),
		);
		for (const form of forms) expect(foundIn(`before ${form} after`)).toContain('core');
		for (const before of ['', 'a', 'ab', 'abc']) {
			expect(foundIn(Buffer.from(`${before}${key} after`).toString('base64'))).not.toEqual([]);
		}
	});
});

/** Which files of n8n's folder hold the key in which form. */
async function foundInFolder(): Promise<string[]> {
	const files = await filesOf(test.n8n.folder);
	expect(files.some((file) => file.endsWith('database.sqlite'))).toBe(true);
	expect(files).toContain(test.n8n.log);
	return await foundInFiles(files, foundInNodesOwn);
}

/**
 * Earlier n8n itself writes down, at its debug level, what a vendor answered to the test of a credential, and no
 * node is asked: those lines are left out (docs/versions.md, "Which n8n").
 */
function foundInNodesOwn(bytes: Buffer): string[] {
	if (does('logsNoAnswers')) return foundIn(bytes);
	const lines = bytes.toString('latin1').split('\n');
	const others = lines.filter((line) => !line.includes('| Credential test failed'));
	return foundIn(Buffer.from(others.join('\n'), 'latin1'));
}
