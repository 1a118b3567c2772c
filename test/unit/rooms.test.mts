import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { exportedValues, namesIn, unknownThrown, withoutDocstring } from './docstrings.mts';
import { top, minutesMs, own, analyze, sources, importsOf } from './package.setup.mts';
import { engine, forbiddenImports, oldWordsIn } from './rooms.mts';

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
		['nodes/engine/webhook/addressSecret.ts', '../operation/execute'],
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
		const own = ['test/unit/rooms.mts', 'test/unit/rooms.test.mts'];
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
