import type { Client } from '../http/client';

/** From then on it is worth a word. Seconds. */
const longSeconds = 60;

/** How long some items take at the pace of their clients. */
export interface Duration {
	/** Those of the client that takes longest. */
	count: number;
	perSecond: number;
	seconds: number;
}

/** How long items take at the least, one request each; nothing where no pace is known, or it is not long. */
export function durationOf(tasks: ReadonlyArray<{ client: Client }>): Duration | undefined {
	const counts = new Map<Client, number>();
	for (const { client } of tasks) counts.set(client, (counts.get(client) ?? 0) + 1);
	const all = [...counts].flatMap(([client, count]) => {
		const perSecond = client.perSecond();
		return perSecond === undefined ? [] : [{ count, perSecond, seconds: count / perSecond }];
	});
	const [longest] = all.sort((one, other) => other.seconds - one.seconds);
	return longest && longest.seconds >= longSeconds ? longest : undefined;
}

/** "10,000 items at 5 a second take about 34 minutes": without a full stop. */
export function durationSentence({ count, perSecond, seconds }: Duration): string {
	const pace =
		perSecond < 1 ? `${inWords(60 * perSecond)} a minute` : `${inWords(perSecond)} a second`;
	return `${inWords(count)} items at ${pace} take about ${timeOf(seconds)}`;
}

/** Most minutes that are told as such. */
const mostMinutes = 120;

function timeOf(seconds: number): string {
	const minutes = Math.round(seconds / 60);
	if (minutes <= mostMinutes) return minutes === 1 ? 'a minute' : `${minutes} minutes`;
	return `${Math.round(minutes / 60)} hours`;
}

/** With commas. Said as nodes are loaded, when the first number that Node.js writes by a language costs some 15 ms. */
function inWords(number: number): string {
	const whole = Math.round(number);
	if (whole < 1000) return String(whole);
	return `${inWords(Math.floor(whole / 1000))},${String(whole % 1000).padStart(3, '0')}`;
}
