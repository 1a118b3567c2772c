import type { Measurement } from '../bench/bench.mts';
import { type Judged, soundVerdicts, type Verdict } from './oracle.mts';
import type { Soak } from './soak.mts';

const columns = [
	'Seed',
	'Operations',
	'Requests',
	'Faults',
	'Ended well',
	'Once only: refused',
	'may be done, and was',
	'may be done, and was not',
	'Wrong',
	'Seconds',
];

/** Largest distance of the share of faults from what was asked for, as a part of that: a few hundred requests have some luck. */
const TOLERANCE = 0.3;

/** The table of some soaks, and what has to hold of them. */
export function measurementOf(soaks: readonly Soak[], rate: number): Measurement {
	return {
		columns,
		rows: soaks.map(row),
		claims: [...claims(soaks.flatMap(({ judged }) => judged)), ...aboutFaults(soaks, rate)],
	};
}

function row({ seed, judged, requests, faults, seconds }: Soak): Array<string | number> {
	const count = counter(judged);
	const wrong = judged.filter(({ verdict }) => !soundVerdicts.includes(verdict)).length;
	return [
		seed,
		judged.length,
		requests,
		sum(faults.values()),
		count('well'),
		count('refused'),
		count('said, done'),
		count('said, not done'),
		wrong,
		Math.round(seconds),
	];
}

/** What went wrong, one line for each, up to `most`. */
export function complaints(soaks: readonly Soak[], most = 20): string[] {
	return soaks
		.flatMap(({ seed, judged }) =>
			judged
				.filter(({ verdict }) => !soundVerdicts.includes(verdict))
				.map(
					({ vendor, operation, name, verdict, sentence = '' }) =>
						`seed ${seed}, ${vendor}, ${operation}, ${name}: ${verdict}. ${sentence}`,
				),
		)
		.slice(0, most);
}

function claims(judged: readonly Judged[]): Measurement['claims'] {
	const safe = judged.filter(({ duty }) => duty !== 'once');
	const once = judged.filter(({ duty }) => duty === 'once');
	const count = counter(once);
	const well = counter(safe)('well');
	const unsaid = count('not said') + count('not named');
	const inDoubt = count('said, done') + count('said, not done');
	return [
		{
			claim: 'Reads and repeatable writes all end well',
			measured: `${well} of ${safe.length}`,
			holds: well === safe.length,
		},
		{
			claim: 'Of the writes that may be done once, none is done twice',
			measured: `${count('twice')} of ${once.length}`,
			holds: count('twice') === 0,
		},
		{
			claim: 'Each that may have been done without an answer is said to be so, by name',
			measured: `${inDoubt} said, ${unsaid} not`,
			holds: unsaid === 0,
		},
		{
			claim: 'None is lost without a word',
			measured: `${count('lost')} lost, ${count('failed')} answered wrongly`,
			holds: count('lost') + count('failed') === 0,
		},
	];
}

function aboutFaults(soaks: readonly Soak[], rate: number): Measurement['claims'] {
	const requests = sum(soaks.map((one) => one.requests));
	const faults = sum(soaks.flatMap((one) => [...one.faults.values()]));
	const kinds = [...(soaks[0]?.faults.keys() ?? [])];
	const never = kinds.filter((name) => sum(soaks.map((one) => one.faults.get(name) ?? 0)) === 0);
	const violations = sum(soaks.map((one) => one.violations));
	const share = faults / requests;
	return [
		{
			claim: `About ${100 * rate} % of the requests meet a fault, of all ${kinds.length} kinds`,
			measured: `${(100 * share).toFixed(1)} %; missing: ${never.join(', ') || 'none'}`,
			holds: Math.abs(share - rate) <= TOLERANCE * rate && never.length === 0,
		},
		{
			claim: 'Each request keeps to the contract',
			measured: `${violations} do not`,
			holds: violations === 0,
		},
	];
}

const sum = (numbers: Iterable<number>): number =>
	[...numbers].reduce((total, one) => total + one, 0);
const counter = (judged: readonly Judged[]) => (wanted: Verdict) =>
	judged.filter(({ verdict }) => verdict === wanted).length;
