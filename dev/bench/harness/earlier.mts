import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { TOP } from '../../n8n/runtime.mts';

const run = promisify(execFile);

/** An earlier state of this project, built in a folder of its own. */
export interface Earlier {
	folder: string;
	/** Takes the folder away. */
	remove(): Promise<void>;
}

/**
 * Builds an earlier state of this project, with the tools that are installed now.
 * @param commit that this clone of the repository has
 */
export async function buildEarlier(commit: string): Promise<Earlier> {
	const parent = await mkdtemp(join(tmpdir(), 'earlier-'));
	const folder = join(parent, commit);
	const remove = async () => await rm(parent, { recursive: true, force: true, maxRetries: 3 });
	try {
		const archive = join(parent, 'archive.tar');
		await run('git', ['archive', `--output=${archive}`, commit], { cwd: TOP });
		await mkdir(folder);
		await run('tar', ['-xf', archive, '-C', folder]);
		await symlink(join(TOP, 'node_modules'), join(folder, 'node_modules'));
		await run('npx', ['--no-install', 'gulp', 'build'], { cwd: folder });
	} catch (error) {
		await remove();
		throw error;
	}
	return { folder, remove };
}
