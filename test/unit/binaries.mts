import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { BinaryDataConfig, BinaryDataService } from 'n8n-core';
import type { IBinaryData } from 'n8n-workflow';
import { binaryToBuffer, Container } from './container.mts';

const service = Container.get(BinaryDataService);
const use = (mode: string) => Object.assign(service, { mode });

/** Where n8n's engine keeps files during a test. */
export class Binaries {
	private constructor(private readonly folder: string) {}

	/** On disk, as n8n does by itself. */
	static async onDisk(): Promise<Binaries> {
		const folder = await mkdtemp(join(tmpdir(), 'binaries-'));
		Object.assign(Container.get(BinaryDataConfig), {
			mode: 'filesystem',
			localStoragePath: folder,
		});
		await service.init();
		return new Binaries(folder);
	}

	/** In n8n's memory: with the item, as base64. */
	static inMemory(): void {
		use('default');
	}

	/** Where this keeps them, such as a disk that is full. */
	static by(manager: object): void {
		use('database');
		service.setManager('database', manager as never);
	}

	/** In n8n's database, as 2.x does in queue mode: all of a file in memory, then in a row. @returns the rows */
	static inDatabase(): Buffer[] {
		const rows: Buffer[] = [];
		Binaries.by({
			// cli, database.manager.ts, without the repository.
			async store(_: unknown, from: Buffer | Readable) {
				const row = await binaryToBuffer(from);
				return { fileId: String(rows.push(row)), fileSize: row.length };
			},
		});
		return rows;
	}

	/** What a file holds. */
	static async text(binary: IBinaryData | undefined): Promise<string> {
		if (!binary) throw new Error('There is no file.');
		return (await service.getAsBuffer(binary)).toString();
	}

	/** Every file on disk, without what n8n notes beside each. */
	async files(): Promise<string[]> {
		const all = await readdir(this.folder, { recursive: true, withFileTypes: true });
		const names = all.filter((entry) => entry.isFile()).map(({ name }) => name);
		return names.filter((name) => !name.endsWith('.metadata'));
	}

	async close(): Promise<void> {
		await rm(this.folder, { recursive: true, force: true });
	}
}
