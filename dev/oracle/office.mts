import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { execa } from 'execa';
import type { Cell, Format, Locale } from './cell.mts';

/** How long LibreOffice may take for one file, in milliseconds. */
const longestConversion = 180_000;
const tab = 9;
const utf8 = 76;

/** A user of LibreOffice whose system speaks a language: dates, numbers and words are shown in it. */
const settingsOf = ({ name }: Locale): string => `<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Setup/L10N"><prop oor:name="ooSetupSystemLocale" oor:op="fuse"><value>${name}</value></prop></item>
</oor:items>
`;

/**
 * Saves tables as LibreOffice does for somebody who typed them in: what is typed becomes a number, a date or a
 * boolean by the rules of the language, but for what is in a cell of text.
 * @param tables cells by format, the first row the header
 * @throws Error where LibreOffice is not installed (Debian: libreoffice-calc) or saves nothing
 */
export async function save(
	locale: Locale,
	tables: ReadonlyMap<Format, Cell[][]>,
): Promise<Map<Format, Buffer>> {
	const folder = await mkdtemp(join(tmpdir(), 'judge-'));
	const profile = join(folder, 'profile');
	try {
		await mkdir(join(profile, 'user'), { recursive: true });
		await writeFile(join(profile, 'user', 'registrymodifications.xcu'), settingsOf(locale));
		const saved = new Map<Format, Buffer>();
		for (const [format, rows] of tables) {
			const typed = join(folder, `${format}.csv`);
			await writeFile(typed, rows.map(lineOf).join(''));
			await execa(
				'soffice',
				[
					`-env:UserInstallation=${pathToFileURL(profile).href}`,
					'--headless',
					'--convert-to',
					filterOf(format, locale),
					'--outdir',
					join(folder, 'saved'),
					// Cells in quotes are text; what else looks like a number, a date or a boolean is one.
					`--infilter=CSV:${tab},34,${utf8},1,,${locale.lcid},true,true`,
					typed,
				],
				{ timeout: longestConversion },
			);
			saved.set(format, await readFile(join(folder, 'saved', `${format}.${format}`)));
		}
		return saved;
	} finally {
		await rm(folder, { recursive: true, force: true, maxRetries: 3 });
	}
}

/** LibreOffice Help, "CSV Filter Parameters": separator, quote, encoding, first line, column formats, language, quote all text, as shown. */
function filterOf(format: Format, { lcid, csv: { separator, charset } }: Locale): string {
	if (format !== 'csv') return format;
	const tokens = [separator.charCodeAt(0), 34, charset, 1, '', lcid, false, true, true];
	return `csv:Text - txt - csv (StarCalc):${tokens.join(',')}`;
}

const lineOf = (row: Cell[]): string => `${row.map(cellOf).join('\t')}\n`;

const cellOf = ({ typed, isText }: Cell): string =>
	isText && typed !== '' ? `"${typed.replaceAll('"', '""')}"` : typed;
