import { afterEach, describe, expect, it } from '@jest/globals';
import { ZenviaSalesApi } from '../../../credentials/ZenviaSalesApi.credentials.ts';
import { ZenviaSales } from '../../../nodes/ZenviaSales/ZenviaSales.node.ts';
import { run as runInEngine } from '../engine.mts';
import { closeServers, serve } from '../server.mts';
import { by } from './prospectLocator.setup.mts';

afterEach(closeServers);

describe('an AI agent’s word for nothing', () => {
	it.each([
		['email', 'null'],
		['email', '""'],
		['phone', 'N/A'],
		['id', 'None'],
	])('in place of a prospect whose list is asked for is none: %s %s', async (mode, value) => {
		const server = await serve(() => []);
		const { items } = await runInEngine(
			{ node: new ZenviaSales(), credential: new ZenviaSalesApi() },
			{
				typeVersion: 1.2,
				asTool: true,
				parameters: { resource: 'quote', operation: 'getAll', prospectId: by(mode, value) },
				credential: { apiKey: 'key-of-an-agent', environment: 'custom', baseUrl: server.url },
			},
		);
		expect(JSON.stringify(items)).not.toContain('error');
		expect(server.received.map(({ path }) => path)).toEqual(['/prospects/quotes']);
	});
});

it.each([{}, [{}], [{ id: null }], { found: false }])(
	'%j is an answer about nobody, and no prospect without an ID',
	async (body) => {
		const server = await serve(() => body);
		const { error } = await runInEngine(
			{ node: new ZenviaSales(), credential: new ZenviaSalesApi() },
			{
				typeVersion: 1.2,
				parameters: {
					...{ resource: 'prospect', operation: 'delete' },
					prospectId: by('email', 'ana@example.com'),
				},
				credential: { apiKey: 'key-of-nobody', environment: 'custom', baseUrl: server.url },
			},
		);
		expect(error?.message).toContain('is "ana@example.com", which no prospect has');
		expect(server.received.map(({ path }) => path)).toEqual(['/prospect-by']);
	},
);
