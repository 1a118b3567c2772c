import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import ts from 'typescript';
import { exportedValues, namesIn, unknownThrown, withoutDocstring } from './docstrings.mts';
import { engine, forbiddenImports, oldWordsIn } from './rooms.mts';

const run = promisify(execFile);
const top = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
const minutesMs = 60_000;
const mostTarballBytes = 220 * 1024;

interface Package {
	dependencies?: object;
	peerDependencies: object;
	devDependencies: object;
	files: string[];
	scripts: Record<string, string>;
	overrides?: object;
	n8n: { nodes: string[]; credentials: string[] };
}

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

const json = async <T,>(file: string) => JSON.parse(await readFile(file, 'utf8')) as T;
const own = await json<Package>(join(top, 'package.json'));

/** The scanner's verdict, in a process of its own: jest cannot load it and what it loads. */
async function analyze(folder: string, patterns: string): Promise<unknown> {
	const scanner = join(top, 'node_modules/@n8n/scan-community-package/scanner/scanner.mjs');
	const script = `
		const { analyzePackage, SOURCE_FILE_PATTERNS } = await import(${JSON.stringify(pathToFileURL(scanner))});
		console.log(JSON.stringify(await analyzePackage(${JSON.stringify(folder)}, ${patterns})));
	`;
	// Without NODE_ENV=test, under which a plugin of the scanner asks for other names of files.
	const { NODE_ENV: _, ...env } = process.env;
	const args = ['--input-type=module', '--eval', script];
	const { stdout } = await run(process.execPath, args, { cwd: top, env });
	return JSON.parse(stdout.trim().split('\n').at(-1) ?? '');
}

/** All files below a folder with such an ending, as paths from the top. */
async function sources(folder: string, ending = '.ts'): Promise<string[]> {
	const entries = await readdir(join(top, folder), { recursive: true });
	return entries.filter((name) => name.endsWith(ending)).map((name) => join(folder, name));
}

async function importsOf(file: string): Promise<string[]> {
	const code = await readFile(join(top, file), 'utf8');
	return ts.preProcessFile(code, true, true).importedFiles.map(({ fileName }) => fileName);
}

const shipped = [...(await sources('nodes')), ...(await sources('credentials'))];
const imports = await Promise.all(
	shipped.map(async (file) => ({ file, names: await importsOf(file) })),
);
describe('The sources that ship', () => {
	it('are found, with their imports', () => {
		expect(shipped.length).toBeGreaterThan(20);
		expect(imports.flatMap(({ names }) => names).length).toBeGreaterThan(20);
	});

	it('import n8n-workflow, node:crypto and each other only', () => {
		const allowed = (name: string) =>
			['n8n-workflow', 'node:crypto'].includes(name) || /^\.\.?(\/|$)/.test(name);
		const foreign = imports.flatMap(({ file, names }) =>
			names.filter((name) => !allowed(name)).map((name) => `${file}: ${name}`),
		);
		expect(foreign).toEqual([]);
	});

	it('let credentials know n8n-workflow only', () => {
		const names = imports
			.filter(({ file }) => file.startsWith('credentials'))
			.flatMap((each) => each.names);
		expect([...new Set(names.filter((name) => !name.startsWith('./')))]).toEqual(['n8n-workflow']);
	});

	it('say of everything that they export what it is', async () => {
		const found = await Promise.all(
			shipped.map(async (file) => withoutDocstring(file, await readFile(join(top, file), 'utf8'))),
		);
		expect(found.flat()).toEqual([]);
		expect(withoutDocstring('a.ts', 'export const a = 1;\nexport function b() {}')).toEqual([
			'a.ts: a',
			'a.ts: b',
		]);
	});

	it('say what is thrown by a name that there is', async () => {
		const codes = await Promise.all(
			shipped.map(async (file) => ({ file, code: await readFile(join(top, file), 'utf8') })),
		);
		const classes = new Set(['TypeError', ...codes.flatMap(({ code }) => namesIn(code))]);
		expect(classes.size).toBeGreaterThan(100);
		expect(codes.flatMap(({ file, code }) => unknownThrown(file, code, classes))).toEqual([]);
		expect(unknownThrown('a.ts', '/** @throws Closed when it is over */', classes)).toEqual([
			'a.ts: Closed',
		]);
	});

	it(
		'are clean for the scanner',
		async () => {
			expect(await analyze(top, 'SOURCE_FILE_PATTERNS')).toEqual({ passed: true });
		},
		5 * minutesMs,
	);
});

