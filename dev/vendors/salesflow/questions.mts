import type { Question, Seen } from '../../live/questions.mts';
import type { EventName } from './simulator/event.mts';

/** A word of the vendor's own, such as a status, and no text of a person's. */
const isWord = (value: unknown): value is string =>
	typeof value === 'string' && /^[A-Z]+(_[A-Z]+)+$/.test(value);

const bodyOf = ({ body }: Seen): Record<string, unknown> =>
	typeof body === 'object' && body !== null ? (body as Record<string, unknown>) : {};

/** SEED prints the name of one event only. */
const eventName = (event: EventName, asks: string, inferred: string): Question => ({
	asks,
	inferred,
	answers: (seen) => {
		const { IntegrationRunOn: name } = bodyOf(seen);
		return seen.operation === 'delivery' && seen.event === event && isWord(name) ? name : undefined;
	},
});

/** What no document of Salesflow settles (the sources are those of the contract). */
export const questions: Question[] = [
	eventName(
		'memberConnected',
		'How IntegrationRunOn names a connection',
		'INTEGRATION_RUN_ON_CONNECTED',
	),
	eventName('replyDetected', 'How IntegrationRunOn names a reply', 'not documented'),
	eventName('invitationWithdrawn', 'How IntegrationRunOn names a withdrawal', 'not documented'),
	{
		asks: 'Whether a contact’s Status holds MEMBER_ words alone',
		inferred: 'yes',
		answers: ({ operation, body }) => {
			if (!operation.startsWith('contact.')) return undefined;
			const statuses = [body].flat().map((one) => (one as { Status?: unknown } | null)?.Status);
			return statuses
				.filter((status) => typeof status === 'string')
				.map((status) =>
					status.split(', ').every((one) => /^MEMBER_[A-Z_]+$/.test(one)) ? 'yes' : 'no',
				);
		},
	},
	{
		asks: 'Whether the status of HTTP is the Status of the body',
		inferred: 'yes',
		answers: (seen) => {
			const { Status: inBody } = bodyOf(seen);
			if (seen.operation === 'delivery' || typeof inBody !== 'number') return undefined;
			return inBody === seen.status ? 'yes' : `no (${seen.status} with ${inBody})`;
		},
	},
];
