import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';

/** Holds a workflow against GitHub's own JSON schema; it ships as CommonJS. */
const { validateWorkflow } = createRequire(import.meta.url)('@action-validator/core') as {
	validateWorkflow(yaml: string): { errors: unknown[] };
};

const top = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
const read = async (path: string) => await readFile(join(top, path), 'utf8');
const names = (await readdir(join(top, '.github/workflows'))).sort();
const texts = new Map<string, string>();
for (const name of names) texts.set(name, await read(`.github/workflows/${name}`));
const { scripts } = JSON.parse(await read('package.json')) as { scripts: Record<string, string> };

interface Step {
	uses?: string;
	run?: string;
	with?: Record<string, unknown>;
}

interface Job {
	uses?: string;
	steps?: Step[];
	permissions?: Record<string, string>;
	'timeout-minutes'?: number;
}

interface Workflow {
	permissions: Record<string, string>;
	jobs: Record<string, Job>;
}

const workflow = (name: string) => parse(texts.get(name) ?? '') as Workflow;
const jobsOf = (name: string) => Object.values(workflow(name).jobs);
const stepsOf = (name: string) => jobsOf(name).flatMap(({ steps = [] }) => steps);

it('finds the workflows, and a schema that refuses what is none', () => {
	expect(names).toEqual(['ci.yml', 'codeql.yml', 'release.yml']);
	const misspelt = (texts.get('ci.yml') ?? '').replace('runs-on:', 'run-on:');
	expect(validateWorkflow(misspelt).errors).not.toEqual([]);
});

describe.each(names)('%s', (name) => {
	it("is a workflow by GitHub's schema", () => {
		expect(validateWorkflow(texts.get(name) ?? '').errors).toEqual([]);
	});

	it('pins each action by its full hash, with the version beside it', () => {
		const uses = [...(texts.get(name) ?? '').matchAll(/uses: (.*)/g)].map(([, used = '']) => used);
		expect(uses.length).toBeGreaterThan(0);
		const loose = uses.filter(
			(used) => !/^(\.\/\S+|\S+@[0-9a-f]{40} # v\d+\.\d+\.\d+)$/.test(used),
		);
		expect(loose).toEqual([]);
	});

	it('calls scripts that exist', () => {
		const called = stepsOf(name).flatMap(({ run = '' }) => [
			...run.matchAll(/npm run (?:--\S+ )*([\w:]+)/g),
		]);
		expect(
			called.map(([, script = '']) => script).filter((script) => !(script in scripts)),
		).toEqual([]);
	});

	it('has no right to write unless a job asks for it, and leaves no token behind', () => {
		expect(workflow(name).permissions).toEqual({ contents: 'read' });
		const checkouts = stepsOf(name).filter(({ uses = '' }) => uses.startsWith('actions/checkout@'));
		for (const { with: given } of checkouts)
			expect(given).toMatchObject({ 'persist-credentials': false });
	});

	it('ends by itself', () => {
		const endless = jobsOf(name).filter(
			(job) => job.uses === undefined && job['timeout-minutes'] === undefined,
		);
		expect(endless).toEqual([]);
	});
});

describe('the release', () => {
	const { jobs } = workflow('release.yml');
	const runsOf = (name: string) => (jobs[name]?.steps ?? []).map(({ run = '' }) => run).join('\n');
	const usesOf = (name: string) =>
		(jobs[name]?.steps ?? []).map(({ uses = '' }) => uses.split('@')[0]);

	it('builds the five packages after CI, with no right to write, and hands them on', () => {
		expect(jobs.build).toMatchObject({ needs: 'ci' });
		expect(jobs.build).not.toHaveProperty('permissions');
		expect(runsOf('build')).toMatch(
			/npm run packages -- --out (\S+)\n[^]*cp \1\/\*\.tgz release\//,
		);
		expect(usesOf('build')).toContain('actions/upload-artifact');
	});

	it('publishes them with provenance', () => {
		expect(jobs.publish).toMatchObject({ needs: 'build', permissions: { 'id-token': 'write' } });
		expect(runsOf('publish')).toMatch(
			/release\/\*\.tgz[^]*npm publish "\$PWD\/\$tarball" --provenance .*--ignore-scripts/,
		);
		expect(jobs.announce).toMatchObject({ needs: 'publish', permissions: { contents: 'write' } });
	});

	it('publishes the tarballs that it has, and not what npm finds under their names', async () => {
		const folder = await mkdtemp(join(tmpdir(), 'release-'));
		try {
			await mkdir(join(folder, 'package'));
			await mkdir(join(folder, 'release'));
			const manifest = JSON.stringify({ name: 'n8n-nodes-probe', version: '1.2.3' });
			await writeFile(join(folder, 'package/package.json'), manifest);
			const [argument] = /(?<=npm publish )\S+/.exec(runsOf('publish')) ?? [];
			const script = `
				tar -czf release/probe.tgz package
				for tarball in release/*.tgz; do npm publish ${argument} --dry-run --offline; done`;
			const env = {
				...process.env,
				// Nobody outside is asked, whatever npm takes its argument for.
				...{ GIT_SSH_COMMAND: 'false', npm_config_registry: 'http://127.0.0.1:9' },
			};
			const { stdout } = await promisify(execFile)('bash', ['-c', script], { cwd: folder, env });
			expect(stdout).toContain('+ n8n-nodes-probe@1.2.3');
		} finally {
			await rm(folder, { recursive: true });
		}
	});

	it('runs nothing of ours where a job has a right to write', () => {
		const mighty = Object.entries(jobs).filter(([, { permissions = {} }]) =>
			Object.values(permissions).includes('write'),
		);
		expect(mighty.map(([name]) => name).sort()).toEqual(['announce', 'publish']);
		for (const [name, { permissions }] of mighty) {
			// One right each: who may publish cannot change the repository, nor the other way round.
			expect(Object.keys(permissions ?? {})).toHaveLength(1);
			expect(usesOf(name)).not.toContain('actions/checkout');
			expect(runsOf(name)).not.toMatch(/npm (ci|i|install|run|test|exec|pack)\b|npx|tsx|\.\//);
		}
	});
});

describe('CI', () => {
	it('runs on both lines of n8n that the tests know', async () => {
		const lines = (await readdir(join(top, 'dev/n8n'))).filter((entry) => /^\d/.test(entry));
		const { e2e } = workflow('ci.yml').jobs as Record<
			string,
			Job & { strategy: { matrix: { n8n: string[] } } }
		>;
		expect([...(e2e?.strategy.matrix.n8n ?? [])].sort()).toEqual(lines.sort());
	});
});

describe('the forms for issues', () => {
	it('have what GitHub wants of a form', async () => {
		const forms = (await readdir(join(top, '.github/ISSUE_TEMPLATE'))).filter(
			(file) => file !== 'config.yml',
		);
		expect(forms.sort()).toEqual(['bug.yml', 'feature.yml', 'vendor-differs.yml']);
		for (const form of forms) {
			const { name, description, body } = parse(
				await read(`.github/ISSUE_TEMPLATE/${form}`),
			) as Form;
			expect([typeof name, typeof description]).toEqual(['string', 'string']);
			const asked = body.filter(({ type }) => type !== 'markdown');
			expect(new Set(asked.map(({ id }) => id)).size).toBe(asked.length);
			for (const { attributes } of asked) expect(attributes).toHaveProperty('label');
		}
	});
});

interface Form {
	name: string;
	description: string;
	body: Array<{ type: string; id?: string; attributes: object }>;
}
