import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { TOP } from './runtime.mts';

const run = promisify(execFile);

/**
 * Packs a built package as npm would publish it, and unpacks it where n8n looks for community
 * nodes. n8n finds it there by its name and loads it under its real type names; its
 * `n8n-workflow` is n8n's own, since n8n puts its node_modules into NODE_PATH.
 * @param userFolder the folder that an instance is started with
 * @param project the package's folder; this project if not said
 * @returns the folder that it was unpacked into
 * @throws Error if it is not built
 */
export async function packAndUnpack(userFolder: string, project = TOP): Promise<string> {
	const { name } = JSON.parse(await readFile(join(project, 'package.json'), 'utf8')) as {
		name: string;
	};
	const work = await mkdtemp(join(tmpdir(), 'pack-'));
	try {
		const args = ['pack', '--json', '--ignore-scripts', '--pack-destination', work];
		const { stdout } = await run('npm', args, { cwd: project });
		const [packed] = JSON.parse(stdout) as Array<{ filename: string; files: File[] }>;
		if (!packed?.files.some(({ path }) => path.startsWith('dist/'))) {
			throw new Error(`${name} is not built: there is no dist in the tarball. Run: npm run build`);
		}
		const target = join(userFolder, '.n8n', 'nodes', 'node_modules', name);
		await rm(target, { recursive: true, force: true });
		await mkdir(target, { recursive: true });
		const tarball = join(work, packed.filename);
		await run('tar', ['-xzf', tarball, '--strip-components=1', '-C', target]);
		return target;
	} finally {
		await rm(work, { recursive: true, force: true });
	}
}

interface File {
	path: string;
}
