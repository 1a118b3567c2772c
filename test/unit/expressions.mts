import { readdir, readFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const top = resolve(dirname(fileURLToPath(import.meta.url)), '../..');

/** A regular expression of what ships. */
export interface Expression {
	/** File and literal, to name it by. */
	name: string;
	pattern: RegExp;
}

/** Every regular expression that stands as a literal in what ships. */
export async function shippedExpressions(): Promise<Expression[]> {
	const found: Expression[] = [];
	for (const folder of ['nodes', 'credentials']) {
		const entries = await readdir(join(top, folder), { recursive: true });
		for (const name of entries.filter((one) => one.endsWith('.ts'))) {
			const file = join(folder, name);
			found.push(...literalsIn(file, await readFile(join(top, file), 'utf8')));
		}
	}
	return found;
}

function literalsIn(file: string, code: string): Expression[] {
	const found: Expression[] = [];
	const visit = (node: ts.Node): void => {
		if (ts.isRegularExpressionLiteral(node)) {
			const [, source = '', flags = ''] = /^\/(.*)\/([a-z]*)$/s.exec(node.text) ?? [];
			found.push({ name: `${file} ${node.text}`, pattern: new RegExp(source, flags) });
		}
		ts.forEachChild(node, visit);
	};
	visit(ts.createSourceFile(file, code, ts.ScriptTarget.ES2022));
	return found;
}

/** Pieces that are repeated, and what may stand before and after: each makes some expression look twice. */
const pieces = [
	'/',
	' ',
	'\t',
	'\n',
	'a',
	'A',
	'0',
	'.',
	'-',
	'_',
	'@',
	'<',
	'>',
	'&',
	'&a',
	'[',
	'(',
	'{{',
	'{',
	'${',
	'%',
	',',
	';',
	':',
	'=',
	'"',
	"'",
	'\\',
	'+',
	'a.',
	'a@',
	' a',
	'a ',
	'0 ',
	'\u200b',
	'\u00a0',
	'é',
	'[1/1/2021, ',
	'<br',
	'/api/',
	'x-',
];
const ends = ['', 'x', '!', '\n', '\0', '@', '0', '/x'];

/** Of what a text is made that could take an expression long. */
export interface Recipe {
	piece: string;
	end: string;
}

export const recipes: Recipe[] = pieces.flatMap((piece) => ends.map((end) => ({ piece, end })));

/** @param length characters, without the end */
export const textOf = ({ piece, end }: Recipe, length: number): string =>
	piece.repeat(Math.ceil(length / piece.length)).slice(0, length) + end;

/** How long an expression takes to look through a text and to replace in it. Milliseconds. */
export function timeOf(pattern: RegExp, text: string): number {
	const own = new RegExp(pattern.source, pattern.flags.replace(/[gy]/g, ''));
	const every = new RegExp(pattern.source, `${pattern.flags.replace(/[gy]/g, '')}g`);
	const begun = performance.now();
	own.test(text);
	text.replace(every, '');
	return performance.now() - begun;
}
