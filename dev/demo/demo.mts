import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { example } from '../examples.mts';
import { N8n } from '../n8n/instance.mts';
import { packAndUnpack } from '../n8n/package.mts';
import { ensureRuntime, INSTANCES, TOP, type Version, VERSIONS } from '../n8n/runtime.mts';
import type { SavedCredential, SavedWorkflow } from '../n8n/workflow.mts';
import { requireFreePort } from '../n8n/process.mts';
import { PlainSentence, say } from './terminal.mts';
import { populate, simulatorsOf, type StartedVendors, startVendors } from '../simulators.mts';

export interface DemoOptions {
	live: boolean;
	fresh: boolean;
	port: number;
	version: string;
	/** Reload the nodes in the running n8n when they are built anew. */
	reload?: boolean;
}

/** An n8n with this package, the examples, and (unless live) simulators to try them on. */
export interface Demo {
	n8n: N8n;
	/** Where n8n keeps its things, this package included. */
	folder: string;
	/** Left out where the person uses real accounts. */
	vendors: StartedVendors | undefined;
	/** The examples by their file's name. */
	workflows: Map<string, SavedWorkflow>;
	/** Who may fill in the examples' forms. */
	formUser: FormUser;
	/** Prints where the editor is and who signs in. */
	introduce(): void;
	stop(): Promise<void>;
}

/** The one user of the Basic Auth credential that the examples' forms ask for. */
export interface FormUser {
	user: string;
	password: string;
}

const run = promisify(execFile);

/**
 * Builds the package, gets n8n ready and starts all there is to try, on 127.0.0.1.
 * @throws PlainSentence or Error with one sentence: a port that is taken, no network, a Node too old
 */
export async function startDemo(options: DemoOptions): Promise<Demo> {
	const version = VERSIONS.find((known) => known === options.version) as Version | undefined;
	if (!version)
		throw new PlainSentence(`n8n ${options.version} is not pinned here: ${VERSIONS.join(', ')}.`);
	if (!Number.isInteger(options.port))
		throw new PlainSentence('The port has to be a whole number.');
	await requireFreePort(options.port);
	const folder = join(INSTANCES, `demo-${version}`);
	if (options.fresh) await rm(folder, { recursive: true, force: true });
	await Promise.all([ensureRuntime(version, say), buildInto(folder)]);
	const vendors = options.live ? undefined : await startVendors(() => ({ limit: 'documented' }));
	if (vendors) populate(vendors);
	const stops: Array<() => Promise<unknown>> = (vendors ? simulatorsOf(vendors) : []).map(
		(simulator) => async () => await simulator.close(),
	);
	try {
		const env: Record<string, string> = options.reload ? { N8N_DEV_RELOAD: 'true' } : {};
		const n8n = await N8n.start({ version, port: options.port, folder, env, say });
		stops.unshift(async () => await n8n.stop());
		const owner = await n8n.setUpOwner();
		const formUser = { user: 'form', password: randomBytes(12).toString('base64url') };
		const workflows = await importExamples(n8n, vendors, formUser);
		return {
			n8n,
			folder,
			vendors,
			workflows,
			formUser,
			introduce: () => {
				console.log(`\n  Editor    ${n8n.url}`);
				console.log(`  User      ${owner.email}`);
				console.log(`  Password  ${owner.password}`);
				console.log(`  Forms     user ${formUser.user}, password ${formUser.password}\n`);
			},
			stop: async () => await oneByOne(stops),
		};
	} catch (error) {
		await oneByOne(stops);
		throw error;
	}
}

/** Builds the nodes, and puts them where n8n looks for them. */
async function buildInto(folder: string): Promise<void> {
	say('Building the nodes');
	await run('npm', ['run', 'build'], { cwd: TOP });
	await packAndUnpack(folder);
}

async function oneByOne(steps: Array<() => Promise<unknown>>): Promise<void> {
	for (const step of steps) await step();
}

/** The credentials and examples of an earlier start go: their simulators' keys and ports are gone too. */
async function importExamples(
	n8n: N8n,
	vendors: StartedVendors | undefined,
	formUser: FormUser,
): Promise<Map<string, SavedWorkflow>> {
	say('Importing the examples');
	const credentials: SavedCredential[] = [];
	const forms = { type: 'httpBasicAuth', name: 'Form Users', data: { ...formUser } };
	const ofVendors = Object.values(vendors ?? {}).map(
		({ vendor: { title: name, kit }, type, data }) => ({
			type,
			name,
			data: { ...data, ...kit.paced },
		}),
	);
	for (const credential of [forms, ...ofVendors]) {
		await n8n.removeCredentials(credential.type);
		credentials.push(await n8n.createCredential(credential.type, credential.name, credential.data));
	}
	const names = (await readdir(join(TOP, 'examples'))).filter((file) => file.endsWith('.json'));
	const workflows = new Map<string, SavedWorkflow>();
	for (const file of names.sort()) {
		const name = file.replace('.json', '');
		const workflow = await example(name, { credentials, parameters: choices(vendors) });
		await n8n.removeWorkflows(workflow.name);
		workflows.set(name, await n8n.createWorkflow(workflow));
	}
	return workflows;
}

/** What a person would choose in the examples' dropdowns, by node. */
function choices(vendors: StartedVendors | undefined): Record<string, Record<string, unknown>> {
	if (!vendors) return {};
	const campaigns = [...vendors.saleswhale.simulator.vendor.engagements.campaigns.values()];
	const running = campaigns.find(({ status }) => status === 'running');
	const campaignId = { __rl: true, mode: 'id', value: String(running?.id) };
	return { Enrol: { campaignId } };
}
