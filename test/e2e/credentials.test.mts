import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { does } from '../../dev/n8n/changes.mts';
import type { Execution } from '../../dev/n8n/execution.mts';
import {
	chain,
	credentialsOf,
	manualTrigger,
	type SavedCredential,
	type WorkflowNode,
} from '../../dev/n8n/workflow.mts';
import { repeating } from '../attack/refusals.mts';
import { operationsOf, parametersWith } from '../attack/vendors.mts';
import { Accounts } from './accounts.mts';
import type { VendorName } from '../../dev/kit/vendorKit.mts';
import { credentialData, vendorNames as names, vendorOf } from '../../dev/vendors.mts';
import { secrets, Vendors } from './vendors.setup.mts';

const titleOf = (name: VendorName): string => vendorOf(name).title;
let vendors: Vendors;
beforeAll(async () => {
	vendors = await Vendors.start();
});
afterAll(async () => await vendors?.close());
beforeEach(() => vendors.reset());

const asked = () => names.map((name) => vendors.sims[name].counts.requests);
const nobody = names.map(() => 0);

/** A credential of a vendor whose data differs from the right one. */
const credentialWith = async (name: VendorName, more: object): Promise<SavedCredential> =>
	await vendors.tested.credential(`${name}Api`, { ...vendors.dataFor(name), ...more });

/** The simulator by an address that is not this machine by name, though it leads there: Linux takes it so. */
const plain = (name: VendorName) => {
	const { baseUrl } = vendors.dataFor(name);
	return String(baseUrl).replace('127.0.0.1', '0.0.0.0');
};

/** HTTP Request with one of our credentials. @param path below the simulator's address */
const httpRequest = (
	credential: SavedCredential,
	typeVersion: number,
	url: string,
	more: object = {},
): WorkflowNode => ({
	name: `${credential.type} ${typeVersion} ${new URL(url).pathname}`,
	type: 'n8n-nodes-base.httpRequest',
	typeVersion,
	parameters: {
		url,
		authentication: 'predefinedCredentialType',
		nodeCredentialType: credential.type,
		options: {},
		...more,
	},
	credentials: credentialsOf(credential),
	onError: 'continueRegularOutput',
});

const run = async (nodes: WorkflowNode[]): Promise<Execution> =>
	await vendors.tested.n8n.run(chain('Credentials', [manualTrigger, ...nodes]));

/** What a node gave in its last run. */
const given = ({ nodes }: Execution, name: string) =>
	nodes[name]
		?.at(-1)
		?.outputs.flat()
		.map(({ json }) => json) ?? [];

describe('A credential whose address would show the key', () => {
	it.each(names)('is sent nowhere by its test, and says why: %s', async (name) => {
		const credential = await credentialWith(name, { baseUrl: plain(name) });
		const { status, message } = await vendors.tested.n8n.testCredential(credential);
		expect(status).toBe('Error');
		expect(message).toContain(
			`The base URL of the ${titleOf(name)} credential begins with http://`,
		);
		expect(asked()).toEqual(nobody);
	});

	it.each(names)('is sent to no host that it does not allow: %s', async (name) => {
		const restricted = { allowedHttpRequestDomains: 'domains', allowedDomains: 'example.com' };
		const credential = await credentialWith(name, restricted);
		const { status, message } = await vendors.tested.n8n.testCredential(credential);
		expect(status).toBe('Error');
		expect(message).toContain(`The ${titleOf(name)} credential does not allow 127.0.0.1`);
		expect(asked()).toEqual(nobody);
		expect(await vendors.tested.n8n.testCredential(vendors.credentials[name])).toMatchObject({
			status: 'OK',
		});
	});
});

