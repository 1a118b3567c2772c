import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from '@jest/globals';
import { does } from '../../dev/n8n/changes.mts';
import type { Execution } from '../../dev/n8n/execution.mts';
import {
	chain,
	credentialsOf,
	manualTrigger,
	type SavedCredential,
	type WorkflowNode,
} from '../../dev/n8n/workflow.mts';
import type { VendorName } from '../../dev/kit/vendorKit.mts';
import { vendorNames as names, vendorOf } from '../../dev/vendors.mts';
import { asked, nobody, credentialWith } from './credentials.setup.mts';
import { vendors, withVendors } from './vendors.setup.mts';
import { describeRepeatedKey, describeKeyOfEachItem } from './credentials.keys.mts';

withVendors();

const titleOf = (name: VendorName): string => vendorOf(name).title;

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
		['saleswhale', '/api/v2\u200b'],
		['salesflow', '/api/\u200e '],
		...names.flatMap((name) => ['/ ', '\u200b', '/\u2060'].map((end) => [name, end] as const)),
	] as const)('takes a base URL as it is pasted, as the nodes do: %s, %j', async (name, pasted) => {
		const { baseUrl } = vendors.dataFor(name);
		const credential = await credentialWith(name, { baseUrl: `${String(baseUrl)}${pasted}` });
		expect(await vendors.tested.n8n.testCredential(credential)).toMatchObject({ status: 'OK' });
	});
});

it.each(names)(
	'A base URL with an invisible character inside is named by its test: %s',
	async (name) => {
		const baseUrl = String(vendors.dataFor(name).baseUrl);
		for (const inside of ['\u200b', '\n']) {
			const credential = await credentialWith(name, {
				baseUrl: baseUrl.replace('127.', `127.${inside}`),
			});
			const { status, message } = await vendors.tested.n8n.testCredential(credential);
			expect([status, message]).toEqual([
				'Error',
				expect.stringContaining('an invisible character'),
			]);
		}
		expect(asked()).toEqual(nobody);
	},
);

it.each(names)('A key that an expression does not find is named by its test: %s', async (name) => {
	const { keyField } = vendorOf(name).kit;
	const credential = await credentialWith(name, { [keyField]: '={{ $vars.none }}' });
	const { status, message } = await vendors.tested.n8n.testCredential(credential);
	expect([status, message]).toEqual(['Error', expect.stringMatching(/^'.+' is empty\. Open/)]);
	expect(asked()).toEqual(nobody);
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

describeRepeatedKey();
describeKeyOfEachItem();
