import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { itemsOf } from '../../dev/n8n/execution.mts';
import { triggerOf, type Workflow } from '../../dev/n8n/workflow.mts';
import { Setup } from '../../dev/vendors/zenviaSales/n8n.mts';

const dayMs = 86_400_000;

let setup: Setup;
beforeAll(async () => (setup = await Setup.start()));
afterAll(async () => await setup?.close());
beforeEach(() => setup.simulator.reset());

/** An example as a person has it after the credential is chosen. */
async function example(name: string): Promise<Workflow> {
	const text = await readFile(
		new URL(`../../examples/zenvia-${name}.json`, import.meta.url),
		'utf8',
	);
	const workflow = JSON.parse(text) as Workflow;
	for (const node of workflow.nodes)
		if (node.credentials) node.credentials = { zenviaSalesApi: setup.credential };
	return workflow;
}

/** Runs it, from what its trigger would hand out. */
async function run(workflow: Workflow, event?: object) {
	const trigger = triggerOf(workflow);
	const pinData = event ? { [trigger.name]: [{ json: event }] } : {};
	const execution = await setup.tested.n8n.run({ ...workflow, pinData }, { trigger: trigger.name });
	expect(execution.error).toBeUndefined();
	expect(setup.simulator.violations()).toEqual([]);
	return (name: string) => itemsOf(execution, name).map(({ json }) => json);
}

function event(content: string) {
	const { vendor } = setup.simulator;
	const [prospectId = ''] = vendor.seedProspects(1);
	vendor.receiveMessage(prospectId, { content: 'Good morning' });
	const interaction = vendor.receiveMessage(prospectId, { content });
	return {
		event: 'messageReceived',
		direction: 'incoming',
		topic: 'interactions',
		type: 'created',
		prospect: vendor.prospects.get(prospectId),
		interaction,
	};
}

describe('an example', () => {
	/** The example with the group that a person chooses. */
	async function handover(group?: string): Promise<Workflow> {
		const workflow = await example('handover-with-history');
		const transfer = workflow.nodes.find(({ name }) => name === 'Transfer');
		if (transfer) transfer.parameters['groupId'] = { __rl: true, mode: 'id', value: group };
		return workflow;
	}

	it('hands over with the history', async () => {
		const group = setup.simulator.vendor.groups[2]?.id;
		const workflow = await handover(group);
		const given = event('An AGENT, please');
		const items = await run(workflow, given);
		const [note] = items('Write Note');
		expect(note?.output).toEqual({
			comment: 'Contact: Good morning\nContact: An AGENT, please',
		});
		expect(setup.simulator.vendor.prospects.get(given.prospect.id).groupId).toBe(group);
	});

	it('hands over nobody who did not ask', async () => {
		const items = await run(
			await handover(setup.simulator.vendor.groups[2]?.id),
			event('Thank you'),
		);
		expect(items('Asks for a Person?')).toEqual([]);
	});

	/** The example with the number that a person puts in. */
	async function template(phone: string): Promise<Workflow> {
		const workflow = await example('template-to-phone');
		const whom = workflow.nodes.find(({ name }) => name === 'Whom and What');
		const { assignments } = whom?.parameters['assignments'] as {
			assignments: Array<{ name: string; value: string }>;
		};
		for (const one of assignments) if (one.name === 'phone') one.value = phone;
		return workflow;
	}

	it.each([
		['of somebody new', 0],
		['of a contact', 1],
	])('sends a template to a phone number %s', async (_, count) => {
		const { vendor } = setup.simulator;
		vendor.seedProspects(count);
		const items = await run(await template('+54 9 11 1000-0001'));
		const content = 'Hello there, we expect you on 1 May at Avenida Paulista 1000.';
		expect(items('Send Template')).toMatchObject([{ output: { message: { content } } }]);
		expect(vendor.prospects.byId.size).toBe(1);
	});

	it('sends no template before a number is put in', async () => {
		const workflow = await example('template-to-phone');
		const { error } = await setup.tested.n8n.run(workflow, { trigger: 'Start' });
		expect(error?.message).toContain("'Prospect' holds");
		expect(error?.description).toContain('Nothing has been sent');
		expect(setup.simulator.requests).toEqual([]);
	});

	it('mirrors a message', async () => {
		const given = event('Hello');
		const items = await run(await example('mirror-messages'), given);
		expect(items('Record')).toMatchObject([
			{
				id: given.interaction.id,
				contact: given.prospect.id,
				direction: 'in',
				channel: 'whatsApp',
				text: 'Hello',
			},
		]);
	});

	it('exports a year', async () => {
		setup.simulator.vendor.seedInteractions({
			count: 400,
			from: new Date(Date.now() - 360 * dayMs).toISOString(),
			to: new Date(Date.now() - dayMs).toISOString(),
		});
		const items = await run(await example('export-year'));
		expect(new Set(items('Columns').map(({ id }) => id)).size).toBe(400);
		expect(items('To CSV')).toHaveLength(1);
	});

	it('archives idle chats and no others', async () => {
		const { vendor } = setup.simulator;
		const [idle = '', assigned = '', silent = '', busy = '', fresh = ''] = vendor.seedProspects(5);
		const all = [idle, assigned, silent, busy, fresh];
		const old = new Date(Date.now() - 40 * dayMs).toISOString();
		for (const id of all) {
			const prospect = vendor.prospects.get(id);
			prospect.status = 'followUp';
			// One that came in yesterday and has not written yet is not idle.
			if (id !== fresh) prospect.created = old;
		}
		const prospectIds = [idle, assigned, busy];
		vendor.seedInteractions({ count: 3, from: old, to: old, prospectIds });
		// An assignment and a note are interactions, and no messages.
		const { interactions, prospects } = vendor;
		const other = { proactive: false, via: 'other' };
		interactions.add(prospects.get(assigned), { ...other, output: {} });
		interactions.add(prospects.get(assigned), { ...other, output: { comment: 'VIP' } });
		vendor.receiveMessage(busy, { content: 'Hello' });
		await run(await example('archive-idle-chats'));
		expect(all.map((id) => vendor.prospects.get(id).status)).toEqual([
			'archived',
			'archived',
			'archived',
			'followUp',
			'followUp',
		]);
	});

	it('archives idle chats where nobody wrote to anybody for a month', async () => {
		const { vendor } = setup.simulator;
		const all = vendor.seedProspects(2);
		for (const id of all) {
			const prospect = vendor.prospects.get(id);
			prospect.status = 'followUp';
			prospect.created = new Date(Date.now() - 40 * dayMs).toISOString();
		}
		await run(await example('archive-idle-chats'));
		expect(all.map((id) => vendor.prospects.get(id).status)).toEqual(['archived', 'archived']);
	});
});
