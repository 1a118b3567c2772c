import type { Question } from '../../live/questions.mts';

/** Both spellings of a status of a conversation: SEED's first, AE's second. */
const spellings = [
	['stop_responding', 'stopped_responding'],
	['canceled', 'cancelled'],
	['referral_canceled', 'referral_cancelled'],
] as const;

/** The statuses of the conversations in an answer, whether it is one or a list. */
function statusesIn(body: unknown): string[] {
	const { conversation, conversations = [conversation] } = (body ?? {}) as {
		conversation?: unknown;
		conversations?: unknown[];
	};
	return [conversations].flat().map((one) => String((one as { status?: unknown })?.status));
}

/** What no document of Saleswhale settles (the sources are those of the contract). */
export const questions: Question[] = [
	...spellings.map(([seed, other]): Question => ({
		asks: `How the status ${seed} is spelled`,
		inferred: seed,
		answers: ({ body }) =>
			statusesIn(body).filter((status) => [seed, other].includes(status as never)),
	})),
	{
		asks: 'Whether enrolments can be listed',
		inferred: 'yes',
		answers: ({ operation, status }) => {
			if (operation !== 'enrolment.getAll') return undefined;
			if (status < 300) return 'yes';
			return status === 404 ? 'no (404)' : undefined;
		},
	},
	{
		asks: 'Whether a list of campaigns says how many pages there are',
		inferred: 'yes',
		answers: ({ operation, status, body }) => {
			if (operation !== 'campaign.getAll' || status >= 300) return undefined;
			return 'meta' in ((body ?? {}) as object) ? 'yes' : 'no';
		},
	},
];
