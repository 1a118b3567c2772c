#!/usr/bin/env bash
# @jest/test-sequencer: its default import is a class that an ES module can extend, and TypeScript refuses it as none. Its
# types describe what `require` gives, and it has no others for `import`.
. "$(dirname "$0")/lib/lib.sh"
packages @jest/test-sequencer@30.5.2 typescript@5.9.3 @types/node@20.19.43
probe <<'JS'
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { told } from './told.mjs';
const program = (line) => `${line}\nexport class Mine extends Sequencer {}\nconsole.log(typeof Mine);\n`;
const ways = {
	'the default import': "import Sequencer from '@jest/test-sequencer';",
	'default of all that is imported': "import * as all from '@jest/test-sequencer';\nconst { default: Sequencer } = all;",
};
const options = '--noEmit --strict --skipLibCheck --module nodenext --target es2022 --types node'.split(' ');
for (const [way, line] of Object.entries(ways)) {
	writeFileSync('mine.mjs', program(line));
	writeFileSync('mine.mts', program(line));
	const node = spawnSync('node', ['mine.mjs'], { encoding: 'utf8' });
	told(`${way}, extended, run by Node`, { seen: 'function' }, node.stdout.trim());
	const tsc = spawnSync('node_modules/.bin/tsc', [...options, 'mine.mts'], { encoding: 'utf8' });
	const codes = tsc.stdout.match(/TS\d+/g) ?? [];
	told(`${way}, extended, by TypeScript`, { guess: [], seen: ['TS2507'] }, codes);
}
JS
