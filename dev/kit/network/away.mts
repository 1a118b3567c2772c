import { readFileSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { Authority, type Identity } from './authority.mts';

/**
 * How far away the simulators are, for this process and all that it starts: over TLS or not, and how many milliseconds
 * each way. Kept in the environment, so that a simulator in a process of its own, and n8n, are told alike.
 */
const variables = {
	/** A file with the key and certificate that the simulators show. */
	identity: 'SIMULATORS_IDENTITY',
	/** A file with the certificate of the authority that signed it. */
	authority: 'SIMULATORS_AUTHORITY',
	delayMs: 'SIMULATORS_DELAY_MS',
};

export interface Away {
	/** TLS in front of each simulator, with an authority of its own that n8n is told of. */
	tls?: boolean;
	/** Milliseconds from one side to the other. */
	delayMs?: number;
}

/** The flags of the demo, the benches and the soak, for `parseArgs`. */
export const awayFlags = {
	tls: { type: 'boolean', default: false },
	delay: { type: 'string', default: '0' },
} as const;

export const awayUsage = `  --tls         simulators over https, with an authority that n8n is told of
  --delay <ms>  milliseconds from n8n to each simulator, and as many back`;

/** What the flags among a command's arguments say; others are passed over. @throws Error where the delay is no number */
export function awayOf(args: readonly string[]): Required<Away> {
	const { values } = parseArgs({ args: [...args], options: awayFlags, strict: false });
	const delayMs = Number(values.delay);
	if (!(delayMs >= 0)) throw new Error('--delay is a number of milliseconds.');
	return { tls: values.tls === true, delayMs };
}

/** Puts all simulators that are started from now on as far away; comeBack() ends it. */
export async function goAway({ tls = false, delayMs = 0 }: Away): Promise<void> {
	if (delayMs > 0) process.env[variables.delayMs] = String(delayMs);
	if (!tls) return;
	const authority = await Authority.make('Authority of the simulators');
	const file = join(authority.folder, 'identity.json');
	await writeFile(file, JSON.stringify(await authority.issue()), { mode: 0o600 });
	process.env[variables.identity] = file;
	process.env[variables.authority] = authority.file;
}

/** Simulators that are started from now on are near; removes the authority's files. */
export async function comeBack(): Promise<void> {
	const file = authorityFile();
	for (const name of Object.values(variables)) delete process.env[name];
	if (file !== undefined) await rm(dirname(file), { recursive: true, force: true });
}

/** The key and certificate that simulators show; undefined where they speak http. */
export function ownIdentity(): Identity | undefined {
	const file = process.env[variables.identity];
	return file === undefined ? undefined : (JSON.parse(readFileSync(file, 'utf8')) as Identity);
}

/** The file of the authority that whoever asks a simulator has to trust; undefined where they speak http. */
export const authorityFile = (): string | undefined => process.env[variables.authority];

/** Milliseconds from one side to the other. */
export const ownDelayMs = (): number => Number(process.env[variables.delayMs] ?? 0);
