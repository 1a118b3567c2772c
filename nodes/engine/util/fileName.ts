/** Below what every common file system takes, with room for what a workflow puts before or behind. Characters. */
const longest = 200;

/**
 * A file's name that came from outside, as a workflow may write it: the last part of a path, without characters that
 * control something or do not show, and without those that some file system gives a meaning.
 * @param fallback where nothing of it is left
 */
export function safeFileName(name: string, fallback: string): string {
	const base = name.slice(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
	const clean = base
		.replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, '')
		.replace(/[<>:"|?*]/g, '_')
		.trim();
	// The end says what kind of file it is.
	const short = clean.length > longest ? clean.slice(-longest).toWellFormed() : clean;
	return /^\.*$/.test(short) ? fallback : short;
}
