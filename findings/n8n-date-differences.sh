#!/usr/bin/env bash
# n8n's diffTo() is negative for a later day, isBetween() is false at both of its ends, and plus() of a bare number
# adds milliseconds, where the same call on a unit adds days.
. "$(dirname "$0")/lib/lib.sh"
packages n8n-workflow@2.41.0
probe <<'JS'
import { told } from './told.mjs';
import { evaluate } from './n8n.mjs';
const day = (rest) => evaluate(`{{ '2026-11-28'.toDateTime().${rest} }}`);
told(
	"28 November, diffTo('2026-11-30', 'days')",
	{ guess: 2, seen: -2 },
	day("diffTo('2026-11-30', 'days')"),
);
told(
	"28 November, isBetween('2026-11-28', '2026-11-30')",
	{ guess: true, seen: false },
	day("isBetween('2026-11-28', '2026-11-30')"),
);
told('isBetween from the day before', { seen: true }, day("isBetween('2026-11-27', '2026-11-30')"));
told("plus(1, 'day')", { seen: '2026-11-29T00:00:00.000Z' }, day("plus(1, 'day').toISO()"));
told(
	'plus(1)',
	{ guess: '2026-11-29T00:00:00.000Z', seen: '2026-11-28T00:00:00.001Z' },
	day('plus(1).toISO()'),
);
told('extract() without a part', { guess: 28, seen: 48 }, day('extract()'));
JS
