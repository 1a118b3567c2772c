import { expect, it } from '@jest/globals';
import { chain, type SavedCredential } from '../../dev/n8n/workflow.mts';
import { startVendor } from '../../dev/simulators.mts';
import { message, type NetworkSetup } from './network.setup.mts';

/** What a vendor that is not on this machine is told of n8n's address. */
export function describeOutside(setup: () => NetworkSetup): void {
	/** By its text no address of this machine, so that nothing counts as a trial; it leads here all the same (ip(7)). */
	const outside = async (port: number) => {
		const certificate = await setup().authority.issue({ names: 'IP:0.0.0.0' });
		return (await setup().front(certificate, port)).url.replace('127.0.0.1', '0.0.0.0');
	};
	const at = async (address: string) => {
		await setup().test.n8n.restart({ WEBHOOK_URL: address });
		await setup().test.n8n.setUpOwner();
	};
	const saved = async (node: string, parameters: object, credential: SavedCredential) => {
		const trigger = setup().test.node(
			{ node, parameters: { ...parameters }, credential },
			'Trigger',
		);
		return (await setup().test.n8n.createWorkflow(chain(node, [trigger]))).id;
	};

	it('is given no address of n8n that it cannot reach or that shows its secret, and another is ended for none', async () => {
		const { simulator: zenvia, type, data } = await startVendor('zenviaSales');
		const { vendor } = zenvia;
		try {
			const events = { events: ['replyDetected'], campaigns: 'all' };
			const flow = await setup().credential(await outside(setup().sim.port));
			const baseUrl = String(data.baseUrl).replace(zenvia.url, await outside(zenvia.port));
			const sales = await setup().test.credential(type, { ...data, baseUrl });
			const takeOver = { topics: ['interactions'], onConflict: 'replace' };
			const triggers = [
				[
					...([
						'Salesflow',
						'or use the Salesflow Poll Trigger for contacts that were added:',
					] as const),
					await saved('salesflowTrigger', events, flow),
				],
				[
					...([
						'Zenvia',
						'or read what is new by schedule (Get Many, Only New Since Last Run).',
					] as const),
					await saved('zenviaSalesTrigger', takeOver, sales),
				],
			] as const;
			const [key] = vendor.keys.all;
			vendor.subscriptions.create(key!, ['quotes'], 'https://hooks.example/');
			const journals = () => [...setup().sim.journal.entries(), ...zenvia.journal.entries()];
			const before = journals();
			const refusals = [
				[setup().test.n8n.url, 'cannot reach n8n at ADDRESS.'],
				['http://n8n.example.com', 'would call n8n at ADDRESS, and others could read the secret'],
			] as const;
			for (const [address, why] of refusals) {
				if (address !== setup().test.n8n.url) await at(address);
				for (const [name, instead, id] of triggers) {
					const refusal = await message(setup().test.n8n.activate(id));
					expect(refusal).toContain(`${name} ${why.replace('ADDRESS', address)}`);
					expect(refusal).toContain(`Set WEBHOOK_URL to the https address of n8n, ${instead}`);
					await setup().test.n8n.deactivate(id);
				}
				expect(journals()).toEqual(before);
			}
			await at('https://n8n.example.com');
			for (const [, , id] of triggers) await setup().test.n8n.activate(id);
			const registered = [
				...[...setup().sim.vendor.webhooks.byId.values()].map(({ Url }) => Url),
				...vendor.subscriptions.active.map(({ callbackUrl }) => callbackUrl),
			];
			expect(registered.map((url) => new URL(url).origin)).toEqual([
				'https://n8n.example.com',
				'https://n8n.example.com',
			]);
			for (const [, , id] of triggers) await setup().test.n8n.deactivate(id);
		} finally {
			await zenvia.close();
		}
	});
}
