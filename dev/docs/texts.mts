import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import ts from 'typescript';
import { TOP } from '../n8n/runtime.mts';

/** A text in the code of nodes or credentials that a person may read. */
export interface Text {
	/** The file below the project's top, and the line. */
	at: string;
	/** With `…` for each value that is put in. */
	text: string;
}

/** What ships and speaks to people. */
const rooms = ['nodes', 'credentials'];

/**
 * All texts in what ships: every literal with a blank in it, whether it is a label, a description or a sentence.
 * Read from the code, so that a sentence which no test provokes is among them.
 */
export async function textsOfNodes(): Promise<Text[]> {
	const files = await Promise.all(
		rooms.map(async (room) =>
			(await readdir(join(TOP, room), { recursive: true }))
				.filter((file) => file.endsWith('.ts'))
				.map((file) => join(room, file)),
		),
	);
	const texts = await Promise.all(files.flat().sort().map(textsIn));
	return texts.flat();
}

async function textsIn(file: string): Promise<Text[]> {
	const source = ts.createSourceFile(
		file,
		await readFile(join(TOP, file), 'utf8'),
		ts.ScriptTarget.Latest,
		true,
	);
	const found: Text[] = [];
	const visit = (node: ts.Node): void => {
		const text = textOf(node);
		if (text !== undefined && /\S\s+\S/.test(text)) {
			const { line } = source.getLineAndCharacterOfPosition(node.getStart(source));
			found.push({ at: `${file}:${line + 1}`, text });
		}
		ts.forEachChild(node, visit);
	};
	visit(source);
	return found;
}

function textOf(node: ts.Node): string | undefined {
	if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) return node.text;
	if (!ts.isTemplateExpression(node)) return undefined;
	return node.head.text + node.templateSpans.map(({ literal }) => `…${literal.text}`).join('');
}