/** Answers all that is asked in one way. */
async function answering(body: string, type: string): Promise<{ url: string; close(): void }> {
	const server = createServer((_, response) => {
		response.writeHead(200, { 'content-type': type }).end(body);
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
	return { url, close: () => void server.close() };
}

describe('The test of a credential', () => {
	it.each(['', '\n', '  '])(
		'takes no web page for an answer of the vendor, behind %j',
		async (blanks) => {
			const page = await answering(`${blanks}<!DOCTYPE html><title>Sign in</title>`, 'text/html');
			// Its answer is asked for as text, in which JSON may have blanks in front.
			const tested = names.filter((name) => blanks === '' || name !== 'salesflow');
			try {
				for (const name of tested) {
					const credential = await credentialWith(name, { baseUrl: page.url });
					const { status, message } = await vendors.tested.n8n.testCredential(credential);
					expect([name, status]).toEqual([name, 'Error']);
					expect(message).toContain(`A web page came in place of an answer of ${titleOf(name)}`);
				}
			} finally {
				page.close();
			}
		},
	);

	it('takes an account of Salesflow that has no campaigns yet', async () => {
		const empty = await answering('[]', 'application/json');
		try {
			const credential = await credentialWith('salesflow', { baseUrl: empty.url });
			expect(await vendors.tested.n8n.testCredential(credential)).toMatchObject({ status: 'OK' });
		} finally {
			empty.close();
		}
	});

	it.each([
		['salesflow', '/api/'],
		['saleswhale', '/api/v2'],
		['saleswhale', '/api/v2/ '],
		...names.map((name) => [name, '/ '] as const),
	] as const)('takes a base URL as it is pasted, as the nodes do: %s, %j', async (name, pasted) => {
		const { baseUrl } = vendors.dataFor(name);
		const credential = await credentialWith(name, { baseUrl: `${String(baseUrl)}${pasted}` });
		expect(await vendors.tested.n8n.testCredential(credential)).toMatchObject({ status: 'OK' });
	});
});

/** Those that take a predefined credential. */
const versions = [
	...[2, 3, 4, 4.1, 4.2, 4.3],
	...(does('hasHttpRequest44') ? [4.4] : []),
	...(does('hasHttpRequest45') ? [4.5] : []),
];

describe('HTTP Request with our credentials', () => {
	it('sends the key as each vendor wants it, in every version', async () => {
		const bot = { botId: 'bot-1', customerId: 'customer-1' };
		const search = new URLSearchParams({ ...bot, page: '1', type: 'lead' });
		const paths: Array<[VendorName, string]> = [
			['saleswhale', '/api/v2/team'],
			['zenviaSales', '/api/v1/integration'],
			['salesflow', '/api/accounts/list'],
			['salesflow', '/api/campaigns/list-campaigns'],
			['convertalk', `/inbox/direct/chats?${search}`],
		];
		const nodes = versions.flatMap((version) =>
			paths.map(([name, path]) =>
				httpRequest(vendors.credentials[name], version, vendors.sims[name].url + path, {
					options: { fullResponse: true, response: { response: { fullResponse: true } } },
				}),
			),
		);
		const execution = await run(nodes);
		const statuses = nodes.map(({ name }) => [
			name,
			given(execution, name)[0]?.statusCode ?? given(execution, name)[0],
		]);
		expect(statuses).toEqual(nodes.map(({ name }) => [name, 200]));
		expect(vendors.violations()).toEqual([]);
	});

	it('sends no key in the clear', async () => {
		const nodes = names.flatMap((name) =>
			[2, 4.2].map((version) =>
				httpRequest(vendors.credentials[name], version, `${plain(name)}/any`),
			),
		);
		const execution = await run(nodes);
		const said = nodes.map(({ name }) => JSON.stringify(given(execution, name)));
		expect(said.filter((text) => !text.includes('begins with http://'))).toEqual([]);
		expect(asked()).toEqual(nobody);
	});
});

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

/** An operation whose requests hold the marks of their items: whose they are, and which. */
const marked = (name: VendorName) => ({ ...vendorOf(name).kit.marked });

/** The marks in what was sent. */
const marksIn = (sent: unknown): string[] => JSON.stringify(sent).match(/client[a-c]-\d+/g) ?? [];

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

describe('Retry On Fail of n8n', () => {
	it.each(['continueRegularOutput', 'continueErrorOutput'])(
		'creates nothing twice where the first item fails: %s',
		async (onError) => {
			const emails = ['bad@example.com', 'b@example.com', 'c@example.com'];
			const refused = new Set<unknown>();
			vendors.sims.saleswhale.setFault(({ body }) => {
				const isFirst = JSON.stringify(body).includes('bad@') && !refused.has('bad');
				if (!isFirst) return undefined;
				refused.add('bad');
				const answer = { status: 422, body: { errors: [{ message: 'Not now' }] } };
				return { kind: 'answer', when: 'before', answer };
			});
			const node = {
				...vendors.tested.node({
					node: 'saleswhale',
					parameters: {
						...{ resource: 'lead', operation: 'create' },
						...{ firstName: 'Ana', email: '={{ $json.email }}' },
					},
					credential: vendors.credentials.saleswhale,
				}),
				...{ onError, retryOnFail: true, maxTries: 3, waitBetweenTries: 10 },
			};
			const execution = await vendors.tested.n8n.run({
				...chain('Retry', [manualTrigger, node]),
				pinData: { [manualTrigger.name]: emails.map((email) => ({ json: { email } })) },
			});
			vendors.sims.saleswhale.setFault(undefined);
			const sent = vendors.sims.saleswhale.requests.map(
				({ body }) => (body as { lead?: { email?: string } }).lead?.email,
			);
			expect(sent.sort()).toEqual([
				'b@example.com',
				'bad@example.com',
				'bad@example.com',
				'c@example.com',
			]);
			expect(given(execution, node.name).map(({ email }) => email)).toEqual(emails);
		},
	);
});
