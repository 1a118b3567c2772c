import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { N8n, type RunningN8n } from './instance.mts';
import { N8nProcess } from './process.mts';
import { INSTANCES } from './runtime.mts';

/**
 * Starting n8n takes more of the processor than most test files do. So the files that one jest worker runs, one after
 * the other, use one n8n. jest gives each file modules of its own; what passes from file to file is a note on the disk.
 */
const variable = 'SHARED_N8N';

/** What one test file notes for the next one. */
interface Note {
	n8n: RunningN8n;
	/** The name of the package that was put into it. */
	packageName: string;
}

/** An n8n with this package in it. */
export interface Started {
	n8n: N8n;
	packageName: string;
}

/** Before the first file: makes the folder for the notes, and lets the workers know. */
export async function beginSharing(): Promise<void> {
	await mkdir(INSTANCES, { recursive: true });
	process.env[variable] = await mkdtemp(join(INSTANCES, 'shared-'));
}

/** After the last file: ends what runs still. */
export async function endSharing(): Promise<void> {
	const folder = process.env[variable];
	if (folder === undefined) return;
	const notes = await Promise.all((await readdir(folder)).map((name) => read(join(folder, name))));
	await Promise.all(
		notes.map(async ({ n8n }) => {
			await new N8nProcess(n8n.pid, n8n.folder).stop();
			await rm(n8n.folder, { recursive: true, force: true, maxRetries: 3 });
		}),
	);
	await rm(folder, { recursive: true, force: true });
	delete process.env[variable];
}

/** Where this worker's note is, if its files share an n8n. @param kind of n8n: files that want another share another */
export function placeOfNote(kind: string): string | undefined {
	const folder = process.env[variable];
	return folder && join(folder, `worker-${process.env.JEST_WORKER_ID}-${kind}.json`);
}

/** The n8n that an earlier file left running, or a new one. */
export async function takeOver(place: string, start: () => Promise<Started>): Promise<Started> {
	if (!existsSync(place)) return await start();
	const { n8n, packageName } = await read(place);
	await rm(place);
	if (!new N8nProcess(n8n.pid, n8n.folder).running) return await start();
	return { n8n: await N8n.resume(n8n), packageName };
}

/**
 * Leaves an n8n for the next file, with no trigger on.
 * @throws Error if one cannot be turned off
 */
export async function leave(place: string, { n8n, packageName }: Started): Promise<void> {
	for (const id of await n8n.activeWorkflows()) await n8n.deactivate(id);
	const note: Note = { n8n: n8n.running, packageName };
	await writeFile(place, JSON.stringify(note), { mode: 0o600 });
}

async function read(place: string): Promise<Note> {
	return JSON.parse(await readFile(place, 'utf8')) as Note;
}
