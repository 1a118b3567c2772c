import type { Question } from '../../live/questions.mts';

/** SEED, Rate Limits: "the time when the count begins anew", in no notation. */
function notationOf(value: string): string {
	const number = Number(value);
	if (Number.isFinite(number)) {
		if (number > 1e12) return 'Unix time in milliseconds';
		return number > 1e9 ? 'Unix time in seconds' : 'seconds to go';
	}
	return Number.isNaN(Date.parse(value)) ? 'none that is known' : 'a date';
}

/** What a value is, with the names of its fields where they are names; nothing of what they hold. */
function shapeOf(value: unknown, depth = 0): string {
	if (value === null) return 'null';
	if (Array.isArray(value))
		return `a list of ${value.length === 0 ? 'nothing' : shapeOf(value[0], depth + 1)}`;
	if (typeof value !== 'object') return typeof value;
	const fields = Object.entries(value)
		.filter(([name]) => /^[A-Za-z_]{1,40}$/.test(name))
		.map(([name, one]) => (depth < 3 ? `${name}: ${shapeOf(one, depth + 1)}` : name));
	return `{${fields.join(', ')}}`;
}

const first = (body: unknown): Record<string, unknown>[] =>
	[body].flat().filter((one) => typeof one === 'object' && one !== null) as Record<
		string,
		unknown
	>[];

/** What no document of Zenvia Sales settles (the sources are those of the contract). */
export const questions: Question[] = [
	{
		asks: 'How X-RateLimit-Reset is written',
		inferred: 'Unix time in seconds',
		answers: ({ headers }) => {
			const value = headers['x-ratelimit-reset'];
			return value === undefined || value === '' ? undefined : notationOf(value);
		},
	},
	{
		asks: 'Whether good answers carry the X-RateLimit headers',
		inferred: 'no',
		answers: ({ status, headers }) => {
			if (status >= 300) return undefined;
			return 'x-ratelimit-remaining' in headers ? 'yes' : 'no';
		},
	},
	{
		asks: 'What keysConfig of a template holds',
		inferred: 'its variables; the shape is not documented',
		answers: ({ body }) =>
			first(body)
				.flatMap(({ templates }) => (Array.isArray(templates) ? templates : []))
				.filter((template) => 'keysConfig' in (template as object))
				.map(({ keysConfig }) => shapeOf(keysConfig)),
	},
	{
		asks: 'Whether Find answers one prospect or a list',
		inferred: 'one',
		answers: ({ operation, status, body }) => {
			if (operation !== 'prospect.find' || status >= 300 || body === undefined) return undefined;
			return Array.isArray(body) ? 'a list' : 'one';
		},
	},
];
