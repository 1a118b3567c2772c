import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Simulator } from '../../dev/kit/simulator.mts';
import { simulatorsOf, type StartedVendors, startVendors } from '../../dev/simulators.mts';
import { nameOf } from '../../dev/packages/vendor.mts';
import { vendors } from '../../dev/vendors.mts';
import { INSTANCES, TOP } from '../../dev/n8n/runtime.mts';
import { chain, type SavedCredential } from '../../dev/n8n/workflow.mts';
import { readEditions } from '../../dev/packages/edition.mts';
import type { MadePackage } from '../../dev/packages/make.mts';
import { startTestN8n, type TestN8n, withEditor } from '../../dev/n8n/harness.mts';

const run = promisify(execFile);
const minuteMs = 60_000;

/** What is tried of a vendor: one reading operation, and a trigger. */
const editions = await readEditions();
const trials = vendors.map((vendor) => ({
	vendor,
	kit: vendor.kit,
	node: vendor.name,
	name: editions.find((one) => one.vendors.length === 1 && one.vendors[0]?.folder === vendor.folder)
		?.name as string,
	types: vendor.nodes.map(({ is }) => is.name),
	credentials: vendor.credentials.map(({ is }) => is.name),
}));
type Trial = (typeof trials)[number];
const allInOne = 'n8n-nodes-sales-engagement';

let out: string;
let made: Map<string, MadePackage>;
let started: StartedVendors;

// The command itself lints, builds, packs and scans each, and ends with an error on the first finding. It takes
// a minute, and many on a machine that has other things to do.
beforeAll(async () => {
	await mkdir(INSTANCES, { recursive: true });
	out = await mkdtemp(join(INSTANCES, 'packages-'));
	started = await startVendors();
	await run('npm', ['run', 'packages', '--', '--out', out], { cwd: TOP });
	const list = JSON.parse(await readFile(join(out, 'packages.json'), 'utf8')) as MadePackage[];
	made = new Map(list.map((one) => [one.name, one]));
}, 15 * minuteMs);

afterAll(async () => {
	for (const simulator of simulatorsOf(started ?? {})) await simulator.close();
	await rm(out, { recursive: true, force: true });
});

const folderOf = (name: string): string => made.get(name)?.folder ?? '';

it('makes a package of each vendor and one of all, each of which is packed', () => {
	expect([...made.keys()].sort()).toEqual([allInOne, ...trials.map(({ name }) => name)].sort());
});

describe.each(trials.map(({ name, node }) => [name, node] as const))('%s', (name, node) => {
	it('holds nothing of another vendor, by name or in any text', async () => {
		const others = trials
			.filter((trial) => trial.node !== node)
			.map(({ vendor }) => nameOf(vendor).source);
		expect(others).toHaveLength(trials.length - 1);
		const work = await mkdtemp(join(out, 'unpacked-'));
		await run('tar', ['-xzf', made.get(name)?.tarball ?? '', '-C', work]);
		for (const where of [work, folderOf(name)]) {
			const search = ['-rilE', others.join('|'), where, '--exclude-dir=node_modules'];
			// grep ends with 1 where it finds nothing.
			await expect(run('grep', search)).rejects.toMatchObject({ code: 1, stdout: '' });
			const { stdout } = await run('find', [where, '-not', '-type', 'l']);
			const paths = stdout.split('\n').map((path) => path.replace(where, ''));
			expect(paths.filter((path) => new RegExp(others.join('|'), 'i').test(path))).toEqual([]);
		}
	});

	it('says in its README what it does, and in its changelog what changed', async () => {
		const readme = await readFile(join(folderOf(name), 'README.md'), 'utf8');
		for (const part of [
			`# ${name}\n`,
			`enter \`${name}\``,
			'## Operations',
			'Trigger |',
			'### Set',
		]) {
			expect(readme).toContain(part);
		}
		expect(readme).not.toMatch(/\]\((?!https:|#)/);
		const changelog = await readFile(join(folderOf(name), 'CHANGELOG.md'), 'utf8');
		expect(changelog).toMatch(
			/^# Changelog\n\n## \d+\.\d+\.\d+ \(\d{4}-\d\d-\d\d\)\n\n(- \S.*\n)+/,
		);
	});
});

/** The types of a kind that n8n knows of this project's packages, n8n's own left out. */
async function known(test: TestN8n, kind: 'nodes' | 'credentials'): Promise<string[]> {
	const url = `${test.n8n.url}/types/${kind}.json`;
	const all = await test.n8n.rest.get<Array<{ name: string; displayName: string }>>(url);
	const ours = new RegExp(vendors.map((vendor) => nameOf(vendor).source).join('|'), 'i');
	// Every action node is known as a tool of AI agents too.
	return all
		.map(({ name }) => name)
		.filter((name) => ours.test(name) && !name.endsWith('Tool'))
		.sort();
}

async function tryOut(test: TestN8n, trial: Trial): Promise<void> {
	const { simulator, type, data } = started[trial.node];
	// What an n8n that ended before this one had registered is a stranger's to this one.
	simulator.reset();
	const credential = await test.credential(type, data);
	const before = simulator.requests.length;
	const { error } = await test.runNode({
		node: trial.node,
		parameters: trial.kit.trial.operation,
		credential,
	});
	expect(error).toBeUndefined();
	expect(simulator.requests.slice(before).map(({ status }) => status)).toContain(200);
	await activate(test, trial, credential, simulator);
	expect(simulator.violations()).toEqual([]);
}

async function activate(
	test: TestN8n,
	{ node, kit: { trial } }: Trial,
	credential: SavedCredential,
	simulator: Pick<Simulator, 'requests'>,
): Promise<void> {
	const before = simulator.requests.length;
	const trigger = test.node(
		{ node: `${node}Trigger`, parameters: trial.trigger, credential },
		'Trigger',
	);
	const { id } = await test.n8n.createWorkflow(chain(`${node} trigger`, [trigger]));
	await test.n8n.activate(id);
	if (trial.toldByHand) {
		// Its vendor is told of the address by hand, so what shows is that the address is served.
		const url = `${test.n8n.url}/webhook/${String(trigger['webhookId'])}/${trial.toldByHand}`;
		expect((await fetch(url, { method: 'POST', body: '{}' })).status).toBe(401);
	} else {
		expect(simulator.requests.length).toBeGreaterThan(before);
	}
	await test.n8n.deactivate(id);
}

describe.each([
	...trials.map((trial) => ({ name: trial.name, trials: [trial] })),
	{ name: allInOne, trials },
])('$name alone in a real n8n', ({ name, trials: own }) => {
	let test: TestN8n;
	beforeAll(async () => {
		test = await startTestN8n(withEditor, async () => {}, folderOf(name));
	}, 5 * minuteMs);
	afterAll(async () => await test?.close());

	it('makes its nodes and credentials known, and no others', async () => {
		const types = own.flatMap(({ types: all }) => all.map((type) => `${name}.${type}`));
		expect(await known(test, 'nodes')).toEqual(types.sort());
		expect(await known(test, 'credentials')).toEqual(
			own.flatMap(({ credentials }) => credentials).sort(),
		);
	});

	it.each(own)('runs an operation of $node and activates its trigger', async (trial) => {
		await tryOut(test, trial);
	});
});
