import { link, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';

/** A lock that its holder has not touched for so long is given up, in milliseconds. */
const STALE_AFTER = 60_000;
const TOUCH_EVERY = 5_000;
const LOOK_EVERY = 500;
/** Longer than any installation takes, in milliseconds; then waiting ends with an error. */
const LONGEST_WAIT = 30 * 60_000;

/** Whether a process with this id runs on this machine. */
export function isAlive(pid: number): boolean {
	try {
		process.kill(pid, 0);
		return true;
	} catch (error) {
		// EPERM: there is one, and it is another user's.
		return (error as NodeJS.ErrnoException).code === 'EPERM';
	}
}

/**
 * Runs `work` while this process holds the lock file, which holds its process id.
 * A lock whose holder died, or did not touch it for a minute, is taken over. Two processes that
 * take over at the same moment may both work, so `work` must end in one atomic step.
 * @param waiting is told once who holds the lock
 */
export async function withLock(
	file: string,
	work: () => Promise<void>,
	waiting: (pid: number) => void,
): Promise<void> {
	await acquire(file, waiting);
	const touch = setInterval(() => {
		const now = new Date();
		// Another process may have taken the lock over; then there is nothing to touch.
		utimes(file, now, now).catch(() => clearInterval(touch));
	}, TOUCH_EVERY);
	try {
		await work();
	} finally {
		clearInterval(touch);
		if ((await holderOf(file))?.pid === process.pid) await rm(file, { force: true });
	}
}

async function acquire(file: string, waiting: (pid: number) => void): Promise<void> {
	const mine = `${file}.${process.pid}`;
	await writeFile(mine, String(process.pid));
	try {
		const end = Date.now() + LONGEST_WAIT;
		for (let first = true; Date.now() < end; first = false) {
			// A link is made with its content in one step, or not at all.
			if (await linked(mine, file)) return;
			const holder = await holderOf(file);
			if (holder && isStale(holder)) await rm(file, { force: true });
			else if (holder) {
				if (first) waiting(holder.pid);
				await sleep(LOOK_EVERY);
			}
		}
		throw new Error(`${file} was held for half an hour; remove it if nothing is being installed.`);
	} finally {
		await rm(mine, { force: true });
	}
}

async function linked(from: string, to: string): Promise<boolean> {
	try {
		await link(from, to);
		return true;
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
		throw error;
	}
}

interface Holder {
	pid: number;
	touched: number;
}

async function holderOf(file: string): Promise<Holder | undefined> {
	try {
		const pid = Number(await readFile(file, 'utf8'));
		return { pid, touched: (await stat(file)).mtimeMs };
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
		throw error;
	}
}

/** This process asks for the lock only when it does not hold it, so its own id is an old one's. */
function isStale({ pid, touched }: Holder): boolean {
	return pid === process.pid || !isAlive(pid) || Date.now() - touched > STALE_AFTER;
}
