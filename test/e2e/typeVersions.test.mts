import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { handedOn } from '../../dev/docs/pinned.mts';
import type { VendorName } from '../../dev/kit/vendorKit.mts';
import { credentialsOf, type Workflow } from '../../dev/n8n/workflow.mts';
import { vendorOf, vendors as known } from '../../dev/vendors.mts';
import {
	inOrder,
	itemsIn,
	keep,
	type Recording,
	recordingOf,
	steady,
	workflowOf,
} from './typeVersions.recording.mts';
import { Vendors } from './vendors.setup.mts';

let vendors: Vendors;
beforeAll(async () => {
	vendors = await Vendors.start();
});
afterAll(async () => await vendors?.close());
beforeEach(() => vendors.reset());

/** Each type version of each node; the trigger of a Zenvia app, which no vendor's key opens, has one only. */
const versions = known.flatMap(({ name, nodes }) =>
	nodes
		.filter(({ is }) => is.credentials?.some((one) => one.name === `${name}Api`))
		.flatMap(({ is: description }) =>
			[description.version].flat().map((version) => ({
				vendor: name,
				node: description.name,
				isTrigger: description.group.includes('trigger'),
				isPolled: description.polling === true,
				version,
			})),
		),
);

/** What the vendor was asked, without the key. */
const requests = (name: VendorName): string[] =>
	vendors.sims[name].requests
		.map(({ method, path, query, body }) => {
			const { token: _, 'api-key': __, ...rest } = query;
			return steady(`${method} ${path} ${JSON.stringify(rest)} ${JSON.stringify(body) ?? ''}`);
		})
		.sort();

/** Runs a workflow with the vendor's credential in each of its nodes. */
async function run(name: VendorName, { nodes, ...workflow }: Workflow) {
	if (name === 'convertalk') vendorOf(name).kit.live.seed(vendors.sims[name].vendor as never);
	const credential = vendors.credentials[name];
	const { type } = vendors.tested.node({ node: name, parameters: {}, credential });
	const own = nodes.map((node) =>
		node.type.startsWith('n8n-nodes-base.')
			? node
			: { ...node, type, credentials: credentialsOf(credential) },
	);
	const execution = await vendors.tested.n8n.run({ ...workflow, nodes: own }, { timeout: 240_000 });
	return { requests: requests(name), items: itemsIn(execution) };
}

/** Lets happen what a trigger waits for. */
async function happen(name: VendorName, { nodes, ...workflow }: Workflow, isPolled: boolean) {
	const [trigger] = nodes;
	if (!trigger) throw new Error(`${workflow.name} has no trigger.`);
	const credential = vendors.credentials[name];
	const { type, webhookId } = vendors.tested.node({
		node: trigger.type.replace('recorded.', ''),
		parameters: {},
		credential,
	});
	const own = { ...trigger, type, credentials: credentialsOf(credential) };
	const node = isPolled ? own : { ...own, webhookId };
	const items = await handedOn(vendors.tested, vendors.started, node);
	return { requests: [], items: { Trigger: JSON.parse(steady(JSON.stringify(items))) } };
}

const triggerOf = (vendor: VendorName, node: string, typeVersion: number): Workflow => ({
	name: `${node} ${typeVersion}`,
	nodes: [
		{
			...{ name: 'Trigger', type: `recorded.${node}`, typeVersion },
			parameters: vendorOf(vendor).kit.trial.trigger,
		},
	],
	connections: {},
});

const compared = (recording: Recording): Recording => ({
	...recording,
	requests: recording.requests.map(inOrder).sort(),
});

describe('A workflow that was recorded with', () => {
	it.each(versions)(
		'$node, version $version, asks and gives the same',
		async ({ vendor, node, isTrigger, isPolled, version }) => {
			const before = await recordingOf(node, version);
			const workflow =
				before?.workflow ??
				(isTrigger
					? triggerOf(vendor, node, version)
					: workflowOf(vendor, `recorded.${node}`, version));
			const now = await (isTrigger ? happen(vendor, workflow, isPolled) : run(vendor, workflow));
			if (!before && process.env.RECORD_VERSIONS) await keep(node, version, { workflow, ...now });
			else expect(compared({ workflow, ...now })).toEqual(before && compared(before));
		},
		300_000,
	);
});
