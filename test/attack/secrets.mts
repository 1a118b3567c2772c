import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';

/**
 * The forms in which texts may carry a secret: as it is, in URLs, forms, HTML and JSON (all by its core,
 * which none of them changes), in base64 at any place of a text, and in hex.
 * @param core the secret, or the part of it that holds only letters and digits
 */
export const needlesOf = (core: string, secret = core): Record<string, string> => ({
	core,
	...Object.fromEntries(
		// Base64 of a text differs with the place at which the text begins; what is next to it is cut off.
		['', 'x', 'xx'].map((before, n) => {
			const inside = Buffer.from(before + core)
				.toString('base64')
				.slice(4, -4);
			return [`base64, moved by ${n}`, inside];
		}),
	),
	'base64 of the key': Buffer.from(secret).toString('base64').replace(/=+$/, ''),
	'hex of the key': Buffer.from(secret).toString('hex'),
});

/** Searches for some secrets in all their forms. @returns in which forms a text holds one */
export const searchFor = (...secrets: Array<Record<string, string>>) => {
	const needles = secrets.flatMap((forms) => Object.entries(forms));
	return (text: Buffer | string): string[] => {
		const bytes = Buffer.from(text);
		return needles.filter(([, needle]) => bytes.includes(needle)).map(([form]) => form);
	};
};

/** All that n8n wrote into its folder: database with its -wal, log, settings, but not its packages. */
export async function filesOf(folder: string): Promise<string[]> {
	const entries = await readdir(folder, { recursive: true, withFileTypes: true });
	return entries
		.filter(
			(entry) => entry.isFile() && !relative(folder, entry.parentPath).includes('node_modules'),
		)
		.map((entry) => join(entry.parentPath, entry.name));
}

/** Which files hold what is searched for, in which form. */
export async function foundInFiles(
	files: string[],
	search: (text: Buffer) => string[],
): Promise<string[]> {
	const found: string[] = [];
	for (const file of files)
		found.push(...search(await readFile(file)).map((form) => `${file}: ${form}`));
	return found;
}
