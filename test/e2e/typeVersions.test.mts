import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { handedOn } from '../../dev/docs/pinned.mts';
import type { AttackedTrigger, VendorName } from '../../dev/kit/vendorKit.mts';
import type { Vendor } from '../../dev/kit/simulator.mts';
import { itemsOf } from '../../dev/n8n/execution.mts';
import { chain, credentialsOf, type Workflow } from '../../dev/n8n/workflow.mts';
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
import { secrets, Vendors } from './vendors.setup.mts';

let vendors: Vendors;
beforeAll(async () => {
	vendors = await Vendors.start();
});
afterAll(async () => await vendors?.close());
beforeEach(() => vendors.reset());

/** Each type version of each node. */
const versions = known.flatMap(({ name, nodes, kit }) =>
	nodes.flatMap(({ is: description }) =>
		[description.version].flat().map((version) => ({
			vendor: name,
			node: description.name,
			isTrigger: description.group.includes('trigger'),
			isPolled: description.polling === true,
			/** How it is called, where the vendor's key does not open it. */
			called: kit.attack.webhooks.find(
				(webhook) => webhook.node === description.name && webhook.credential,
			),
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
	return itemsOfTrigger(items);
}

/** Calls a trigger that has a credential of its own. */
async function call(
	name: VendorName,
	{ target, credential: own }: AttackedTrigger<Vendor>,
	{ nodes: [trigger], ...workflow }: Workflow,
) {
	if (!trigger || !own) throw new Error(`${workflow.name} has no trigger with a credential.`);
	const { n8n, credential, node } = vendors.tested;
	const { type, data } = own(() => 'a-secret');
	const { typeVersion, parameters } = trigger;
	const settings = { typeVersion, parameters, credential: await credential(type, data) };
	const called = node({ node: trigger.type.replace('recorded.', ''), ...settings }, 'Trigger');
	const { id } = await n8n.createWorkflow(chain(workflow.name, [called]));
	await n8n.activate(id);
	const url = (path: string) => `${n8n.url}/webhook/${String(called['webhookId'])}/${path}`;
	const { simulator } = vendors.started[name];
	const published = { url, simulator: simulator as never, key: secrets[name], data };
	const { url: address, ...request } = target(published).request(1);
	await fetch(address, request);
	const [execution] = await n8n.untilExecutions(id, 1);
	const items = itemsOf(await n8n.execution(execution?.id ?? ''), 'Trigger');
	await n8n.deactivate(id);
	return itemsOfTrigger(items.map(({ json }) => json));
}

const itemsOfTrigger = (items: object[]): Omit<Recording, 'workflow'> => ({
	requests: [],
	items: { Trigger: JSON.parse(steady(JSON.stringify(items))) },
});

const triggerOf = (node: string, typeVersion: number, parameters: object): Workflow => ({
	name: `${node} ${typeVersion}`,
	nodes: [
		{ name: 'Trigger', type: `recorded.${node}`, typeVersion, parameters: { ...parameters } },
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
		async ({ vendor, node, isTrigger, isPolled, called, version }) => {
			const before = await recordingOf(node, version);
			const { trial } = vendorOf(vendor).kit;
			const workflow =
				before?.workflow ??
				(isTrigger
					? triggerOf(node, version, called?.parameters ?? trial.trigger)
					: workflowOf(vendor, `recorded.${node}`, version));
			const now = await (called
				? call(vendor, called, workflow)
				: isTrigger
					? happen(vendor, workflow, isPolled)
					: run(vendor, workflow));
			if (!before && process.env.RECORD_VERSIONS) await keep(node, version, { workflow, ...now });
			else expect(compared({ workflow, ...now })).toEqual(before && compared(before));
		},
		300_000,
	);
});
