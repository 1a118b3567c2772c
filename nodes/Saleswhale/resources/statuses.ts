import type { INodePropertyOptions } from 'n8n-workflow';

/** SEED, Conversation Statuses. */
export const conversationStatuses: INodePropertyOptions[] = [
	{ name: 'Bounced', value: 'bounced', description: 'The e-mail address of the lead is not valid' },
	{ name: 'Canceled', value: 'canceled', description: 'The conversation was canceled' },
	{ name: 'Human Review', value: 'human_review', description: 'The conversation needs a person' },
	{ name: 'Not Interested', value: 'not_interested', description: 'The lead said no' },
	{
		name: 'Pending Bot Response',
		value: 'pending_bot_response',
		description: 'The lead waits for the AI assistant',
	},
	{
		name: 'Pending Lead Response',
		value: 'pending_lead_response',
		description: 'The AI assistant waits for the lead',
	},
	{
		name: 'Qualified',
		value: 'qualified',
		description: 'The goal of the conversation was reached',
	},
	{
		name: 'Referral Canceled',
		value: 'referral_canceled',
		description: 'Another conversation involves the same lead',
	},
	{
		name: 'Stop Responding',
		value: 'stop_responding',
		description: 'The lead replied, then fell silent',
	},
	{ name: 'Unresponsive', value: 'unresponsive', description: 'The lead never replied' },
];

const ongoing = new Set(['pending_bot_response', 'pending_lead_response']);

/**
 * The statuses with which a conversation can end. Human Review is among them although SEED calls it
 * ongoing: the vendor's own webhook article lists it as terminal, so both are served.
 */
export const endStatuses = conversationStatuses.filter(({ value }) => !ongoing.has(String(value)));

/** SEED spells two statuses in one way, AE in another; no real payload is known, so both count as one. */
const otherSpellings = new Map([
	['cancelled', 'canceled'],
	['referral_cancelled', 'referral_canceled'],
	['stopped_responding', 'stop_responding'],
]);

/** A status as the lists above spell it. */
export const statusOf = (status: string): string => otherSpellings.get(status) ?? status;
