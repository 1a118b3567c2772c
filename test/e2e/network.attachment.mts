import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import type { TlsOptions } from 'node:tls';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { does } from '../../dev/n8n/changes.mts';
import { type Item, itemsOf } from '../../dev/n8n/execution.mts';
import { chain, type SavedCredential } from '../../dev/n8n/workflow.mts';
import type { Simulator } from '../../dev/kit/simulator.mts';
import { startVendor } from '../../dev/simulators.mts';
import type { ZenviaSales } from '../../dev/vendors/zenviaSales/simulator/index.mts';
import { type NetworkSetup, onlyAtProxy } from './network.setup.mts';

const file = Buffer.from('What was sent with the message');

/** What becomes of a file whose server only the company's proxy can reach. */
export function describeAttachment(setup: () => NetworkSetup): void {
	let files: Server;
	let asked: string[];
	let zenvia: Simulator<ZenviaSales>;
	let credential: SavedCredential;

	beforeAll(async () => {
		files = createServer(({ url = '' }, response) => {
			asked.push(url);
			response.setHeader('content-type', 'application/pdf');
			response.end(file);
		}).listen(0, '127.0.0.1');
		await once(files, 'listening');
		const { simulator, type, data } = await startVendor('zenviaSales');
		zenvia = simulator;
		credential = await setup().test.credential(type, data);
	});

	afterAll(async () => {
		files?.close();
		await zenvia?.close();
	});

	/** The item of a message with a file at a server with this certificate, behind that proxy. */
	async function received(
		certificate: TlsOptions,
		proxy: keyof NetworkSetup['proxies'] = 'squid',
	): Promise<Item | undefined> {
		const { test, proxies, way } = setup();
		way.to = proxies[proxy].port;
		asked = [];
		const { port } = await setup().front(certificate, (files.address() as AddressInfo).port);
		const parameters = {
			...{ topics: ['interactions'], onConflict: 'replace' },
			options: { downloadAttachments: true, attachmentHosts: 'company.example' },
		};
		const trigger = test.node({ node: 'zenviaSalesTrigger', parameters, credential }, 'Trigger');
		const { id } = await test.n8n.createWorkflow(chain('Attachment', [trigger]));
		await test.n8n.activate(id);
		try {
			const [prospect = ''] = zenvia.vendor.seedProspects(1);
			zenvia.vendor.receiveMessage(prospect, {
				attachment: { type: 'DOCUMENT', url: `https://${onlyAtProxy}:${port}/offer.pdf` },
			});
			const [last] = await test.n8n.untilExecutions(id, 1);
			return itemsOf(await test.n8n.execution(last?.id ?? ''), 'Trigger')[0];
		} finally {
			await test.n8n.deactivate(id);
			way.to = proxies.squid.port;
		}
	}

	const named = { names: `DNS:${onlyAtProxy}` };

	if (does('looksUpHosts')) {
		it('is left out where n8n itself cannot look its host up, and DNS is named', async () => {
			const item = await received(await setup().authority.issue(named));
			expect(item?.json['warning']).toBe(
				`The attachment was left out. DNS on n8n's machine does not know ${onlyAtProxy}, and n8n asks it even if a proxy (HTTPS_PROXY) would fetch the file.`,
			);
			expect([item?.binary, asked]).toEqual([undefined, []]);
		});
		return;
	}

	it('comes through the proxy, by the company’s own authority', async () => {
		const item = await received(await setup().authority.issue(named));
		expect(item?.json['warning']).toBeUndefined();
		expect(item?.binary?.attachment).toMatchObject({
			...{ fileName: 'offer.pdf', mimeType: 'application/pdf' },
			fileSize: `${file.length} B`,
		});
		expect(asked).toEqual(['/offer.pdf']);
	});

	it('is left out where its certificate is of an authority that nobody knows', async () => {
		const item = await received(await setup().other.issue(named));
		expect(item?.json['warning']).toMatch(
			/^The attachment was left out\. n8n does not trust the certificate of files\.company\.example: n8n does not know the authority that signed it\. .*NODE_EXTRA_CA_CERTS/,
		);
		expect([item?.binary, asked]).toEqual([undefined, []]);
	});

	it('is left out where the proxy wants a password, and the proxy is named', async () => {
		const item = await received(await setup().authority.issue(named), 'guarded');
		expect(item?.json['warning']).toMatch(
			/^The attachment was left out\. The proxy squid\/\S+ wants a user and a password before it connects n8n to files\.company\.example \(407\)\. .*HTTPS_PROXY/,
		);
		expect([item?.binary, asked]).toEqual([undefined, []]);
	});
}
