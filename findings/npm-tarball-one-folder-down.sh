#!/usr/bin/env bash
# npm: a tarball that lies one folder further down is taken for a repository of GitHub, although the file is there and is
# called .tgz; two folders down, in the folder itself, and behind "./" it is the file. npm's own reader of what it is told
# to install, pack or publish is asked.
. "$(dirname "$0")/lib/lib.sh"
packages npm-package-arg@13.0.2
mkdir -p made/deeper
touch thing.tgz made/thing.tgz made/deeper/thing.tgz made/thing.tar.gz
probe <<'JS'
import { existsSync } from 'node:fs';
import { require, told } from './told.mjs';
const read = require('npm-package-arg');
const kind = (what) => {
	const { type, hosted } = read(what);
	return `${type}${hosted ? ` at ${hosted.type}, ${hosted.user}/${hosted.project}` : ''}, there: ${existsSync(what)}`;
};

told('thing.tgz', { seen: 'file, there: true' }, kind('thing.tgz'));
told(
	'made/thing.tgz',
	{ guess: 'file, there: true', seen: 'git at github, made/thing.tgz, there: true' },
	kind('made/thing.tgz'),
);
told(
	'made/thing.tar.gz',
	{ guess: 'file, there: true', seen: 'git at github, made/thing.tar.gz, there: true' },
	kind('made/thing.tar.gz'),
);
told('./made/thing.tgz', { seen: 'file, there: true' }, kind('./made/thing.tgz'));
told('made/deeper/thing.tgz', { seen: 'file, there: true' }, kind('made/deeper/thing.tgz'));
JS
