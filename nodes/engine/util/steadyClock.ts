let behind = 0;
let last = { now: -Infinity, at: 0 };

/**
 * The time as Date.now() gives it, but one that goes on where the machine's clock is set back, as after a start with a
 * wrong one. For how long something takes or counts, and not for when it was: what is to end in a second would else end
 * in an hour and a second. Milliseconds.
 */
export function steadyNow(): number {
	const at = performance.now();
	const now = Date.now();
	if (now + behind < last.now) behind = last.now + at - last.at - now;
	last = { now: now + behind, at };
	return last.now;
}
