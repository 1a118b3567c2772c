import type { Event } from './events';

/** SEED, CreateWebhook: the longest name and URL of a webhook. Characters. */
export const longestName = 255;
/** Most characters of the URL of a webhook. */
export const longestUrl = 511;

/** SEED, ListWebhooks: a webhook tells of an event of a campaign by an attachment. */
export interface Attachment {
	WebhookCampaignId: number;
	CampaignId: number;
	RunOn: number;
}

/** A webhook, as Salesflow lists it (SEED, ListWebhooks). */
export interface Webhook {
	WebhookId: number;
	Url: string;
	DisableForMutedContacts: boolean | null;
	AttachedWebhookCampaigns: Attachment[];
}

/** A webhook as a trigger wants it: for one event, at its own URL, attached to some campaigns. */
export interface Wanted {
	event: Event;
	url: string;
	skipMuted: boolean;
	campaignIds: number[];
}

/** What has to be done for one wanted webhook. */
export interface Step {
	wanted: Wanted;
	/** The webhook that is there already; one is created where there is none. */
	kept?: Webhook;
	/** Campaigns that it is not attached to yet. */
	attach: number[];
	/** Attachments that are not wanted any more. */
	detach: Attachment[];
}

/** What has to be done until exactly the wanted webhooks are there. */
export interface Plan {
	remove: Webhook[];
	steps: Step[];
}

/**
 * Compares a trigger's webhooks with those it wants.
 * @param own the webhooks that this trigger made at any time, and no others
 */
export function plan(own: readonly Webhook[], all: readonly Wanted[]): Plan {
	const steps = all.map((wanted): Step => {
		const kept = own.find((one) => isAsWanted(one, wanted));
		const attached = kept?.AttachedWebhookCampaigns ?? [];
		const fitting = new Map(
			attached
				.filter(({ RunOn }) => RunOn === wanted.event.runOn)
				.map((attachment) => [attachment.CampaignId, attachment]),
		);
		return {
			wanted,
			...(kept && { kept }),
			attach: wanted.campaignIds.filter((id) => !fitting.has(id)),
			detach: attached.filter(
				(one) =>
					fitting.get(one.CampaignId) !== one || !wanted.campaignIds.includes(one.CampaignId),
			),
		};
	});
	const kept = new Set(steps.map((step) => step.kept));
	return { remove: own.filter((one) => !kept.has(one)), steps };
}

const isAsWanted = (
	{ Url, DisableForMutedContacts }: Webhook,
	{ url, skipMuted }: Wanted,
): boolean => Url === url && (DisableForMutedContacts ?? false) === skipMuted;

/** Whether nothing is left to do. */
export function isDone({ remove, steps }: Plan): boolean {
	const isSettled = ({ kept, attach, detach }: Step) =>
		kept !== undefined && attach.length === 0 && detach.length === 0;
	return remove.length === 0 && steps.every(isSettled);
}
