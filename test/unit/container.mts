import { createRequire } from 'node:module';
import type { Readable } from 'node:stream';

const require = createRequire(import.meta.url);
const requireOfCore = createRequire(require.resolve('n8n-core'));

/** The container that n8n-core has its services in: of the module it has a copy of its own. */
export const { Container } = requireOfCore('@n8n/di') as {
	Container: { get<T>(type: new (...args: never[]) => T): T };
};

/** What n8n's engine logs with. */
export const logger = Container.get(
	(requireOfCore('@n8n/backend-common') as { Logger: new () => { info(line: string): void } })
		.Logger,
);

/** How n8n's engine makes one piece of what a stream brings. */
export const { binaryToBuffer } = requireOfCore('@n8n/backend-network') as {
	binaryToBuffer(from: Buffer | Readable): Promise<Buffer>;
};
