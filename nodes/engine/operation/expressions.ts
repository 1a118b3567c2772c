/** Another node, another item or a variable, as an expression names it. */
const elsewhere = /\$\(|\$(?:node|items|input|vars)\b/;

/** Whether a parameter's expressions read another node, another item or a variable. */
export const readsElsewhere = (raw: unknown): boolean => elsewhere.test(JSON.stringify(raw));

/** The column in `={{ $json.email }}` or `={{ $json["E-mail"] }}`: what dragging one into a field writes. */
export function columnOf(raw: unknown): string | undefined {
	if (typeof raw !== 'string') return undefined;
	const [, ...names] =
		/^=\{\{\s*\$json(?:\.([A-Za-z_]\w*)|\[(?:"([^"\\]+)"|'([^'\\]+)')\])\s*\}\}$/.exec(raw) ?? [];
	return names.find((name) => name !== undefined);
}

/** The paths of the expressions in a parameter. */
export function expressionsIn(raw: unknown, path: string[]): string[][] {
	if (typeof raw === 'string') return raw.startsWith('=') ? [path] : [];
	if (typeof raw !== 'object' || raw === null) return [];
	return Object.entries(raw).flatMap(([name, inner]) => expressionsIn(inner, [...path, name]));
}
