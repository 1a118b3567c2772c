import { describe, expect, it } from '@jest/globals';
import { chain, manualTrigger } from '../../dev/n8n/workflow.mts';
import { repeating } from '../attack/refusals.mts';
import { operationsOf, parametersWith } from '../attack/vendors.mts';
import { Accounts } from './accounts.mts';
import type { VendorName } from '../../dev/kit/vendorKit.mts';
import { credentialData, vendorNames as names, vendorOf } from '../../dev/vendors.mts';
import { asked, nobody, credentialWith } from './credentials.setup.mts';
import { secrets, vendors } from './vendors.setup.mts';

/** Keys that a vendor shows. */
export function describeRepeatedKey(): void {
	describe('A key that a vendor repeats in good answers', () => {
		it.each(names)('is in nothing that n8n stores or shows: %s', async (name) => {
			const key = secrets[name];
			vendors.sims.convertalk.vendor.leads.add({ email: 'ana@example.com' });
			vendors.sims[name].setFault(repeating(key));
			const heard: unknown[] = [];
			vendors.tested.n8n.rest.listener = (answer) => heard.push(answer);
			const reads = operationsOf(name).filter(({ operation }) =>
				/^(get|getAll|check|search)/.test(operation.value),
			);
			const nodes = reads.map((chosen, n) =>
				vendors.tested.node(
					{
						node: name,
						parameters: parametersWith(chosen, {}),
						credential: vendors.credentials[name],
						onError: 'continueRegularOutput',
					},
					`N${n}`,
				),
			);
			const parallel = {
				...chain(name, [manualTrigger, ...nodes]),
				connections: {
					[manualTrigger.name]: {
						main: [nodes.map(({ name: node }) => ({ node, type: 'main', index: 0 }))],
					},
				},
			};
			const execution = await vendors.tested.n8n.run(parallel);
			heard.push(execution.raw);
			expect(JSON.stringify(execution.raw)).toContain('k=[hidden]');
			heard.push(await vendors.tested.n8n.testCredential(vendors.credentials[name]));
			vendors.tested.n8n.rest.listener = () => {};
			vendors.sims[name].setFault(undefined);
			expect(JSON.stringify(heard)).not.toContain(key);
		});

		it('is in no dropdown', async () => {
			vendors.sims.saleswhale.setFault(() => ({
				kind: 'alter',
				alter: (answer) => ({
					...answer,
					body: String(answer.body).replaceAll('"name":"', `"name":"${secrets.saleswhale} `),
				}),
			}));
			const credential = vendors.credentials.saleswhale;
			const node = vendors.tested.node({ node: 'saleswhale', parameters: {}, credential });
			const list = JSON.stringify(await vendors.tested.n8n.listSearch(node, 'searchCampaigns'));
			vendors.sims.saleswhale.setFault(undefined);
			expect(list).toContain('[hidden] ');
			expect(list).not.toContain(secrets.saleswhale);
		});
	});
}

/** An operation whose requests hold the marks of their items: whose they are, and which. */
const marked = (name: VendorName) => ({ ...vendorOf(name).kit.marked });

/** The marks in what was sent. */
const marksIn = (sent: unknown): string[] => JSON.stringify(sent).match(/client[a-c]-\d+/g) ?? [];

/** Keys that differ from item to item. */
export function describeKeyOfEachItem(): void {
	describe('A credential whose key is an expression', () => {
		const clients = ['a', 'b', 'c'];
		const keyOf = (client: string) => `key-of-client-${client}-nobody-may-see`;
		const items = Array.from({ length: 1000 }, (_, n) => {
			const client = clients[n % clients.length] as string;
			return { mark: `client${client}-${n}`, key: keyOf(client) };
		});

		it.each(names)(
			'sends 1,000 mixed items to three accounts, none to a wrong one: %s',
			async (name) => {
				const accounts = await Accounts.start(name, clients.map(keyOf));
				const data = credentialData(vendorOf(name), '={{ $json.key }}', accounts.url);
				const credential = await credentialWith(name, data);
				try {
					const result = await vendors.tested.runNode({
						...{ node: name, parameters: marked(name), credential, items },
					});
					expect(result.error).toBeUndefined();
					for (const client of clients) {
						const { requests = [] } = accounts.sims.get(keyOf(client)) ?? {};
						const arrived = requests.flatMap(({ query, body }) => marksIn([query, body]));
						const own = items.filter(({ key }) => key === keyOf(client)).map((item) => item.mark);
						expect([...new Set(arrived)].sort()).toEqual(own.sort());
					}
					expect(result.items.map(({ pairedItem }) => pairedItem)).toEqual(
						items.map((_, item) => ({ item })),
					);
					const output = JSON.stringify(result.items);
					for (const client of clients) expect(output).not.toContain(keyOf(client));
				} finally {
					await accounts.close();
				}
			},
		);

		it.each(names)('names the item without a key, and sends nothing: %s', async (name) => {
			const { keyField } = vendorOf(name).kit;
			const credential = await credentialWith(name, { [keyField]: '={{ $json.key }}' });
			const some = [0, 1, 2, 3].map((n) => ({
				mark: `clienta-${n}`,
				key: n === 3 ? '' : secrets[name],
			}));
			const { error } = await vendors.tested.runNode({
				...{ node: name, parameters: marked(name), credential, items: some },
			});
			expect(error?.message).toMatch(/^'(API Key|API Token|Token)' of item 3 is empty/);
			expect(error?.description).toContain('Nothing has been sent.');
			expect(asked()).toEqual(nobody);
		});

		it.each(['continueRegularOutput', 'continueErrorOutput'] as const)(
			'fails each item where nobody has a key, in words that stand with it: %s',
			async (onError) => {
				const credential = await credentialWith('saleswhale', { apiKey: '  ' });
				const result = await vendors.tested.runNode({
					...{ node: 'saleswhale', parameters: marked('saleswhale'), credential, onError },
					items: items.slice(0, 3),
				});
				const failed = onError === 'continueErrorOutput' ? result.failed : result.items;
				expect(failed.map(({ json }) => json.error)).toEqual(
					Array(3).fill(expect.stringContaining("'API Key' of the Saleswhale credential is empty")),
				);
				expect(asked()).toEqual(nobody);
			},
		);

		it('says in a dropdown that it has no value there', async () => {
			const credential = await credentialWith('saleswhale', { apiKey: '={{ $json.key }}' });
			const node = vendors.tested.node({ node: 'saleswhale', parameters: {}, credential });
			const said = await vendors.tested.n8n
				.listSearch(node, 'searchCampaigns')
				.then(JSON.stringify, String);
			expect(said).toMatch(/is known only when the workflow runs/);
			expect(asked()).toEqual(nobody);
		});
	});
}
