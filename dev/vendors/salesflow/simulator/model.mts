/** SEED, List Accounts. */
export interface Account {
	AccountId: number;
	AccountEmail: string;
	Status: string;
}

export type CampaignStatus = 'CAMPAIGN_RUNNING' | 'CAMPAIGN_PAUSED' | 'CAMPAIGN_STOPPED';

/** SEED, ListCampaigns; LastModifiedAt is of version 1.9. */
export interface Campaign {
	CampaignId: number;
	CampaignName: string;
	Status: CampaignStatus;
	LastModifiedAt: string;
}

/** A contact with all that the vendor knows of it; each answer shows its own part. */
export interface Contact {
	MemberId: number;
	FirstName: string | null;
	LastName: string | null;
	Location: string | null;
	Occupation: string | null;
	Industry: string | null;
	Email: string | null;
	Phone: string | null;
	PublicIdentifier: string;
	LastModifiedAt: string;
	AddedAt: string;
	ConnectedAt: string | null;
	CampaignId: number;
	/** A sum of the bits below. */
	status: number;
	isMuted: boolean;
	custom: Record<string, string>;
	/** Paragraphs of MemberActionsFormatted. */
	messages: string[];
}

/** SEED, GetContact (by memberId). */
export const BITS = {
	MEMBER_PENDING: 1,
	MEMBER_INVITATION_SENT: 2,
	MEMBER_CONNECTED: 4,
	MEMBER_DISCONNECTED: 8,
	MEMBER_DELETED: 16,
	MEMBER_IMPORTED: 32,
	MEMBER_INVITATION_WITHDRAWN: 64,
	MEMBER_ERROR: 1024,
	MEMBER_DUPLICATE: 2048,
} as const;

/** The names of the bits, as the vendor writes them (SEED: "MEMBER_PENDING, MEMBER_ERROR"). */
export function namesOf(status: number): string {
	const names = Object.entries(BITS)
		.filter(([, bit]) => (status & bit) !== 0)
		.map(([name]) => name);
	return names.join(', ') || 'MEMBER_NOT_SET';
}

export interface Attachment {
	WebhookCampaignId: number;
	CampaignId: number;
	RunOn: number;
}

/** SEED, ListWebhooks. */
export interface Webhook {
	WebhookId: number;
	Name: string;
	Url: string;
	DisableForMutedContacts: boolean | null;
	AttachedWebhookCampaigns: Attachment[];
}

/** Now, with the seven digits of a fraction that .NET writes (SEED, Webhooks, data sample). */
export const sevenDigitTime = (ms = Date.now()): string =>
	new Date(ms).toISOString().replace('Z', '5705+00:00');
