import type { Json } from '../../../kit/simulator.mts';
import { type Campaign, type Contact, namesOf } from './model.mts';

export type EventName = 'memberConnected' | 'replyDetected' | 'invitationWithdrawn';

/** SEED, AttachWebhook; of the names, SEED's sample has only the first, the others are inferred. */
export const EVENTS: Record<EventName, { runOn: number; integrationRunOn: string }> = {
	memberConnected: { runOn: 1, integrationRunOn: 'INTEGRATION_RUN_ON_CONNECTED' },
	replyDetected: { runOn: 2, integrationRunOn: 'INTEGRATION_RUN_ON_REPLY_DETECTED' },
	invitationWithdrawn: { runOn: 7, integrationRunOn: 'INTEGRATION_RUN_ON_INVITATION_WITHDRAWN' },
};

const CUSTOM_FIELDS = 10;

/** What a delivery carries (SEED, Webhooks, data sample). */
export function payload(event: EventName, contact: Contact, campaign: Campaign): Json {
	const custom = Array.from({ length: CUSTOM_FIELDS }, (_, index) => index + 1);
	return {
		IntegrationType: 'INTEGRATION_TYPE_WEBHOOK',
		IntegrationRunOn: EVENTS[event].integrationRunOn,
		MemberId: contact.MemberId,
		LinkedInMemberId: 1_234_567_890,
		FirstName: contact.FirstName,
		LastName: contact.LastName,
		Occupation: contact.Occupation,
		Company: null,
		Location: contact.Location,
		PhoneNumber: contact.Phone,
		Email: contact.Email,
		Address: '',
		BirthdayYear: null,
		BirthdayMonth: null,
		BirthdayDay: null,
		DateAdded: contact.AddedAt,
		ConnectedAt: contact.ConnectedAt,
		MemberUrl: `https://linkedin.com/in/${contact.PublicIdentifier}`,
		Industry: contact.Industry,
		Distance: 'DISTANCE_1',
		CurrentPosition: null,
		Status: namesOf(contact.status),
		HasReply: event === 'replyDetected',
		IsMuted: contact.isMuted,
		IsSeen: false,
		ConnectionsCount: 100,
		FollowersCount: 100,
		IsSalesNavigator: false,
		LinkedInAccount: { FirstName: 'Bob', LastName: 'White', Username: 'bob@example.com' },
		...Object.fromEntries(custom.map((n) => [`Custom${n}`, contact.custom[`custom${n}`] ?? null])),
		MemberActionsFormatted: contact.messages.join('\r\n\r\n'),
		MemberCampaigns: [{ CampaignName: campaign.CampaignName }],
	};
}

/** How times are printed. */
export interface TimeStyle {
	/** What stands before AM or PM: a blank in SEED's sample; U+202F where .NET has CLDR 42 (inferred). */
	beforeHalf: string;
}

/** A paragraph of MemberActionsFormatted: month first, twelve hours, no zone (UTC is inferred). */
export function paragraph(sender: string, text: string, { beforeHalf }: TimeStyle): string {
	const time = new Date();
	const date = `${time.getUTCMonth() + 1}/${time.getUTCDate()}/${time.getUTCFullYear()}`;
	const minutes = String(time.getUTCMinutes()).padStart(2, '0');
	const half = time.getUTCHours() < 12 ? 'AM' : 'PM';
	const escaped = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
	return `<p>${sender} [${date} ${time.getUTCHours() % 12 || 12}:${minutes}${beforeHalf}${half}]: ${escaped}</p>`;
}
