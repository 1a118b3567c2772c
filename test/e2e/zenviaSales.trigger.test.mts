import { describe, expect, test } from '@jest/globals';
import type { IDataObject } from 'n8n-workflow';
import { itemsOf } from '../../dev/n8n/execution.mts';
import { chain, type SavedWorkflow } from '../../dev/n8n/workflow.mts';
import {
	minute,
	triggerName,
	simulator,
	tested,
	credential,
	active,
	count,
	statuses,
	withZenviaSales,
} from './zenviaSales.trigger.setup.mts';
import { describeSubscription, describeMovedTrigger } from './zenviaSales.subscription.mts';
import { describeNotification } from './zenviaSales.notification.mts';

withZenviaSales();

describe('a workflow that answers', () => {
	/** The trigger as the editor gives it, and a message to whoever it tells of. */
	async function answering(events?: string[]): Promise<SavedWorkflow> {
		const parameters = { onConflict: 'stop', ...(events && { events }) };
		const trigger = tested.node(
			{ node: 'zenviaSalesTrigger', parameters, credential },
			triggerName,
		);
		const reply = {
			resource: 'message',
			operation: 'send',
			prospectId: '={{ $json.prospect.id }}',
			channel: 'whatsapp',
			content: 'Thanks!',
		};
		const send = tested.node({ node: 'zenviaSales', parameters: reply, credential }, 'Send');
		const nodes = [{ ...trigger, typeVersion: 1.2 }, send];
		const saved = await tested.n8n.createWorkflow(chain('Zenvia answers', nodes));
		await tested.n8n.activate(saved.id);
		active.push(saved.id);
		return saved;
	}

	test(
		'runs once for a message, and not for what was sent, happened to it or else happened',
		async () => {
			const saved = await answering();
			expect(simulator.vendor.subscriptions.active[0]?.topics).toEqual(['interactions']);
			const { interactions, prospects, subscriptions } = simulator.vendor;
			const [id = ''] = simulator.vendor.seedProspects(1);
			const received = simulator.vendor.receiveMessage(id, { content: 'Hi' });
			const [last] = await tested.n8n.untilExecutions(saved.id, 1);
			const execution = await tested.n8n.untilEnded(last?.id ?? '');
			expect(itemsOf(execution, triggerName)[0]?.json).toMatchObject({
				event: 'messageReceived',
				direction: 'incoming',
				by: 'contact',
			});
			await subscriptions.webhooks.idle();
			const prospect = prospects.get(id);
			const message = (more: object) => ({ via: 'whatsApp', proactive: true, ...more });
			const said = (performer?: string) => ({ message: { content: 'Hello', performer } });
			const named = (lastName: string) => ({ id: 'a'.repeat(24), firstName: 'Ana', lastName });
			const [person, bot] = [named('Silva'), named('Bot 🤖')];
			const other = { proactive: false, via: 'other' };
			const noneStarts: Record<string, object> = {
				'a person answers': message({ agent: person, output: said('agent') }),
				'what goes out, by the performer alone': { via: 'whatsApp', output: said('agent') },
				'a bot answers, by its own sign': message({ bot: true, output: said('bot') }),
				'a bot answers, by its name': message({ agent: bot, output: said() }),
				'a bot answers, with no agent': message({ output: said('other') }),
				'nothing says who wrote': { via: 'whatsApp', output: said('campaign') },
				'a note': { ...other, output: { comment: 'VIP' } },
				'a transfer': { ...other, output: {} },
				'a transfer to a person': { ...other, agent: person, output: {} },
			};
			const added = Object.values(noneStarts).map(
				(one) => interactions.add(prospect, one as never).id,
			);
			// What became of what the contact, the person and the bot wrote.
			for (const one of [received.id, ...added.slice(0, 3)])
				interactions.update(prospect, one, { type: 'message', status: 'read' });
			await subscriptions.webhooks.idle();
			await new Promise((resolve) => setTimeout(resolve, 1_000));
			expect(await count(saved)).toBe(1);
			expect(simulator.journal.entries('message.send')).toHaveLength(1);
			const { deliveries } = subscriptions.webhooks;
			expect(statuses(deliveries)).toEqual(deliveries.map(() => 200));
			expect(deliveries.length).toBe(2 + added.length + 4);
		},
		minute,
	);
});

test(
	'the Poll Trigger finds a message under the eventId that the webhook tells it with, once',
	async () => {
		const events = { events: ['messageReceived'] };
		const { vendor } = simulator;
		const [prospect = ''] = vendor.seedProspects(1);
		vendor.receiveMessage(prospect, { content: 'Before' });
		const told = tested.node(
			{ node: 'zenviaSalesTrigger', parameters: { ...events, onConflict: 'stop' }, credential },
			triggerName,
		);
		told.typeVersion = 1.2;
		const pollTimes = { item: [{ mode: 'everyX', unit: 'hours', value: 12 }] };
		const polled = tested.node(
			{ node: 'zenviaSalesPollTrigger', parameters: { ...events, pollTimes }, credential },
			triggerName,
		);
		const after = { name: 'After', type: 'n8n-nodes-base.noOp', typeVersion: 1, parameters: {} };
		const hooked = await tested.n8n.createWorkflow(chain('Told', [told]));
		const polling = await tested.n8n.createWorkflow(chain('Polled', [polled, after]));
		await tested.n8n.activate(hooked.id);
		active.push(hooked.id);
		// n8n polls at each activation, and keeps what the node remembers in between.
		await tested.n8n.activate(polling.id);
		await tested.n8n.deactivate(polling.id);
		const { id } = vendor.receiveMessage(prospect, { content: 'After' });
		await tested.n8n.activate(polling.id);
		const [[delivered], found] = (await Promise.all(
			[hooked, polling].map(async (one) => {
				const [execution] = await tested.n8n.untilExecutions(one.id, 1);
				const ended = await tested.n8n.untilEnded(execution?.id ?? '');
				return itemsOf(ended, triggerName).map(({ json }) => json);
			}),
		)) as [IDataObject[], IDataObject[]];
		expect(delivered).toMatchObject({ event: 'messageReceived', interaction: { id } });
		expect(found).toEqual([
			{
				...{ eventId: delivered?.eventId, event: 'messageReceived', direction: 'incoming' },
				...{ by: 'contact', topic: 'interactions', type: 'created', prospect: { id: prospect } },
				interaction: delivered?.interaction,
			},
		]);
		await tested.n8n.deactivate(polling.id);
		await tested.n8n.activate(polling.id);
		await tested.n8n.deactivate(polling.id);
		expect(await count(polling)).toBe(1);
	},
	minute,
);

describeSubscription();
describeMovedTrigger();
describeNotification();
