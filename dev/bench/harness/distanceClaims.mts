import type { Claim } from '../bench.mts';
import type { Work } from './contenders.mts';

/** What is asked for, under which limit. */
export interface Setting {
	work: Work;
	count: number;
	/** What the vendor allows in a second; all, if not said. */
	allowed?: number;
	/** Whether the credential says so. */
	isKnown?: boolean;
}

export interface Run extends Setting {
	name: string;
	/** Whether it ended well, with all that was asked for. */
	isWhole: boolean;
	refusals: number;
	/** Requests a second from the first to the last taken; of pages from the second on, since the first tells how many there are. */
	rate: number;
	/** The same from the tenth second on. */
	lateRate: number;
	cpuMsEach: number;
}

/** What is asked for, in words. */
export function titleOf({ work, count, allowed, isKnown }: Setting): string {
	const what = `${count.toLocaleString('en')} ${work === 'create' ? 'creates' : 'pages'}`;
	if (allowed === undefined) return `${what}, no limit`;
	return `${what}, ${allowed} a second, ${isKnown ? 'known' : 'not known'}`;
}

/**
 * What the distance bench claims of its runs.
 * @param settings all of them; each was run by each contender more than once
 * @param earlier the name of the earlier build's runs
 */
export function claimsOf(settings: Setting[], runs: Run[], earlier: string): Claim[] {
	const ownRuns = (setting: Setting) =>
		runs.filter((run) => run.name === 'This node' && titleOf(run) === titleOf(setting));
	return [
		...settings.filter(({ isKnown }) => isKnown).map((setting) => usesLimit(ownRuns(setting))),
		...settings
			.filter(({ allowed, isKnown }) => allowed && !isKnown)
			.map((setting) => finds(ownRuns(setting))),
		...faster(runs, earlier),
		...cheaper(runs, earlier),
	];
}

/** @param runs of one setting; the worst counts */
function usesLimit(runs: Run[]): Claim {
	const share = Math.min(...runs.map(({ rate, allowed = 0 }) => rate / allowed));
	const refused = mostRefused(runs);
	return {
		claim: `${titleOf(runs[0] as Run)}: at least 0.95 of the limit, none refused for good, refusals under 2 %`,
		measured: `${share.toFixed(3)}, ${endOf(runs)}, ${(100 * refused).toFixed(1)} %`,
		holds: share >= 0.95 && refused < 0.02 && runs.every(({ isWhole }) => isWhole),
	};
}

/** @param runs of one setting; the worst counts */
function finds(runs: Run[]): Claim {
	const share = Math.min(...runs.map(({ lateRate, allowed = 0 }) => lateRate / allowed));
	const refused = mostRefused(runs);
	return {
		claim: `${titleOf(runs[0] as Run)}: refusals under 5 %, and at least 0.8 of the limit from the tenth second on`,
		measured: `${(100 * refused).toFixed(1)} %, ${share.toFixed(3)}, ${endOf(runs)}`,
		holds: refused < 0.05 && share >= 0.8 && runs.every(({ isWhole }) => isWhole),
	};
}

/** Refusals for each request that was to be done, in the run that had most. */
const mostRefused = (runs: Run[]): number =>
	Math.max(...runs.map(({ refusals, count }) => refusals / count));

const endOf = (runs: Run[]): string =>
	runs.every(({ isWhole }) => isWhole) ? 'all done' : 'NOT all done';

/** Where nothing limits: this node's slowest run beside the quickest of another. */
function faster(runs: Run[], earlier: string): Claim[] {
	const free = (name: string, wanted: Work) =>
		runs
			.filter((run) => run.name.startsWith(name) && run.work === wanted && !run.allowed)
			.sort((a, b) => a.rate - b.rate);
	const claim = (name: string, times: number, wanted: Work = 'create'): Claim => {
		const [own] = free('This node', wanted) as [Run];
		const other = free(name, wanted).at(-1) as Run;
		return {
			claim: `${titleOf(own)}: at least ${times} times as fast as ${other.name}`,
			measured: `${own.rate.toFixed(1)} to ${other.rate.toFixed(1)} a second: ${(own.rate / other.rate).toFixed(2)}`,
			holds: own.rate >= times * other.rate && own.isWhole,
		};
	};
	return [claim(earlier, 3), claim('HTTP Request', 1.5), claim(earlier, 3, 'getAll')];
}

function cheaper(runs: Run[], earlier: string): Claim[] {
	return (['create', 'getAll'] as const).map((wanted) => {
		const mean = (name: string) => {
			const own = runs.filter((run) => run.name === name && run.work === wanted);
			const count = own.reduce((sum, run) => sum + run.count, 0);
			return own.reduce((sum, run) => sum + run.cpuMsEach * run.count, 0) / count;
		};
		const [ours, theirs] = [mean('This node'), mean(earlier)];
		return {
			claim: `CPU for each ${wanted === 'create' ? 'create' : 'page'} at most that of ${earlier}, over all runs`,
			measured: `${ours.toFixed(2)} to ${theirs.toFixed(2)} ms`,
			holds: ours <= theirs,
		};
	});
}
