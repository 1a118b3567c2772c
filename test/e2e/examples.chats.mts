import { describe, expect, it } from '@jest/globals';
import { filledIn, publishExample, runExample, standIn } from './examples.setup.mts';
import { answer, beginAsking } from './sendAndWait.mts';
import { expectOwnRequests, vendors } from './vendors.setup.mts';
import { itemsOf } from '../../dev/n8n/execution.mts';
import { until } from '../../dev/n8n/until.mts';

/** Chats that are answered. */
export function describeChats(): void {
	describe('a chat', () => {
		/** Slack and the mail server have stand-ins: nobody but a person can answer there. */
		it.each([
			['zenvia-answer-from-slack', 'Ask in Slack'],
			['zenvia-answer-by-email', 'Ask by E-mail'],
		])('is answered by %s', async (name, ask) => {
			const { vendor } = vendors.sims.zenviaSales;
			const [prospectId = ''] = vendor.seedProspects(1);
			const interaction = vendor.receiveMessage(prospectId, { content: 'When do you open?' });
			const workflow = await filledIn(vendors, name);
			standIn(workflow, ask, ['message'], { data: { text: 'At nine.' } });
			const event = { topic: 'interactions', type: 'created', interaction };
			const given = await runExample(vendors, workflow, {
				'Message Received': [{ ...event, prospect: vendor.prospects.get(prospectId) }],
			});
			expect(given(ask)).toMatchObject([
				{ message: 'Seed (+5491110000001) writes: When do you open?' },
			]);
			expect(given('Send Answer')).toMatchObject([
				{ prospectId, output: { message: { content: 'At nine.' } } },
			]);
			expectOwnRequests();
		});

		it('is asked, and what comes of it stands in its history', async () => {
			const { vendor } = vendors.sims.zenviaSales;
			const { n8n } = vendors.tested;
			const [prospectId = ''] = vendor.seedProspects(1);
			vendor.receiveMessage(prospectId, { content: 'Hello' });
			const [value = ''] = vendor.prospects.get(prospectId).phones;
			const assignments = [
				{ id: 'phone', name: 'phone', value, type: 'string' },
				{ id: 'when', name: 'when', value: 'Friday', type: 'string' },
			];
			const workflow = await filledIn(vendors, 'ask-and-wait', {
				Appointment: { assignments: { assignments } },
			});
			const { id, link } = await beginAsking(n8n, workflow, 'Ask');
			expect(await (await fetch(link)).text()).toContain('Shall we see you on Friday?');
			expect((await answer(link, { approved: 'false' })).status).toBe(200);
			const execution = await n8n.untilEnded(id);
			expect(itemsOf(execution, 'Write Answer')).toMatchObject([
				{
					json: {
						prospectId,
						output: { comment: 'Appointment on Friday: declined by the contact.' },
					},
				},
			]);
			expectOwnRequests();
		});

		it('in several short messages is answered once', async () => {
			const { vendor } = vendors.sims.zenviaSales;
			const [prospectId = ''] = vendor.seedProspects(1);
			const received = ['Hi', 'One question:', 'Do you deliver?'].map((content) =>
				vendor.receiveMessage(prospectId, { content }),
			);
			// A reaction: a message that says nothing, and starts no execution.
			vendor.receiveMessage(prospectId);
			const prospect = vendor.prospects.get(prospectId);
			const workflow = await filledIn(vendors, 'buffer-messages', {
				'Wait a Little': { amount: 0 },
			});
			const answers: object[] = [];
			for (const interaction of received) {
				const given = await runExample(vendors, workflow, {
					'Message Received': [{ prospect, interaction }],
				});
				answers.push([given('One Text'), given('Answer').length]);
			}
			const text = 'Hi\nOne question:\nDo you deliver?';
			expect(answers).toEqual([
				[[], 0],
				[[], 0],
				[[{ text, count: 3 }], 1],
			]);
			expectOwnRequests();
		});

		it('reply of LinkedIn is read in Slack, also where a narrow blank stands before PM', async () => {
			const workflow = await filledIn(vendors, 'salesflow-replies-to-slack');
			standIn(workflow, 'Post in Slack', ['text']);
			const { vendor } = vendors.sims.salesflow;
			vendor.timeStyle.beforeHalf = '\u202f';
			const given = await publishExample(vendors, workflow, () => {
				const [contact] = vendor.seedContacts(1);
				vendor.connect(contact?.MemberId);
				vendor.reply(contact?.MemberId, 'Yes, please');
			});
			expect(given('Post in Slack')).toEqual([
				{ text: 'Person 1 replied to Sales 1: Yes, please\nhttps://linkedin.com/in/person-1' },
			]);
			// A registration outlives its workflow by two seconds, for a change that n8n makes of an end and a beginning.
			await until(
				async () => (vendor.webhooks.byId.size === 0 ? true : undefined),
				() => 'the webhooks of the example are still there',
			);
		});
	});
}
