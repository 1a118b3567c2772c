import type { AddressInfo } from 'node:net';
import { expect, it } from '@jest/globals';
import type { INodeParameters, INodeType } from 'n8n-workflow';
import { does } from '../../dev/n8n/changes.mts';
import { chain, type WorkflowNode } from '../../dev/n8n/workflow.mts';
import { credentialData, vendors } from '../../dev/vendors.mts';
import { create, message, type NetworkSetup, timed } from './network.setup.mts';

/** How long lists, tests of credentials and hooks wait for a vendor that cannot be reached, and what they say then. */
export function describeWaiting(setup: () => NetworkSetup): void {
	const salesflowTrigger = async (url: string) =>
		setup().test.node({
			node: 'salesflowTrigger',
			parameters: { events: ['replyDetected'], campaigns: 'all' },
			credential: await setup().credential(url),
		});
	const convertalkTrigger = async (url: string) =>
		setup().test.node({
			node: 'convertalkTrigger',
			parameters: {
				events: ['leadCreated'],
				pollTimes: { item: [{ mode: 'everyHour', minute: 0 }] },
			},
			credential: await setup().test.credential('convertalkApi', {
				...{
					token: 'a-token',
					botId: 'b',
					customerId: 'c',
					authentication: 'bearer',
					baseUrl: url,
				},
			}),
		});
	const activated = async (node: WorkflowNode) => {
		const workflow = await setup().test.n8n.createWorkflow(chain('Waiting', [node]));
		return await timed(async () => await message(setup().test.n8n.activate(workflow.id)));
	};
	const unreachable: Record<string, { url: () => Promise<string>; says: RegExp }> = {
		'an expired certificate': {
			url: async () => (await setup().expired()).url,
			says: /n8n does not trust the certificate of 127\.0\.0\.1: it has expired\. Check the clock/,
		},
		'nobody there': {
			url: async () => 'https://127.0.0.1:1',
			says: /could not be reached after 2 tries\. Check the address/,
		},
	};

	it.each(Object.keys(unreachable))(
		'learns of %s within 10 seconds, with reason and advice',
		async (name) => {
			const { url: make, says } = unreachable[name]!;
			const url = await make();
			const node = setup().test.node({
				node: 'salesflow',
				parameters: create,
				credential: await setup().credential(url),
			});
			const dropdown = await timed(
				async () => await message(setup().test.n8n.listSearch(node, 'searchCampaigns')),
			);
			expect(dropdown.result).toMatch(says);
			const tested = await timed(
				async () => await setup().test.n8n.testCredential(await setup().credential(url)),
			);
			expect(tested.result).toMatchObject({ status: 'Error' });
			const hook = await activated(await salesflowTrigger(url));
			expect(hook.result).toMatch(says);
			for (const { ms } of [dropdown, tested, hook]) expect(ms).toBeLessThan(10_000);
			const poll = await activated(await convertalkTrigger(url));
			expect(poll.result).toMatch(says);
			// n8n 2.41 itself polls five times, 15 seconds apart in all, before it tells anybody.
			expect(poll.ms).toBeLessThan(does('publishesAgain') ? 60_000 : 10_000);
		},
	);

	/** What some lists of Zenvia Sales depend on. */
	const prospectId = { __rl: true, mode: 'id', value: '5f0c2b7a9d3e4f1a2b3c4d5e' };
	const vendorsAt = async (url: string) =>
		await Promise.all(
			vendors.map(async (vendor) => ({
				...vendor,
				credential: await setup().test.credential(
					vendor.credentialType.name,
					credentialData(vendor, 'a-key-of-a-company', url),
				),
			})),
		);

	it.each(Object.keys(unreachable))(
		'learns of %s in each list, each test of a credential and each registration of every vendor',
		async (name) => {
			const { url: make, says } = unreachable[name]!;
			const url = await make();
			const expectSoon = async (what: string, work: Promise<unknown>) => {
				const { ms, result } = await timed(async () => await message(work));
				expect([what, result]).toEqual([what, expect.stringMatching(says)]);
				expect([what, ms < 10_000]).toEqual([what, true]);
			};
			for (const { name: node, node: type, kit, credential } of await vendorsAt(url)) {
				const typeVersion = [type.description.version].flat().at(-1);
				const formWith = (method: string) => {
					const parameters = { ...operationWith(type, method), prospectId };
					return setup().test.node({ node, typeVersion, parameters, credential });
				};
				const { listSearch = {}, loadOptions = {} } = type.methods ?? {};
				for (const method of Object.keys(listSearch))
					await expectSoon(method, setup().test.n8n.listSearch(formWith(method), method));
				for (const method of Object.keys(loadOptions))
					await expectSoon(method, setup().test.n8n.dynamicOptions(formWith(method), method));
				const tested = await timed(async () => await setup().test.n8n.testCredential(credential));
				expect(tested.result).toMatchObject({ status: 'Error' });
				expect(tested.ms).toBeLessThan(10_000);
				const { trigger, toldByHand } = kit.trial;
				if (toldByHand || 'pollTimes' in trigger) continue;
				const registering = setup().test.node({
					node: `${node}Trigger`,
					parameters: trigger,
					credential,
				});
				const { ms, result } = await activated(registering);
				expect([node, result]).toEqual([node, expect.stringMatching(says)]);
				expect(ms).toBeLessThan(10_000);
			}
			expect(setup().sim.requests).toEqual([]);
		},
	);

	it('learns within 10 seconds that a server says nothing at all', async () => {
		const url = `http://127.0.0.1:${(setup().silent.address() as AddressInfo).port}`;
		const says = /Salesflow gave no answer within 9 seconds\. Check the address .*HTTPS_PROXY/;
		const credential = await setup().credential(url);
		const node = setup().test.node({ node: 'salesflow', parameters: create, credential });
		const [dropdown, tested] = await Promise.all([
			timed(async () => await message(setup().test.n8n.listSearch(node, 'searchCampaigns'))),
			timed(async () => await setup().test.n8n.testCredential(credential)),
		]);
		expect(dropdown.result).toMatch(says);
		expect(tested.result).toMatchObject({ status: 'Error' });
		const hook = await activated(await salesflowTrigger(url));
		expect(hook.result).toMatch(says);
		for (const { ms } of [dropdown, tested, hook]) expect(ms).toBeLessThan(12_000);
	});
}

/** An operation in whose form something is that a method of the node fills. */
function operationWith({ description }: INodeType, method: string): INodeParameters {
	const field = description.properties.find((one) => JSON.stringify(one).includes(`"${method}"`));
	const { resource = [], operation = [] } = field?.displayOptions?.show ?? {};
	return { resource: resource[0], operation: operation[0] } as INodeParameters;
}
