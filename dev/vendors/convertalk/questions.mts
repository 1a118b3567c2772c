import type { Question } from '../../live/questions.mts';

const probe = {
	operation: 'lead.getAll',
	without: [['x-bot-token'], ['x-bp-token']],
} as const;

/** What no document of Convertalk settles (the sources are those of the contract). */
export const questions: Question[] = [
	{
		asks: 'Which header of the token the list of leads reads',
		inferred: 'x-bot-token',
		probe,
		answers: ({ without: [left] = [], status }) => {
			if (left === undefined || status >= 300) return undefined;
			return left === 'x-bot-token' ? 'x-bp-token' : 'x-bot-token';
		},
	},
	{
		asks: 'Whether a list of leads says how many there are',
		inferred: 'no',
		answers: ({ operation, status, body }) => {
			if (operation !== 'lead.getAll' || status >= 300) return undefined;
			const names = Object.keys((body ?? {}) as object);
			return names.find((name) => /^(total|count|pages?|totalPages)$/i.test(name)) ?? 'no';
		},
	},
];