describe('The rooms', () => {
	it('know only those that they may know', async () => {
		const tools = await sources('dev', '.mts');
		const files = [...shipped, ...tools, ...(await sources('test', '.mts'))];
		expect(tools.length).toBeGreaterThan(50);
		const all = await Promise.all(
			files.map(async (file) => ({ file, names: await importsOf(file) })),
		);
		expect(all.flatMap(forbiddenImports)).toEqual([]);
	});

	it('are told of in CONTRIBUTING as they are', async () => {
		const page = await readFile(join(top, 'CONTRIBUTING.md'), 'utf8');
		const [, table = ''] = /\| Room \| Knows \|\n\|---\|---\|\n((?:\|.*\n)+)/.exec(page) ?? [];
		const rows = table
			.trim()
			.split('\n')
			.map((row) => [...row.matchAll(/`(\w+)`/g)].map(([, name]) => name));
		const rooms = Object.entries(engine).map(([room, known]) => [
			room,
			...known.map((name) => name.replace('../', '')),
		]);
		expect(rows).toEqual(rooms);
		const folders = await readdir(join(top, 'test'), { withFileTypes: true });
		for (const folder of folders.filter((entry) => entry.isDirectory()))
			expect(page).toMatch(new RegExp(`^test/ .*\\b${folder.name}\\b`, 'm'));
	});

	it('export no function, class or value that no other file uses', async () => {
		const files = [
			...shipped,
			...(await sources('dev', '.mts')),
			...(await sources('test', '.mts')),
		];
		const codes = await Promise.all(
			files.map(async (file) => ({ file, code: await readFile(join(top, file), 'utf8') })),
		);
		/** In which files a word stands. */
		const uses = new Map<string, Set<string>>();
		for (const { file, code } of codes) {
			for (const word of code.match(/\w+/g) ?? [])
				uses.set(word, (uses.get(word) ?? new Set()).add(file));
		}
		// n8n loads the classes of nodes and credentials by their files' names.
		const imported = codes.filter(({ file }) => !/\.(?:node|credentials)\.ts$/.test(file));
		const unused = imported.flatMap(({ file, code }) =>
			exportedValues(code)
				.filter((name) => (uses.get(name)?.size ?? 0) < 2)
				.map((name) => `${file}: ${name}`),
		);
		expect(exportedValues('export const a = 1;\nexport type B = 1;\nconst c = 1;')).toEqual(['a']);
		expect(unused).toEqual([]);
	});

	it.each([
		['nodes/engine/http/client.ts', '../form/fields'],
		['nodes/engine/pagination/pages.ts', '../form/fields'],
		['nodes/engine/rateLimit/rateLimiter.ts', '../http/retry'],
		['nodes/engine/util/text.ts', '../http/secrets'],
		['nodes/engine/util/text.ts', '../../../dev/examples.mts'],
		['nodes/engine/webhook/address.ts', '../operation/execute'],
		['nodes/engine/operation/execute.ts', '../../Salesflow/vendor'],
		['nodes/Saleswhale/vendor.ts', '../Salesflow/vendor'],
		['nodes/Saleswhale/vendor.ts', '../../dev/examples.mts'],
		['credentials/SalesflowApi.credentials.ts', '../nodes/engine/util/text'],
		['dev/n8n/harness.mts', '../../test/e2e/talk.mts'],
		['dev/vendors/salesflow/kit.mts', '../saleswhale/kit.mts'],
		['dev/vendors/salesflow/kit.mts', '../../../test/unit/engine.mts'],
	])('would not be passed by %s with an import of %s', (file, name) => {
		expect(forbiddenImports({ file, names: [name] })).toHaveLength(1);
	});

	it.each([
		['nodes/engine/operation/execute.ts', '../form/fields'],
		['nodes/engine/http/client.ts', '../util/json'],
		['nodes/Saleswhale/resources/lead.ts', '../vendor'],
		['nodes/Saleswhale/vendor.ts', '../engine/http/vendor'],
		['dev/demo/demo.mts', '../vendors/saleswhale/simulator/index.mts'],
		['dev/vendors/salesflow/simulator/index.mts', '../../../kit/simulator.mts'],
	])('are passed by %s with an import of %s', (file, name) => {
		expect(forbiddenImports({ file, names: [name] })).toEqual([]);
	});
});

it('CONTRIBUTING says what each development dependency is for that no file imports', async () => {
	const files = [...(await sources('dev', '.mts')), ...(await sources('test', '.mts'))];
	const configs = ['eslint.config.mjs', 'gulpfile.js', 'jest.config.js'];
	const text = (
		await Promise.all(
			[...shipped, ...files, ...configs].map(
				async (file) => await readFile(join(top, file), 'utf8'),
			),
		)
	).join('\n');
	const imported = (name: string) => text.includes(`'${name}'`) || text.includes(`'${name}/`);
	const page = await readFile(join(top, 'CONTRIBUTING.md'), 'utf8');
	const [, told = ''] = page.split('## Development dependencies that no file imports');
	const names = Object.keys(own.devDependencies).filter((name) => !imported(name));
	expect(names.length).toBeGreaterThan(5);
	expect(names.filter((name) => !told.includes(`\`${name}\``))).toEqual([]);
});

describe('The words', () => {
	it('are those of the field', async () => {
		const files = [
			...shipped,
			...(await sources('dev', '.mts')),
			...(await sources('test', '.mts')),
		];
		const own = ['test/unit/rooms.mts', 'test/unit/package.test.mts'];
		const all = await Promise.all(
			files
				.filter((file) => !own.includes(file))
				.map(async (file) => ({ file, text: await readFile(join(top, file), 'utf8') })),
		);
		expect(all.flatMap(oldWordsIn)).toEqual([]);
	});

	it.each([
		['test/attack/doors.mts', 'export {};', 0],
		['test/attack/door.mts', 'export {};', 1],
		['dev/soak/soak.mts', 'class World {}', 1],
		['dev/soak/soak.mts', 'const worldly = 1;', 0],
		['nodes/engine/form/fields.ts', 'readonly todo: string,', 1],
		['nodes/engine/http/client.ts', '/** So long a request may take. */', 1],
		['nodes/engine/http/client.ts', '/** How long a request may take, in ms. */', 0],
	])('would be found in %s with %s: %i', (file, text, count) => {
		expect(oldWordsIn({ file, text })).toHaveLength(count);
	});
});

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
