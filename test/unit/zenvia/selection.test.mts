import { afterEach, expect, it } from '@jest/globals';
import type { IDataObject } from 'n8n-workflow';
import { credentialData, vendorOf } from '../../../dev/vendors.mts';
import { Binaries } from '../binaries.mts';
import { run, type RunOptions } from '../engine.mts';
import { closeServers, serve } from '../server.mts';

afterEach(closeServers);

/** Writes a selection of one prospect to a CSV file. @returns the item, and the file's lines */
async function write(parameters: IDataObject, prospect: IDataObject) {
	const vendor = vendorOf('zenviaSales');
	const server = await serve(({ query }) => ({
		contacts: query.get('offset') === '0' ? [prospect] : [],
	}));
	const { items, error } = await run(
		{ node: vendor.node, credential: vendor.credentialType },
		{
			typeVersion: 1.2,
			credential: credentialData(vendor, 'key', server.url) as RunOptions['credential'],
			parameters: {
				...{ resource: 'prospect', operation: 'getSelection', selectionId: 'vip' },
				...{ returnAll: true, returnAs: 'file', fileFormat: 'csv', ...parameters },
			} as RunOptions['parameters'],
		},
	);
	expect(error).toBeUndefined();
	const lines = (await Binaries.text(items[0]?.binary?.data)).split('\r\n');
	return { json: items[0]?.json, lines };
}

it('The file of a selection has the fields that were asked for, whether Zenvia documents them or not', async () => {
	const prospect = { id: '1', firstName: 'Ana', score: 7, additionalData: { cpf: '1' } };
	const fields = 'firstName, score, additionalData.cpf';
	const asked = await write({ fields }, prospect);
	expect(asked.lines[0]).toMatch(/^id,created,.*,whatsAppDueAt,score$/);
	expect(asked.lines[1]).toMatch(/^1,.*,7$/);
	expect(asked.json).toMatchObject({ count: 1, leftOut: { fields: {} } });
	const { lines, json } = await write({}, prospect);
	expect(lines[0]).toMatch(/,whatsAppDueAt$/);
	expect(json).toMatchObject({ leftOut: { fields: { score: 1 } } });
});
