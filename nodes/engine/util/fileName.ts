/** Below what every common file system takes, with room for what a workflow puts before or behind. Bytes of UTF-8. */
const longest = 200;

/** Devices of Windows, with whatever stands behind a dot (Microsoft, "Naming Files, Paths, and Namespaces"). */
const device = /^(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[\d\u00B9\u00B2\u00B3])\s*(\.|$)/i;

/**
 * A file's name that came from outside, as a workflow may write it: the last part of a path, without characters that
 * control something or do not show, and without those that some file system gives a meaning. It hides no file, names
 * no device, and ends with none of the signs that Windows leaves out.
 * @param fallback where nothing of it is left
 */
export function safeFileName(name: string, fallback: string): string {
	const base = name.slice(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
	const clean = base.replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, '').replace(/[<>:"|?*]/g, '_');
	const safe = lastBytes(withoutDots(clean)).replace(/^[.\s]+/, '');
	if (safe === '') return fallback;
	return device.test(safe) ? `_${safe}` : safe;
}

/** Without the dots and blanks at both ends. */
function withoutDots(name: string): string {
	let end = name.length;
	while (end > 0 && /[.\s]/.test(name[end - 1] ?? '')) end--;
	return name.slice(0, end).replace(/^[.\s]+/, '');
}

/** The end of a name, since that says what kind of file it is. */
function lastBytes(name: string): string {
	const bytes = Buffer.from(name);
	let start = Math.max(0, bytes.length - longest);
	// Not from the middle of a character: such bytes begin with the bits 10.
	while (start < bytes.length && ((bytes[start] ?? 0) & 0xc0) === 0x80) start++;
	return bytes.subarray(start).toString();
}
