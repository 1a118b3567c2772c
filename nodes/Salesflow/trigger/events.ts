/** What a webhook of Salesflow tells of. */
export interface Event {
	name: string;
	value: string;
	/** SEED, AttachWebhook: the number that attaching takes. */
	runOn: number;
	/** SEED, ListWebhooks: what its text, against its sample, says that RunOn is in the list. */
	listedAs: string;
	description: string;
}

/** SEED, AttachWebhook. Version 1.12 knows a Followup, too, whose number no readable document prints. */
export const events: readonly Event[] = [
	{
		name: 'Invitation Withdrawn',
		value: 'invitationWithdrawn',
		runOn: 7,
		listedAs: 'INVITATION_WITHDRAWN',
		description: 'Salesflow withdrew an invitation that nobody answered',
	},
	{
		name: 'Member Connected',
		value: 'memberConnected',
		runOn: 1,
		listedAs: 'MEMBER_CONNECTED',
		description: 'A contact accepted the invitation',
	},
	{
		name: 'Reply Detected',
		value: 'replyDetected',
		runOn: 2,
		listedAs: 'REPLY_DETECTED',
		description: 'A contact who is not muted wrote a message',
	},
];

/** The number of an event as a webhook's list has it: as a number, as text, or by its name. */
export const listedRunOn = (listed: unknown): number =>
	events.find(({ listedAs }) => listedAs === listed)?.runOn ?? Number(listed);
