import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readFile, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { run, top, minutesMs, own, analyze, sources, importsOf } from './package.setup.mts';

const mostTarballBytes = 240 * 1024;

/** What npm says of a tarball that it packed. */
interface Packed {
	filename: string;
	size: number;
	files: Array<{ path: string }>;
}

/** What npm installs for this project, for the real n8n and for the registry of the tests. */
const locks = ['package-lock.json', ...(await sources('dev', '/package-lock.json'))].filter(
	(file) => !file.includes('node_modules'),
);

describe('package.json', () => {
	it('has no development dependency without a role: imported, run by a script, or told of', async () => {
		const { devDependencies, scripts } = JSON.parse(
			await readFile(join(top, 'package.json'), 'utf8'),
		) as Record<string, Record<string, string>>;
		const contributing = await readFile(join(top, 'CONTRIBUTING.md'), 'utf8');
		const files = ['dev', 'test', 'nodes'].map(async (room) => await sources(room, '.mts'));
		const imported = (await Promise.all((await Promise.all(files)).flat().map(importsOf))).flat();
		const run = Object.values(scripts ?? {}).flatMap((script) => script.split(/[\s&;]+/));
		const idle = Object.keys(devDependencies ?? {}).filter(
			(name) =>
				!imported.some((one) => one === name || one.startsWith(`${name}/`)) &&
				!run.includes(name) &&
				!(name.startsWith('@types/') && (devDependencies ?? {})[name.slice('@types/'.length)]) &&
				!contributing.includes(`\`${name}\``),
		);
		expect(idle).toEqual([]);
	});

	it('has no dependency at run time but the peer n8n-workflow', () => {
		expect(own.dependencies ?? {}).toEqual({});
		expect(own).not.toHaveProperty('optionalDependencies');
		expect(own).not.toHaveProperty('bundledDependencies');
		expect(own.peerDependencies).toEqual({ 'n8n-workflow': '*' });
		expect(own).not.toHaveProperty('overrides');
	});

	it('runs nothing when it is installed', () => {
		const forbidden = ['prepare', 'preinstall', 'install', 'postinstall', 'prepublish'];
		expect(Object.keys(own.scripts).filter((name) => forbidden.includes(name))).toEqual([]);
	});

	it('lists what ships', () => {
		expect([...own.files].sort()).toEqual(['dist', 'index.js']);
	});

	it.each(locks)('is locked without the address of a registry in %s', async (file) => {
		const lock = await readFile(join(top, file), 'utf8');
		const found = [...lock.matchAll(/"(?:resolved|version)": "([^"]*)"/g)].map(([, of]) => of);
		expect(found.length).toBeGreaterThan(100);
		expect(found.filter((of) => of?.includes('/'))).toEqual([]);
	});
});

describe('The tarball', () => {
	let work: string;
	let unpacked: string;
	let packed: Packed;

	// Built from a copy of the tree, so that neither an old dist is judged nor a running one is cleaned away.
	beforeAll(async () => {
		work = await mkdtemp(join(tmpdir(), 'package-'));
		const tree = join(work, 'tree');
		const parts = ['nodes', 'credentials', 'icons', 'dev', 'test', 'examples', 'docs'];
		const files = [
			'package.json',
			'tsconfig.json',
			'gulpfile.js',
			'index.js',
			'LICENSE',
			'README.md',
		];
		for (const part of [...parts, ...files].filter((name) => existsSync(join(top, name)))) {
			await cp(join(top, part), join(tree, part), { recursive: true });
		}
		await symlink(join(top, 'node_modules'), join(tree, 'node_modules'));
		await run(process.execPath, [join(top, 'node_modules/gulp/bin/gulp.js'), 'build'], {
			cwd: tree,
		});
		const args = ['pack', '--json', '--ignore-scripts', '--pack-destination', work];
		const { stdout } = await run('npm', args, { cwd: tree });
		[packed] = JSON.parse(stdout) as [Packed];
		unpacked = join(work, 'unpacked');
		await mkdir(unpacked);
		await run('tar', ['-xzf', join(work, packed.filename), '--strip-components=1', '-C', unpacked]);
	}, 5 * minutesMs);

	afterAll(async () => await rm(work, { recursive: true, force: true }));

	it(
		'is clean for the scanner',
		async () => {
			expect(await analyze(unpacked, "['**/*.js', 'package.json']")).toEqual({ passed: true });
		},
		5 * minutesMs,
	);

	it('holds every file that n8n is told of, and their icons', async () => {
		const { nodes, credentials } = own.n8n;
		const missing = [...nodes, ...credentials].filter((file) => !existsSync(join(unpacked, file)));
		expect(missing).toEqual([]);
		for (const file of [...nodes, ...credentials]) {
			const code = await readFile(join(unpacked, file), 'utf8');
			const icons = [...code.matchAll(/'file:([^']+)'/g)].map(([, path = '']) => path);
			expect(icons.length).toBeGreaterThanOrEqual(2);
			const lost = icons.filter((icon) => !existsSync(join(unpacked, dirname(file), icon)));
			expect(lost).toEqual([]);
		}
	});

	it('tells n8n of every node and credential that it holds', () => {
		const made = packed.files
			.map(({ path }) => path)
			.filter((path) => /\.(node|credentials)\.js$/.test(path));
		expect(made.sort()).toEqual([...own.n8n.nodes, ...own.n8n.credentials].sort());
	});

	it('holds nothing that is not run: no test, no simulator, no TypeScript, no source map', () => {
		const paths = packed.files.map(({ path }) => path);
		const expected =
			/^(dist\/(nodes|credentials|icons)\/.*\.(js|json|svg)|index\.js|package\.json|LICENSE|README\.md)$/;
		expect(paths.filter((path) => !expected.test(path))).toEqual([]);
		expect(paths.filter((path) => /test|simulator|\.map$/i.test(path))).toEqual([]);
	});

	it('is small', () => expect(packed.size).toBeLessThan(mostTarballBytes));
});
