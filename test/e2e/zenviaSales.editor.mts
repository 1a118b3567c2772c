import { describe, expect, it } from '@jest/globals';
import { apiKey } from '../../dev/vendors/zenviaSales/n8n.mts';
import { setup, ids } from './zenviaSales.setup.mts';

/** What the editor asks Zenvia for. */
export function describeEditor(): void {
	describe('the editor', () => {
		const node = (parameters: object) =>
			setup.tested.node({
				node: 'zenviaSales',
				parameters: { ...parameters },
				credential: setup.credential,
			});

		it('tests the credential', async () => {
			const { id, name, type } = setup.credential;
			const data = { apiKey, environment: 'custom', baseUrl: `${setup.simulator.url}/api/v1` };
			expect(await setup.tested.n8n.testCredential({ id, name, type }, data)).toMatchObject({
				status: 'OK',
			});
			const wrong = await setup.tested.n8n.testCredential(
				{ id, name, type },
				{ ...data, apiKey: 'wrong' },
			);
			expect(wrong.status).not.toBe('OK');
		});

		it('fills the lists of the node', async () => {
			const { n8n } = setup.tested;
			const transfer = node({
				resource: 'prospect',
				operation: 'transfer',
				prospectId: ids.prospect,
			});
			const found = await n8n.listSearch(transfer, 'searchGroups', {
				path: 'parameters.groupId',
			});
			expect(found.results.map(({ value }) => value)).toContain(ids.group);
			const users = await n8n.listSearch(transfer, 'searchUsers', { path: 'parameters.userId' });
			expect(users.results.map(({ value }) => value)).toContain(ids.agent);
			const labels = await n8n.dynamicOptions(
				node({ resource: 'prospect', operation: 'setLabel' }),
				'getLabels',
				'parameters.label',
			);
			expect(labels).toContainEqual(expect.objectContaining({ value: 'warm' }));
			const message = {
				resource: 'message',
				operation: 'sendTemplate',
				prospectId: ids.prospect,
				channel: 'whatsapp',
			};
			const channels = await n8n.dynamicOptions(node(message), 'getChannels', 'parameters.channel');
			expect(channels).toContainEqual({ name: 'WhatsApp', value: 'whatsapp' });
			const templates = await n8n.listSearch(node(message), 'searchTemplates', {
				path: 'parameters.templateKey',
			});
			expect(templates.results.map(({ value }) => value)).toContain('appointment');
		});

		it('has the variables of a template as fields', async () => {
			const chosen = node({
				resource: 'message',
				operation: 'sendTemplate',
				prospectId: ids.prospect,
				channel: 'whatsapp',
				templateKey: { __rl: true, mode: 'list', value: 'appointment' },
			});
			const { fields } = await setup.tested.n8n.resourceMapperFields(
				chosen,
				'getTemplateVariables',
				'parameters.parameters',
			);
			expect(fields.map(({ id, required }) => [id, required])).toEqual([
				['prospect.firstName', false],
				['date', true],
				['place', true],
			]);
		});
	});
}
