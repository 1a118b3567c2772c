import { readFile } from 'node:fs/promises';
import { describe, expect, it } from '@jest/globals';
import { operationsTable, withOperations } from '../../dev/docs/operations.mts';

const readme = await readFile(new URL('../../README.md', import.meta.url), 'utf8');

describe('the README', () => {
	it('has the table of operations that the code makes', () => {
		expect(readme).toContain(operationsTable());
		expect(withOperations(readme)).toBe(readme);
	});

	it('names the two commands word for word', () => {
		expect(readme).toContain('npm ci && npm start\n');
		expect(readme).toContain('npm ci && npm test\n');
	});
});
