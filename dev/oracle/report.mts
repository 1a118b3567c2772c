import type { Measurement } from '../bench/bench.mts';
import type { JudgedRow } from './oracle.mts';
import type { Verdict } from './verdict.mts';

const good: Verdict[] = ['as meant', 'refused', 'nothing in it'];
const bad: Verdict[] = ['silently wrong', 'refused without cause', 'unexplained'];

/** The rows that must not be, in words; as many as a person reads. */
export function complaints(rows: JudgedRow[], most = 40): string[] {
	return rows
		.filter(({ verdict }) => bad.includes(verdict))
		.slice(0, most)
		.map(
			({ write, locale, format, verdict, complaint = '' }) =>
				`${write} (${locale}, ${format}): ${verdict}: ${complaint}`,
		);
}

/** How many rows of each write became what. */
export function measurementOf(rows: JudgedRow[]): Measurement {
	const verdicts = [...good, ...bad];
	const count = (of: JudgedRow[], verdict: Verdict) =>
		of.filter((row) => row.verdict === verdict).length;
	const writes = [...new Set(rows.map(({ write }) => write))];
	return {
		columns: ['Write', 'rows', ...verdicts],
		rows: writes.map((write) => {
			const own = rows.filter((row) => row.write === write);
			return [write, own.length, ...verdicts.map((verdict) => count(own, verdict))];
		}),
		claims: bad.map((verdict) => ({
			claim: `No row is ${verdict}`,
			measured: `${count(rows, verdict)} of ${rows.length}`,
			holds: count(rows, verdict) === 0,
		})),
	};
}
