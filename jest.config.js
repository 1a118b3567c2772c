const { join } = require('node:path');

/** Run by `npm run test:unit` and its kin, under tsx, so that all files may be .mts. */
const shared = {
	transform: {
		'^.+\\.m?ts$': ['@swc/jest', { jsc: { target: 'es2022', parser: { syntax: 'typescript' } } }],
	},
	extensionsToTreatAsEsm: ['.mts'],
	moduleFileExtensions: ['mts', 'ts', 'mjs', 'js', 'json'],
	testEnvironment: 'node',
	// What a library keeps on `process`, such as its exit hooks, is shared by the files of a worker: Jest's setters in its
	// place call one another without end.
	testEnvironmentOptions: { globalsCleanup: 'off' },
	// Only these: an installed n8n in .runtime would be crawled otherwise.
	roots: ['dev', 'test', 'nodes', 'credentials'].map((folder) => `<rootDir>/${folder}`),
	modulePathIgnorePatterns: ['<rootDir>/dev/n8n/\\d'],
};

/** The test files of a worker use one n8n, one after the other. */
const oneN8n = {
	globalSetup: '<rootDir>/dev/n8n/jestSetup.mts',
	globalTeardown: '<rootDir>/dev/n8n/jestTeardown.mts',
};

const project = (name, more = {}) => ({
	...shared,
	...more,
	displayName: name,
	testMatch: [`<rootDir>/test/${name}/**/*.test.mts`],
});

/** The tests of `unit` run in the engine of the development dependencies, or of the n8n that N8N_VERSION names. */
async function engine() {
	const version = process.env.N8N_VERSION;
	if (!version) return {};
	const { ensureRuntime } = await import('./dev/n8n/runtime.mts');
	const { n8n } = await ensureRuntime(version);
	return { moduleNameMapper: { '^n8n-(core|workflow)$': join(n8n, '../../../n8n-$1') } };
}

module.exports = async () => ({
	testSequencer: '<rootDir>/test/longestFirst.mts',
	projects: [
		project('unit', await engine()),
		project('contract'),
		project('e2e', oneN8n),
		project('load'),
		project('editor', oneN8n),
		project('install'),
	],
});
