import { createRequire } from 'node:module';
import { inspect, isDeepStrictEqual } from 'node:util';

/** For packages that are CommonJS, or whose ESM build Node does not load. */
export const require = createRequire(import.meta.url);

const show = (value) => inspect(value, { depth: 9, breakLength: Infinity });

/**
 * Prints what a good engineer would say from memory and what happens, and fails the probe where that is
 * no longer so. A guess that is what happens is no finding, so that fails, too.
 *
 * @param what the valid input, in words
 * @param expected `guess` from memory (left out where a line is there for contrast), `seen` when this was written
 * @param actual what happens now
 */
export function told(what, expected, actual) {
	const { guess, seen } = expected;
	const wrong = !('guess' in expected) || !isDeepStrictEqual(guess, seen);
	console.log(what);
	if ('guess' in expected) console.log(`  guess: ${show(guess)}`);
	console.log(`  seen:  ${show(actual)}`);
	if (wrong && isDeepStrictEqual(actual, seen)) return;
	console.log(`  CHANGED, it was: ${show(seen)}`);
	process.exitCode = 1;
}

/** What a call throws, as `NAME: message`, or what it gives. */
export function outcome(call) {
	try {
		return call();
	} catch (error) {
		return `${error.name}: ${error.message}`;
	}
}
