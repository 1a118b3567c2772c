import type { Journal } from '../../../kit/simulator.mts';
import { find, Refusal } from './answers.mts';
import type { Attachment, Webhook } from './model.mts';

const FIRST_WEBHOOK_ID = 10_265;
const FIRST_ATTACHMENT_ID = 27_830;

/** The webhooks of the account and the campaigns that they are attached to. */
export class Webhooks {
	readonly byId = new Map<number, Webhook>();
	private nextWebhook = FIRST_WEBHOOK_ID;
	private nextAttachment = FIRST_ATTACHMENT_ID;

	constructor(private readonly journal: Journal) {}

	create({ Name, Url, DisableForMutedContacts = null }: Partial<Webhook>): Webhook {
		const webhook: Webhook = {
			WebhookId: this.nextWebhook++,
			Name: Name ?? '',
			Url: Url ?? '',
			DisableForMutedContacts,
			AttachedWebhookCampaigns: [],
		};
		this.byId.set(webhook.WebhookId, webhook);
		this.journal.add('webhook.create', webhook.WebhookId, webhook.Url);
		return webhook;
	}

	/** Its attachments go with it (inferred). */
	delete(id: unknown): void {
		const { WebhookId } = find('Webhook', this.byId, id);
		this.byId.delete(WebhookId);
		this.journal.add('webhook.delete', WebhookId, String(WebhookId));
	}

	/** SEED, AttachWebhook: up to 3 times to a campaign, each time with another runOn; what a second one gets is inferred. */
	attach(id: unknown, CampaignId: number, RunOn: number): Attachment {
		const { AttachedWebhookCampaigns: attachments } = find('Webhook', this.byId, id);
		if (attachments.some((one) => one.CampaignId === CampaignId && one.RunOn === RunOn)) {
			throw new Refusal(409, 'Webhook is already attached to the campaign');
		}
		const attachment = { WebhookCampaignId: this.nextAttachment++, CampaignId, RunOn };
		attachments.push(attachment);
		this.journal.add(
			'webhook.attach',
			attachment.WebhookCampaignId,
			`${String(id)}/${CampaignId}/${RunOn}`,
		);
		return attachment;
	}

	detach(id: unknown): void {
		for (const webhook of this.byId.values()) {
			const kept = webhook.AttachedWebhookCampaigns.filter(
				(one) => one.WebhookCampaignId !== Number(id),
			);
			if (kept.length < webhook.AttachedWebhookCampaigns.length) {
				webhook.AttachedWebhookCampaigns = kept;
				this.journal.add('webhook.detach', Number(id), String(id));
				return;
			}
		}
		throw new Refusal(404, 'Attachment not found');
	}

	/** All attachments of all webhooks. */
	attachments(): Attachment[] {
		return [...this.byId.values()].flatMap(
			({ AttachedWebhookCampaigns }) => AttachedWebhookCampaigns,
		);
	}
}
