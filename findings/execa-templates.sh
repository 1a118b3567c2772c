#!/usr/bin/env bash
# execa: quotes in a command that is written as a template are handed on with the argument, and no star is expanded;
# an output that goes to a file is in the result as well; a program that is not there is no exception where failures
# are none, and has no exit code.
. "$(dirname "$0")/lib/lib.sh"
packages execa@9.6.1
probe <<'JS'
import { $, execa } from 'execa';
import { told } from './told.mjs';
told(
	'$`echo "two words"`',
	{ guess: 'two words', seen: '"two words"' },
	(await $`echo "two words"`).stdout,
);
told("$`echo ${'two words'}`", { seen: 'two words' }, (await $`echo ${'two words'}`).stdout);
told(
	'$`echo *.mjs`',
	{ guess: 'n8n.mjs probe.mjs requests.mjs told.mjs', seen: '*.mjs' },
	(await $`echo *.mjs`).stdout,
);
const toFile = await execa('echo', ['kept'], { stdout: { file: 'out.txt' } });
told('stdout of what went to a file', { guess: undefined, seen: 'kept' }, toFile.stdout);
const missing = await execa('no-such-program', { reject: false });
told('no such program, reject: false', { seen: [true, 'ENOENT'] }, [missing.failed, missing.code]);
told('its exit code', { guess: 127, seen: undefined }, missing.exitCode);
JS
