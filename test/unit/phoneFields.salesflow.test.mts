import { afterEach, describe, expect, it } from '@jest/globals';
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { SalesflowApi } from '../../credentials/SalesflowApi.credentials.ts';
import { Salesflow } from '../../nodes/Salesflow/Salesflow.node.ts';
import { type Options, newKey, runWith } from './phoneFields.setup.mts';
import { closeServers, type Received } from './server.mts';

afterEach(closeServers);
const salesflow = async (options: Options) =>
	await runWith(
		{ node: new Salesflow(), credential: new SalesflowApi() },
		(baseUrl) => ({ token: newKey(), accountId: '1', baseUrl }),
		options,
	);

describe('The phone of a contact in Salesflow', () => {
	const update = (phone: string, more: INodeParameters = {}): INodeParameters => ({
		resource: 'contact',
		operation: 'update',
		contactId: '7',
		updateFields: { phone },
		...more,
	});
	const phoneOf = ([one]: Received[]) =>
		Object.entries(one?.body as IDataObject).find(([name]) => name.toLowerCase() === 'phone')?.[1];

	it('goes out in E.164', async () => {
		const { received } = await salesflow({
			parameters: update('1 (212) 555-1234', { defaultCountry: 'US' }),
		});
		expect(phoneOf(received)).toBe('+12125551234');
	});

	it('is refused before it is sent', async () => {
		const { received, error } = await salesflow({ parameters: update('n/a') });
		expect(error).toMatch(/^'Phone' holds "n\/a", which has letters/);
		expect(received).toEqual([]);
	});

	it('goes out as it is in the version before', async () => {
		const { received } = await salesflow({ parameters: update('n/a'), typeVersion: 1 });
		expect(phoneOf(received)).toBe('n/a');
	});
});
