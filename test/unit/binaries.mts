import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BinaryDataConfig, BinaryDataService } from 'n8n-core';
import type { IBinaryData } from 'n8n-workflow';
import { Container } from './container.mts';

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
