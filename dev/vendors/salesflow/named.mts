import type { NamedThings } from '../../kit/namedThings.mts';
import type { Salesflow } from './simulator/index.mts';

/** What the node's resource locators name. */
export const named: NamedThings<Salesflow> = {
	seed(vendor, n) {
		const { CampaignId, CampaignName } = vendor.createCampaign(`Campaign of test ${n}`);
		const [contact] = vendor.seedContacts(1, CampaignId);
		const { MemberId = 0, PublicIdentifier = '' } = contact ?? {};
		const Name = `Webhook of test ${n}`;
		const { WebhookId } = vendor.webhooks.create({ Name, Url: `https://example.com/${n}` });
		return {
			campaignId: { id: String(CampaignId), called: CampaignName },
			contactId: {
				id: String(MemberId),
				by: {
					publicIdentifier: PublicIdentifier.toUpperCase(),
					linkedInUrl: `https://br.linkedin.com/in/${PublicIdentifier}/?trk=people`,
				},
			},
			webhookId: { id: String(WebhookId), called: Name },
		};
	},
	twins: {
		// In another campaign.
		contactId({ campaigns, contacts }, { id }) {
			const { PublicIdentifier, CampaignId } = contacts.get(id);
			const other = [...campaigns.keys()].find((one) => one !== CampaignId) ?? 0;
			return String(contacts.import(other, PublicIdentifier, {}).MemberId);
		},
	},
};
