import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { TOP } from '../n8n/runtime.mts';
import { type Edition, strangersIn } from './edition.mts';

/** A workflow that ships with a package. */
export interface ShippedExample {
	/** Its path in the package, such as `examples/first-look-saleswhale.json`. */
	path: string;
	/** Its name in n8n. */
	name: string;
	/** With the package's own nodes. */
	text: string;
}

const folder = 'examples';

/** The examples that use nodes of this package, and of no vendor that is not in it. */
export async function examplesOf(edition: Edition): Promise<ShippedExample[]> {
	const files = (await readdir(join(TOP, folder))).filter((file) => file.endsWith('.json')).sort();
	const all = await Promise.all(
		files.map(async (file) => {
			const text = await readFile(join(TOP, folder, file), 'utf8');
			const { name } = JSON.parse(text) as { name: string };
			const own = text.replaceAll(`"${edition.own.name}.`, `"${edition.name}.`);
			return { path: `${folder}/${file}`, name, text: own };
		}),
	);
	return all.filter(
		({ path, text }) =>
			text.includes(`"${edition.name}.`) && strangersIn(`${path}\n${text}`, edition).length === 0,
	);
}
