/** What a webhook of Salesflow tells of. */
export interface Event {
	name: string;
	value: string;
	/** SEED, AttachWebhook: the number that attaching takes. */
	runOn: number;
	description: string;
}

/** SEED, AttachWebhook. Version 1.12 knows a Followup, too, whose number no readable document prints. */
export const events: readonly Event[] = [
	{
		name: 'Invitation Withdrawn',
		value: 'invitationWithdrawn',
		runOn: 7,
		description: 'Salesflow withdrew an invitation that nobody answered',
	},
	{
		name: 'Member Connected',
		value: 'memberConnected',
		runOn: 1,
		description: 'A contact accepted the invitation',
	},
	{
		name: 'Reply Detected',
		value: 'replyDetected',
		runOn: 2,
		description: 'A contact who is not muted wrote a message',
	},
];
