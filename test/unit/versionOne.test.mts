import { readFile } from 'node:fs/promises';
import { afterAll, expect, it } from '@jest/globals';
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { credentialData, vendors } from '../../dev/vendors.mts';
import { run } from './engine.mts';
import { closeServers, serve } from './server.mts';
import { cases } from './versionOne.cases.mts';

/** What the nodes sent before there was a version 1.1, in the order of the cases: requests, or that they refused. */
const recorded = JSON.parse(
	await readFile(new URL('versionOne.json', import.meta.url), 'utf8'),
) as unknown[];

afterAll(closeServers);

it('nodes of version 1 send what they sent before there was another', async () => {
	const server = await serve(() => ({}));
	const sent: unknown[] = [];
	for (const { node: name, parameters, item } of cases) {
		const vendor = vendors.find(({ node }) => node.description.name === name);
		if (!vendor) throw new Error(`There is no node ${name}.`);
		const baseUrl = server.url;
		const credential = {
			...{ ...credentialData(vendor, 'a-key', baseUrl), baseUrl, statisticsBaseUrl: baseUrl },
			...(name === 'zenviaSales' && { environment: 'custom' }),
			...(name === 'convertalk' && { botId: 'bot', customerId: 'customer' }),
		};
		server.received.length = 0;
		await run(
			{ node: vendor.node, credential: vendor.credentialType },
			{
				...{ typeVersion: 1, credential, items: [item as IDataObject] },
				parameters: parameters as INodeParameters,
			},
		);
		const requests = server.received.map(({ method, path, query, body }) => {
			query.delete('token');
			query.delete('api-key');
			return [method, path, String(query), ...(body ? [body] : [])];
		});
		sent.push(requests.length > 0 ? requests : 'refused');
	}
	expect(sent).toEqual(recorded);
});
