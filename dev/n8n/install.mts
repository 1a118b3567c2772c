import { ensureRuntime, type Version } from './runtime.mts';

/** Gets n8n ready before the tests, whose patience is shorter than an installation. */
const version = (process.env.N8N_VERSION ?? '2.41.1') as Version;
await ensureRuntime(version, (line) => console.log(`› ${line}`));
