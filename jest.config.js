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

module.exports = {
	testSequencer: '<rootDir>/test/longestFirst.mts',
	projects: [
		project('unit'),
		project('contract'),
		project('e2e', oneN8n),
		project('load'),
		project('editor', oneN8n),
		project('install'),
	],
};
