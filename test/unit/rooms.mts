import { dirname, join, sep } from 'node:path';

/** Which rooms of the engine each of them may import from, besides itself (CONTRIBUTING, "Rooms"). */
export const engine: Record<string, string[]> = {
	operation: ['form', 'pagination', 'polling', 'sendAndWait', 'http', 'util'],
	sendAndWait: ['form', 'webhook', 'util'],
	form: ['http', 'util'],
	pagination: ['http', 'util'],
	// Where a key may go is looked at by the node and by the credential, and the latter knows no node.
	http: ['rateLimit', 'util', '../credentials'],
	rateLimit: ['util'],
	webhook: ['http', 'util', '../credentials'],
	polling: ['pagination', 'http', 'util'],
	util: [],
};

/** The room that a file below the top is in: `engine/http`, `Saleswhale`, `credentials`, `dev`, `vendors/salesflow`, … */
function roomOf(path: string): string {
	const [first = '', second = '', third = ''] = path.split(sep);
	if (first === 'nodes') return second === 'engine' ? `engine/${third}` : second;
	return first === 'dev' && second === 'vendors' && third !== '' ? `vendors/${third}` : first;
}

/** Which rooms a room may import from, besides itself. */
function mayImport(room: string, other: string): boolean {
	const [first = '', second = ''] = room.split('/');
	const ships = other.startsWith('engine/') || /^[A-Z]/.test(other) || other === 'credentials';
	if (first === 'engine')
		return (engine[second] ?? []).some((name) => other === join('engine', name));
	if (first === 'credentials') return false;
	if (first === 'vendors') return ships || other === 'dev';
	if (first === 'dev') return ships || other.startsWith('vendors/');
	if (first === 'test') return true;
	return other.startsWith('engine/');
}

/**
 * Says which imports the rules of the rooms forbid.
 * @param file the importing file, as a path from the top
 * @param names what it imports; what is not relative is left to other tests
 */
export function forbiddenImports({ file, names }: { file: string; names: string[] }): string[] {
	const room = roomOf(file);
	return names
		.filter((name) => name.startsWith('.'))
		.map((name) => join(dirname(file), name))
		.filter((path) => room !== roomOf(path) && !mayImport(room, roomOf(path)))
		.map((path) => `${file} imports ${path}`);
}

/** Words that had several meanings here, each with the field's own word for it (CONTRIBUTING, "Words"). */
const oldWords: Record<string, string> = {
	Door: 'WebhookTarget',
	Shot: 'AttackRequest',
	Judge: 'Oracle',
	Rig: 'Harness',
	Lot: 'Batch',
	World: 'Setup',
	todo: 'hint',
};

/** A number is told by a name with its unit, and not by a comment that begins "So long". */
const vague = /^\s*(?:\/\*\*|\*|\/\/) (?:For |At )?so (?:long|many|much|often|far)\b.*/gim;

/**
 * Says which old words a file has: whole names in its text, parts of its path, and vague comments.
 * @param file as a path from the top
 */
export function oldWordsIn({ file, text }: { file: string; text: string }): string[] {
	const parts = file.toLowerCase().split(/[/.-]/);
	const found = Object.entries(oldWords)
		.filter(([old]) => new RegExp(`\\b${old}\\b`).test(text) || parts.includes(old.toLowerCase()))
		.map(([old, word]) => `${file} says ${old} in place of ${word}`);
	return [...found, ...(text.match(vague) ?? []).map((line) => `${file}: ${line.trim()}`)];
}
