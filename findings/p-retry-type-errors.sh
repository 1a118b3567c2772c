#!/usr/bin/env bash
# p-retry: a TypeError is not tried again, whatever `shouldRetry` says, unless its message is one of those that fetch
# has in some engine; and what is thrown and is no Error becomes a TypeError.
. "$(dirname "$0")/lib/lib.sh"
packages p-retry@7.1.1
probe <<'JS'
import { told } from './told.mjs';
import pRetry from 'p-retry';
const tries = async (thrown) => {
	let count = 0;
	const attempt = () => {
		count += 1;
		throw thrown;
	};
	await pRetry(attempt, { retries: 2, minTimeout: 1, shouldRetry: () => true }).catch(() => {});
	return count;
};

told("tries of new Error('x')", { seen: 3 }, await tries(new Error('x')));
told("tries of new TypeError('x')", { guess: 3, seen: 1 }, await tries(new TypeError('x')));
told(
	"tries of new TypeError('fetch failed')",
	{ seen: 3 },
	await tries(new TypeError('fetch failed')),
);
told("tries of { code: 'ECONNRESET' }", { guess: 3, seen: 1 }, await tries({ code: 'ECONNRESET' }));
JS
