#!/usr/bin/env bash
# bytes, which reads the limits of Express's body-parser: a size with a unit that it does not know, a comma or a blank
# behind it, is the digits that it begins with, so that 10m are ten bytes.
. "$(dirname "$0")/lib/lib.sh"
packages bytes@3.1.2
probe <<'JS'
import { require, told } from './told.mjs';
const bytes = require('bytes');
const reads = (text, expected) => told(`'${text}'`, expected, bytes(text));

reads('10mb', { seen: 10485760 });
reads('10 MB', { seen: 10485760 });
reads('10m', { guess: 10485760, seen: 10 });
reads('10MiB', { guess: 10485760, seen: 10 });
reads('10 megabytes', { guess: null, seen: 10 });
reads('10mb per file', { guess: null, seen: 10 });
reads('1.5mb', { seen: 1572864 });
reads('1,5mb', { guess: null, seen: 1 });
reads('.5mb', { guess: 524288, seen: null });
reads('1kb ', { guess: 1024, seen: 1 });
reads('10_000', { guess: 10000, seen: 10 });
reads('1e3', { guess: 1000, seen: 1 });
reads('unlimited', { seen: null });
told(
	'1 KB as MB, with a blank',
	{ guess: '1 KB', seen: '0 MB' },
	bytes(1024, { unit: 'MB', unitSeparator: ' ' }),
);
told(
	'1 KB in a unit that there is not',
	{ guess: null, seen: '1KB' },
	bytes(1024, { unit: 'KiB' }),
);
JS
