import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { itemsOf } from '../../dev/n8n/execution.mts';
import { chain } from '../../dev/n8n/workflow.mts';
import {
	events,
	sim,
	test,
	credential,
	own,
	active,
	post,
	token,
} from './salesflow.trigger.setup.mts';

/** n8n reads executions from its database; what has not started by then has not started. Milliseconds. */
const grace = 1500;

/** What a workflow gets of a delivery, and who is refused. */
export function describeDeliveries(): void {
	describe('the Salesflow trigger in n8n', () => {
		it('hands on the three events with usable types', async () => {
			await active({ events }, async (saved) => {
				const { MemberId: id } = sim.vendor.seedContacts(1)[0] ?? {};
				const happenings = [
					() => sim.vendor.connect(id),
					() => sim.vendor.reply(id, 'A < B & "C"'),
					() => sim.vendor.withdraw(id),
				];
				const seen = [];
				for (const [n, happen] of happenings.entries()) {
					happen();
					await sim.vendor.sender.idle();
					const [newest] = await test.n8n.untilExecutions(saved.id, n + 1);
					const execution = await test.n8n.execution(newest?.id ?? '');
					seen.push(itemsOf(execution, 'Trigger')[0]?.json ?? {});
				}
				expect(seen.map(({ Event }) => Event)).toEqual(events);
				expect(seen[0]).toMatchObject({
					MemberId: id,
					StatusNames: ['MEMBER_CONNECTED'],
					DateAdded: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
				});
				expect(seen[1]?.Messages).toEqual([
					expect.objectContaining({ Sender: 'Connection message', IsFromContact: false }),
					{
						Sender: 'Person 1',
						SentAt: expect.stringMatching(/Z$/),
						Text: 'A < B & "C"',
						IsFromContact: true,
					},
				]);
			});
		});

		it('reads a reply whatever stands before PM, and no day that does not exist', async () => {
			await active({ events: ['replyDetected'] }, async (saved) => {
				const { MemberId } = sim.vendor.seedContacts(1)[0] ?? {};
				const message = { Sender: 'Ada King', Text: 'Hello', IsFromContact: true };
				for (const [n, half] of ['\u202fPM', '\u00a0PM', 'PM', ' pm'].entries()) {
					const said = (date: string) => `<p>Ada King [${date} 4:33${half}]: Hello</p>`;
					const body = {
						...{ MemberId, FirstName: 'Ada ', LastName: 'King' },
						MemberActionsFormatted: said('2/18/2021') + said('2/30/2021'),
					};
					expect((await post(own()[0]?.Url ?? '', body)).status).toBe(200);
					const [newest] = await test.n8n.untilExecutions(saved.id, n + 1);
					const [item] = itemsOf(await test.n8n.execution(newest?.id ?? ''), 'Trigger');
					expect(item?.json['Messages']).toEqual([
						{ ...message, SentAt: '2021-02-18T16:33:00.000Z' },
						{ ...message, SentAt: null },
					]);
				}
			});
		});

		it('has a Poll Trigger beside it, which tells once of a contact that was added and of a campaign', async () => {
			const seldom = { pollTimes: { item: [{ mode: 'everyX', unit: 'hours', value: 12 }] } };
			const watched = [...sim.vendor.campaigns.keys()].slice(0, 2);
			const polled = test.node(
				{
					node: 'salesflowPollTrigger',
					parameters: {
						...{ events: ['contactAdded', 'campaignStatusChanged'], ...seldom },
						...{ campaigns: 'chosen', campaignIds: watched.map(String) },
					},
					credential,
				},
				'Trigger',
			);
			const after = { name: 'After', type: 'n8n-nodes-base.noOp', typeVersion: 1, parameters: {} };
			const { id } = await test.n8n.createWorkflow(chain('Polled', [polled, after]));
			sim.vendor.seedContacts(1, watched[1]);
			// n8n polls at each activation, and keeps what the node remembers in between.
			const poll = async () => {
				await test.n8n.activate(id);
				await test.n8n.deactivate(id);
			};
			await poll();
			const [added] = sim.vendor.seedContacts(1, watched[1]);
			const campaign = sim.vendor.campaigns.get(watched[0] ?? 0);
			const before = campaign?.Status;
			const Status = before === 'CAMPAIGN_PAUSED' ? 'CAMPAIGN_RUNNING' : 'CAMPAIGN_PAUSED';
			Object.assign(campaign ?? {}, { Status });
			await poll();
			const [one] = await test.n8n.untilExecutions(id, 1);
			const items = itemsOf(await test.n8n.untilEnded(one?.id ?? ''), 'Trigger');
			expect(items.map(({ json }) => json)).toMatchObject([
				{ Event: 'contactAdded', MemberId: added?.MemberId, CampaignId: watched[1] },
				{ Event: 'campaignStatusChanged', CampaignId: watched[0], Status },
			]);
			await poll();
			expect(await test.n8n.executions(id)).toHaveLength(1);
			expect(sim.violations()).toEqual([]);
		});

		it('refuses 25 forged deliveries with 401, and starts nothing', async () => {
			await active({ events: ['replyDetected'] }, async (saved) => {
				const { MemberId: id } = sim.vendor.seedContacts(1)[0] ?? {};
				const right = own()[0]?.Url ?? '';
				const secret = new URL(right).searchParams.get('secret') ?? '';
				const secrets = [
					'',
					'x',
					secret.slice(0, -1),
					`${secret}x`,
					secret.toUpperCase(),
					secret.toLowerCase(),
					` ${secret}`,
					`${secret}\n`,
					[...secret].reverse().join(''),
					'undefined',
					'null',
					'0',
					'[object Object]',
					'x'.repeat(43),
					'x'.repeat(10_000),
					token,
					'../',
					'%00',
					`${secret}${secret}`,
					'{}',
				];
				const forged = [
					...secrets.map(
						(one) => `${right.replace(/secret=.*/, '')}secret=${encodeURIComponent(one)}`,
					),
					right.replace(/\?.*/, ''),
					right.replace(/secret=.*/, ''),
					`${right}&secret=other`,
					right.replace('secret=', 'secret[]='),
					right.replace('secret=', 'secret[a]='),
				];
				expect(forged).toHaveLength(25);
				const body = { MemberId: id, secret };
				for (const url of forged) {
					expect([url.slice(-60), (await post(url, body, { 'x-secret': secret })).status]).toEqual([
						url.slice(-60),
						401,
					]);
				}
				for (const broken of ['[]', '{', 'null', '{"a":1}']) {
					const { status } = await post(right, broken, { 'content-type': 'text/plain' });
					expect(status).toBe(400);
				}
				await wait(grace);
				expect(await test.n8n.executions(saved.id)).toEqual([]);
			});
		});

		it('starts one execution for the same delivery five times', async () => {
			await active({ events: ['replyDetected'] }, async (saved) => {
				const { MemberId: id } = sim.vendor.seedContacts(1)[0] ?? {};
				const [delivery] = sim.vendor.reply(id, 'Hello').slice(-1);
				await sim.vendor.sender.idle();
				await test.n8n.untilExecutions(saved.id, 1);
				const body: unknown = JSON.parse(delivery?.body ?? '');
				const again = await Promise.all(
					[1, 2, 3, 4].map(async () => await post(delivery?.url ?? '', body)),
				);
				expect(again.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
				await wait(grace);
				expect(await test.n8n.executions(saved.id)).toHaveLength(1);
				sim.vendor.reply(id, 'Hello again');
				await test.n8n.untilExecutions(saved.id, 2);
			});
		});

		it('leaves muted contacts out where asked to', async () => {
			const parameters = { events: ['memberConnected'], options: { skipMutedContacts: true } };
			await active(parameters, async (saved) => {
				const [muted, heard] = sim.vendor.seedContacts(2);
				Object.assign(muted ?? {}, { isMuted: true });
				expect(sim.vendor.connect(muted?.MemberId)).toEqual([]);
				const { status } = await post(own()[0]?.Url ?? '', { MemberId: 1, IsMuted: true });
				expect(status).toBe(200);
				sim.vendor.connect(heard?.MemberId);
				await test.n8n.untilExecutions(saved.id, 1);
				await wait(grace);
				expect(await test.n8n.executions(saved.id)).toHaveLength(1);
			});
		});
	});
}
