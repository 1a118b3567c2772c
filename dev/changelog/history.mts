import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { TOP } from '../n8n/runtime.mts';

const run = promisify(execFile);
const largestLog = 64 * 1024 * 1024;

/** A commit, as far as a changelog needs it. */
export interface Commit {
	subject: string;
	/** The day it was made, as 2026-11-24. */
	date: string;
	/** The version that begins with it, where it carries a tag such as v0.1.0. */
	version?: string;
	/** What it changed, as paths below the project's top. */
	files: string[];
}

/** The commits that changed any of these paths and those that carry a version's tag; the newest first. */
export async function readHistory(paths: string[], cwd = TOP): Promise<Commit[]> {
	const format = '--format=%x1e%s%x1f%cs%x1f%D%x1f';
	const args = ['log', '--no-merges', '--name-only', '--decorate=full', format];
	const { stdout } = await run('git', args, { cwd, maxBuffer: largestLog });
	const wanted = (file: string): boolean =>
		paths.some((path) => file === path || (path.endsWith('/') && file.startsWith(path)));
	return stdout
		.split('\x1e')
		.slice(1)
		.map(toCommit)
		.map((commit) => ({ ...commit, files: commit.files.filter(wanted) }))
		.filter(({ files, version }) => files.length > 0 || version !== undefined);
}

function toCommit(entry: string): Commit {
	const [subject = '', date = '', refs = '', files = ''] = entry.split('\x1f');
	const version = /refs\/tags\/v(\d+\.\d+\.\d+\S*?)(?:,|$)/.exec(refs)?.[1];
	return {
		subject,
		date,
		...(version && { version }),
		files: files.trim().split('\n').filter(Boolean),
	};
}
