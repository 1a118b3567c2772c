import { describe, expect, it } from '@jest/globals';
import type { INodeParameters } from 'n8n-workflow';
import { SalesflowSetup } from './salesflow.setup.mts';

const salesflow = new SalesflowSetup();

/** A GET that adds Ana, whose answer is lost after Salesflow has added her. */
async function addAna(operation: string, path: string, more: INodeParameters = {}) {
	let lost = 0;
	salesflow.sim.setFault(({ operationId }) =>
		operationId === 'contact.import' && lost++ < 2 ? { kind: 'drop', when: 'after' } : undefined,
	);
	const query = {
		campaignId: `${salesflow.campaignId}`,
		linkedInUrl: 'https://linkedin.com/in/ana',
	};
	const parameter = Object.entries(query).map(([name, value]) => ({ name, value }));
	const result = await salesflow.run(
		{ resource: 'customApiCall', operation, path, query: { parameter }, ...more },
		{ typeVersion: 1.2 },
	);
	return { ...result, added: salesflow.sim.journal.entries('contact.import').length };
}

describe('a request of one’s own', () => {
	it.each(['/api/members/Import', 'api/members/Import'])(
		'that adds a contact by GET is sent once where its answer is lost: %s',
		async (path) => {
			for (const operation of ['send', 'getAll']) {
				salesflow.sim.reset();
				const { added, error } = await addAna(operation, path);
				expect([operation, added]).toEqual([operation, 1]);
				expect(error?.message).toBe('Salesflow gave no answer that can be read');
				expect(error?.description).toMatch(/^This may have worked\. Look in Salesflow /);
			}
		},
	);

	it('that reads is sent again', async () => {
		let lost = 0;
		salesflow.sim.setFault(() => (lost++ < 1 ? { kind: 'drop', when: 'after' } : undefined));
		const { items, error } = await salesflow.run(
			{ resource: 'customApiCall', operation: 'send', path: '/api/campaigns/list-campaigns' },
			{ typeVersion: 1.2 },
		);
		expect(error).toBeUndefined();
		expect(items).toHaveLength(12);
	});
});
