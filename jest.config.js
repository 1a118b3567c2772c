/** Run by `npm run test:unit` and its kin, under tsx, so that all files may be .mts. */
const shared = {
	transform: {
		'^.+\\.m?ts$': ['@swc/jest', { jsc: { target: 'es2022', parser: { syntax: 'typescript' } } }],
	},
	extensionsToTreatAsEsm: ['.mts'],
	moduleFileExtensions: ['mts', 'ts', 'mjs', 'js', 'json'],
	testEnvironment: 'node',
	// Only these: an installed n8n in .runtime would be crawled otherwise.
	roots: ['dev', 'test', 'nodes', 'credentials'].map((folder) => `<rootDir>/${folder}`),
	modulePathIgnorePatterns: ['<rootDir>/dev/n8n/\\d'],
};

const project = (name) => ({
	...shared,
	displayName: name,
	testMatch: [`<rootDir>/test/${name}/**/*.test.mts`],
});

module.exports = { projects: ['unit', 'contract', 'e2e', 'load', 'editor'].map(project) };
