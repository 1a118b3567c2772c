#!/usr/bin/env bash
# p-wait-for: a timeout does not cut off a condition that is being looked at, and one that holds after it is a success;
# what is not a boolean, such as a count or undefined, is a TypeError.
. "$(dirname "$0")/lib/lib.sh"
packages p-wait-for@6.0.0
probe <<'JS'
import { setTimeout as wait } from 'node:timers/promises';
import pWaitFor from 'p-wait-for';
import { told } from './told.mjs';
const outcome = async (condition) =>
	await pWaitFor(condition, { interval: 5, timeout: 50 }).then(
		() => 'success',
		({ name }) => name,
	);
const after = (ms, value) => async () => {
	await wait(ms);
	return value;
};
told(
	'true after 1,000 ms, with a timeout of 50',
	{ guess: 'TimeoutError', seen: 'success' },
	await outcome(after(1000, true)),
);
told('false after 1,000 ms', { seen: 'TimeoutError' }, await outcome(after(1000, false)));
told('always false', { seen: 'TimeoutError' }, await outcome(() => false));
told('a count of 1', { guess: 'success', seen: 'TypeError' }, await outcome(() => 1));
told('undefined', { guess: 'TimeoutError', seen: 'TypeError' }, await outcome(() => undefined));
JS
