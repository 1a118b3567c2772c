import { createRequire } from 'node:module';

// By require, since its types describe what that gives.
type OfJest = typeof import('@jest/test-sequencer');
const { default: Sequencer } = createRequire(import.meta.url)('@jest/test-sequencer') as OfJest;
type Tests = Parameters<InstanceType<typeof Sequencer>['sort']>[0];

/**
 * Files that take minutes, the longest first. On a machine that has run the tests Jest knows that itself; on a new one it
 * begins with the largest file, and one of these, begun last, would keep one core busy while the other has nothing to do.
 */
const longest = [
	'load/attack.inputs',
	'e2e/convertalk.trigger',
	'e2e/zenviaSales.trigger',
	'load/packages',
];

/** The place in that list; behind it for all others. */
function rank({ path }: Tests[number]): number {
	const found = longest.findIndex((name) => path.endsWith(`/test/${name}.test.mts`));
	return found < 0 ? longest.length : found;
}

/** Begins with what takes longest. */
export default class LongestFirst extends Sequencer {
	override async sort(tests: Tests) {
		return [...(await super.sort(tests))].sort((one, other) => rank(one) - rank(other));
	}
}
