import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { events } from '../../nodes/Salesflow/trigger/events.ts';
import { isDone, plan, type Wanted, type Webhook } from '../../nodes/Salesflow/trigger/plan.ts';

/** Does what a plan says to a set of webhooks, as a server would. */
function done(own: Webhook[], wanted: Wanted[]): Webhook[] {
	const { remove, steps } = plan(own, wanted);
	let next = 1000;
	return [
		...own.filter((one) => !remove.includes(one) && !steps.some(({ kept }) => kept === one)),
		...steps.map(({ kept, wanted: { url, skipMuted, event }, attach, detach }): Webhook => ({
			WebhookId: kept?.WebhookId ?? next++,
			Url: url,
			DisableForMutedContacts: skipMuted,
			AttachedWebhookCampaigns: [
				...(kept?.AttachedWebhookCampaigns ?? []).filter((one) => !detach.includes(one)),
				...attach.map((CampaignId) => ({
					WebhookCampaignId: next++,
					CampaignId,
					RunOn: event.runOn,
				})),
			],
		})),
	];
}

const campaign = fc.integer({ min: 1, max: 6 });
const wantedSets = fc
	.record({
		chosen: fc.subarray([...events], { minLength: 1 }),
		campaignIds: fc.uniqueArray(campaign, { minLength: 1 }),
		skipMuted: fc.boolean(),
	})
	.map(({ chosen, campaignIds, skipMuted }): Wanted[] =>
		chosen.map((event) => ({ event, url: `u?event=${event.value}`, skipMuted, campaignIds })),
	);
const leftOvers = fc.array(
	fc.record({
		WebhookId: fc.integer({ min: 1, max: 99 }),
		Url: fc.constantFrom('u?event=replyDetected', 'u?event=memberConnected', 'u?event=old'),
		DisableForMutedContacts: fc.constantFrom(true, false, null),
		AttachedWebhookCampaigns: fc.array(
			fc.record({
				WebhookCampaignId: fc.integer({ min: 1, max: 999 }),
				CampaignId: campaign,
				RunOn: fc.constantFrom(1, 2, 7),
			}),
			{ maxLength: 8 },
		),
	}),
	{ maxLength: 6 },
);

describe("a plan for a trigger's webhooks", () => {
	it('comes from whatever is there to exactly what is wanted, and then to nothing to do', () => {
		fc.assert(
			fc.property(leftOvers, wantedSets, (own, wanted) => {
				const after = done(own, wanted);
				expect(isDone(plan(after, wanted))).toBe(true);
				expect(after).toHaveLength(wanted.length);
				for (const { url, campaignIds, event, skipMuted } of wanted) {
					const [webhook, ...others] = after.filter(({ Url }) => Url === url);
					expect(others).toEqual([]);
					expect(webhook?.DisableForMutedContacts ?? false).toBe(skipMuted);
					const attached = webhook?.AttachedWebhookCampaigns ?? [];
					expect(attached.map(({ CampaignId }) => CampaignId).sort()).toEqual(
						[...campaignIds].sort(),
					);
					expect(attached.every(({ RunOn }) => RunOn === event.runOn)).toBe(true);
				}
			}),
		);
	});

	it('touches nothing where all is right', () => {
		fc.assert(
			fc.property(wantedSets, (wanted) => {
				const once = done([], wanted);
				expect(plan(once, wanted)).toMatchObject({ remove: [] });
				expect(done(once, wanted)).toEqual(once);
			}),
		);
	});
});
