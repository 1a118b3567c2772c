import { readFile, readdir } from 'node:fs/promises';

/** Linux counts a process's CPU time in hundredths of a second (man 5 proc, sysconf(_SC_CLK_TCK)). */
const TICKS_PER_SECOND = 100;
/** Where utime and stime stand in /proc/<pid>/stat, counted after the name in brackets. */
const UTIME = 11;
const STIME = 12;

/** Seconds of CPU that a process has used so far, all its threads together. @throws if it is gone */
export async function cpuSeconds(pid: number): Promise<number> {
	const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
	const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
	return (Number(fields[UTIME]) + Number(fields[STIME])) / TICKS_PER_SECOND;
}

/** A process and all that it started, directly or not. */
async function treeOf(pid: number): Promise<number[]> {
	const names = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
	const parents = new Map<number, number>();
	for (const name of names) {
		const parent = await field(name, 'PPid');
		if (parent !== undefined) parents.set(Number(name), parent);
	}
	const tree = [pid];
	for (const one of tree) {
		for (const [child, parent] of parents) if (parent === one) tree.push(child);
	}
	return tree;
}

/** Bytes of memory that a process and all that it started hold now (resident set). */
export async function residentBytes(pid: number): Promise<number> {
	const sizes = await Promise.all((await treeOf(pid)).map((one) => field(String(one), 'VmRSS')));
	return sizes.reduce<number>((sum, size = 0) => sum + size * 1024, 0);
}

/** A number of /proc/<pid>/status; undefined where the process ended or has none. */
async function field(pid: string, name: string): Promise<number | undefined> {
	try {
		const status = await readFile(`/proc/${pid}/status`, 'utf8');
		const found = new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(status)?.[1];
		return found === undefined ? undefined : Number(found);
	} catch (error) {
		// ENOENT and ESRCH: it ended between the listing and the reading.
		if (['ENOENT', 'ESRCH'].includes((error as NodeJS.ErrnoException).code ?? '')) return undefined;
		throw error;
	}
}
