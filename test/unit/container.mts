import { createRequire } from 'node:module';

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
