import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { authorityFile } from '../kit/network/away.mts';
import type { Execution, Item, RunError } from './execution.mts';
import { N8n } from './instance.mts';
import { packAndUnpack } from './package.mts';
import { INSTANCES, type Version } from './runtime.mts';
import { leave, placeOfNote, type Started, takeOver } from './sharing.mts';
import {
	chain,
	credentialsOf,
	manualTrigger,
	type SavedCredential,
	versionOf,
	type WorkflowNode,
} from './workflow.mts';
import { checkOutput } from './outputSchemas.mts';

/** The line of n8n that the e2e tests run on; `npm run test:compat` names the other one. */
export const version = (process.env.N8N_VERSION ?? '2.41.1') as Version;

/** What a node is run with. */
export interface NodeRunOptions {
	/** Name of one of this package's nodes, such as `saleswhale`. */
	node: string;
	/** The node's version; the first if not said. */
	typeVersion?: number;
	parameters: Record<string, unknown>;
	credential: SavedCredential;
	/** The json of the input items; one empty item if not said. */
	items?: Array<Record<string, unknown>>;
	onError?: 'continueRegularOutput' | 'continueErrorOutput';
	/** In milliseconds. */
	timeout?: number;
}

/** What came out of it. */
export interface NodeResult {
	items: Item[];
	/** What came out of the error output, where the node has one. */
	failed: Item[];
	/** What ended the execution. */
	error: RunError | undefined;
	execution: Execution;
}

/** A real n8n with this package, as built in dist, for one test file at a time. */
export interface TestN8n {
	n8n: N8n;
	credential(type: string, data: Record<string, unknown>): Promise<SavedCredential>;
	runNode(options: NodeRunOptions): Promise<NodeResult>;
	/** A workflow's node of this package, to build workflows with. */
	node(options: Omit<NodeRunOptions, 'items' | 'timeout'>, name?: string): WorkflowNode;
	close(): Promise<void>;
}

/** The machine's time zone and that of its workflows: a test shows where one is taken for the other, or for UTC. */
const timeZones = { TZ: 'Asia/Tokyo', GENERIC_TIMEZONE: 'America/Sao_Paulo' };

/** The name of the node that runNode runs. */
export const nodeName = 'Node';

/** For an n8n that has its editor. n8n makes its files anew at each start, which is a third of it; few tests open it. */
export const withEditor: Record<string, string> = { N8N_DISABLE_UI: 'false' };

/** What tests of one instance want n8n to be told, which does no harm to the others. */
const sharedEnv: Record<string, string> = { N8N_LOG_LEVEL: 'debug' };

/**
 * Gives a test file an n8n: the one that the files of its jest worker share, if that is on and it wants nothing
 * particular, else one of its own.
 * @param env what n8n is told; it has no editor, if not told so
 * @param prepare puts into n8n's folder what else it should find when it starts
 * @param project the folder of the package under test; this project if not said
 */
export async function startTestN8n(
	env: Record<string, string> = {},
	prepare?: (folder: string) => Promise<void>,
	project?: string,
): Promise<TestN8n> {
	// The others' n8n does not know the authority of simulators that this file alone put behind TLS.
	const isOverTls = authorityFile() !== undefined && !process.env.TLS;
	const { N8N_DISABLE_UI = 'true', ...told } = env;
	const isParticular =
		Object.entries(told).some(([name, value]) => sharedEnv[name] !== value) ||
		isOverTls ||
		prepare ||
		project;
	const editor = { N8N_DISABLE_UI };
	const place = isParticular ? undefined : placeOfNote(N8N_DISABLE_UI);
	const started = place
		? await takeOver(place, async () => await startOwn({ ...sharedEnv, ...editor }))
		: await startOwn({ ...told, ...editor }, prepare, project);
	const { n8n, packageName } = started;
	let made = 0;

	const node: TestN8n['node'] = (
		{ node: type, typeVersion = versionOf(type), parameters, credential, onError },
		name = nodeName,
	) => ({
		name,
		type: `${packageName}.${type}`,
		typeVersion,
		parameters,
		credentials: credentialsOf(credential),
		...(onError && { onError }),
		...(/trigger$/i.test(type) && { webhookId: `hook-${++made}-${Date.now()}` }),
	});

	return {
		n8n,
		node,
		credential: async (type, data) => await n8n.createCredential(type, `${type} ${++made}`, data),
		runNode: async ({ items = [{}], timeout, ...options }) => {
			const workflow = {
				...chain(`Test ${++made}`, [manualTrigger, node(options)]),
				pinData: { [manualTrigger.name]: items.map((json) => ({ json })) },
			};
			const execution = await n8n.run(workflow, { timeout });
			const [items0 = [], failed = []] = execution.nodes[nodeName]?.at(-1)?.outputs ?? [];
			checkOutput(options.node, options.parameters, items0);
			return { items: items0, failed, error: execution.error, execution };
		},
		close: async () => {
			// One that cannot be left as it should be is not left.
			if (place) await leave(place, started).catch(async () => await end(n8n));
			else await end(n8n);
		},
	};
}

/** Starts n8n in a folder of its own, copied from one in which the database is made and the owner is signed in. */
async function startOwn(
	env: Record<string, string>,
	prepare?: (folder: string) => Promise<void>,
	project?: string,
): Promise<Started> {
	const prepared = await template();
	const folder = await mkdtemp(join(INSTANCES, 'e2e-'));
	await cp(prepared, folder, { recursive: true });
	const packageName = basename(await packAndUnpack(folder, project));
	await prepare?.(folder);
	const n8n = await N8n.start({ version, folder, env: { ...timeZones, ...env } });
	await n8n.setUpOwner();
	return { n8n, packageName };
}

async function end(n8n: N8n): Promise<void> {
	await n8n.stop();
	await rm(n8n.folder, { recursive: true, force: true, maxRetries: 3 });
}

/** A folder of n8n's with a migrated database and an owner; made whole, or not at all. @returns its path */
export async function template(): Promise<string> {
	const finished = join(INSTANCES, `template-${version}`);
	if (existsSync(finished)) return finished;
	await mkdir(INSTANCES, { recursive: true });
	const folder = await mkdtemp(join(INSTANCES, 'template-'));
	const n8n = await N8n.start({
		version,
		folder,
		env: { N8N_DISABLE_UI: 'true' },
		say: (line) => process.stderr.write(`${line}\n`),
	});
	await n8n.setUpOwner();
	await n8n.stop();
	try {
		await rename(folder, finished);
	} catch (error) {
		// Another test file was as quick.
		if (!existsSync(finished)) throw error;
		await rm(folder, { recursive: true, force: true, maxRetries: 3 });
	}
	return finished;
}
