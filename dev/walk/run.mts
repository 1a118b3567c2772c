import { createRequire } from 'node:module';
import { parseArgs } from 'node:util';
import type { ICredentialType, INodeType } from 'n8n-workflow';
import { hurry } from './clock.mts';
import { StandIn } from './standIn.mts';
import { tableOf } from './table.mts';
import { vendors } from '../vendors.mts';
import type { WalkedVendor, Walks } from './walked.mts';
import { type Outcome, Walk } from './walk.mts';

/** All triggers of this package. */
const walked = Object.assign({}, ...vendors.map(({ kit }) => kit.walks)) as Walks;

const usage = `Usage: npm run walk -- [options]

Walks each trigger at random: a person publishes, edits, renames; vendors deliver; n8n is killed.

  --steps <n>      steps of a walk (default: 1000)
  --seeds <list>   a walk for each, with commas between (default: 1,2,3)
  --triggers <l>   names of triggers, with commas between (default: all)
  --pace <n>       how many times as fast the nodes' clock goes in the stand-in (default: 10)`;

const { values } = parseArgs({
	options: {
		steps: { type: 'string', default: '1000' },
		seeds: { type: 'string', default: '1,2,3' },
		triggers: { type: 'string', default: Object.keys(walked).join() },
		pace: { type: 'string', default: '10' },
		help: { type: 'boolean', default: false },
	},
});
if (values.help) {
	console.log(usage);
	process.exit(0);
}

/** How long a trigger's registration outlives it, with what taking it away takes. Milliseconds. */
const graceMs = 2_600;
const pace = Number(values.pace);
hurry(pace);

const require = createRequire(import.meta.url);
const root = new URL('../../', import.meta.url).pathname;

/** A class out of a file, with modules that nobody has used: what they remember is gone. */
function fresh<T>(path: string, name: string): T {
	for (const file of Object.keys(require.cache))
		if (file.startsWith(`${root}nodes/`)) delete require.cache[file];
	const module = require(`${root}${path}`) as Record<string, new () => T>;
	const made = module[name];
	if (!made) throw new Error(`${path} has no ${name}`);
	return new made();
}

/** The folder of nodes/ that a trigger lies in. */
const folderOf = (trigger: string): string | undefined =>
	vendors.find(({ kit }) => trigger in kit.walks)?.folder;

const classOf = (name: string) => name.charAt(0).toUpperCase() + name.slice(1);

async function hostOf({ trigger, credentialType, typeVersion }: WalkedVendor): Promise<StandIn> {
	const nodeClass = classOf(trigger);
	const load = () => fresh<INodeType>(`nodes/${folderOf(trigger)}/${nodeClass}.node.ts`, nodeClass);
	const credentialClass = classOf(credentialType);
	const path = `credentials/${credentialClass}.credentials.ts`;
	return await StandIn.start({
		load,
		credentialType: fresh<ICredentialType>(path, credentialClass),
		typeVersion,
		path: 'webhook',
		graceMs: graceMs / pace,
	});
}

const outcomes: Outcome[] = [];
const seeds = values.seeds.split(',').map(Number);
for (const name of values.triggers.split(',')) {
	for (const seed of seeds) {
		const start = walked[name];
		if (!start) throw new Error(`There is no trigger ${name}`);
		const vendor = await start();
		const host = await hostOf(vendor);
		const outcome = await new Walk(host, vendor, seed).steps(Number(values.steps));
		const violations = vendor.violations();
		if (violations.length > 0) outcome.broken.push(JSON.stringify(violations.slice(0, 3)));
		outcomes.push(outcome);
		await host.close();
		await vendor.close();
	}
}
for (const { trigger, seed, broken, trail } of outcomes) {
	if (broken.length > 0) console.log(trail.slice(-40).join(', '));
	for (const line of broken.slice(0, 5)) console.log(`${trigger}, seed ${seed}: ${line}`);
}
console.log(tableOf(outcomes));
process.exit(outcomes.some(({ broken }) => broken.length > 0) ? 1 : 0);
