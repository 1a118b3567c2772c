import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { TOP } from '../n8n/runtime.mts';
import { ownPackage } from '../packages/own.mts';
import { readVendors } from '../packages/vendor.mts';
import { areaBy, chapter, releasesOf, withChapter } from './changelog.mts';
import { readHistory } from './history.mts';

/**
 * `npm run changelog` makes what stands under Unreleased in CHANGELOG.md the chapter of the version in package.json;
 * where nothing does, it makes one from the commits since the last tag. `-- --print` only prints the latter, for the
 * notes of a release.
 */
const { values } = parseArgs({ options: { print: { type: 'boolean', default: false } } });
/** What users see; tests and tools are no news to them. */
const news = ['nodes/', 'credentials/', 'icons/', 'docs/', 'examples/', 'README.md'];

const { version } = await ownPackage();
const [newest] = releasesOf(await readHistory(news), version);
if (newest === undefined) throw new Error('No commit changed anything that users see.');
const text = chapter(newest, areaBy(await readVendors()));

const file = join(TOP, 'CHANGELOG.md');
const changelog = await readFile(file, 'utf8');
if (values.print) console.log(text);
else if (new RegExp(`^## ${version}\\b`, 'm').test(changelog)) {
	console.log(
		`CHANGELOG.md has a chapter for ${version} already; raise the version in package.json first.`,
	);
} else {
	await writeFile(file, withChapter(changelog, text));
	console.log(`CHANGELOG.md has a chapter for ${version} now.`);
}
