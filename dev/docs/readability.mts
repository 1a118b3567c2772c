import { fleschKincaid } from 'flesch-kincaid';
import { toString } from 'mdast-util-to-string';
import remarkGfm from 'remark-gfm';
import remarkParse from 'remark-parse';
import { syllable } from 'syllable';
import { unified } from 'unified';
import { visit } from 'unist-util-visit';

/** Fewer words are a label or a cell, and no sentence; and no more between two commas are a list of names. */
const fewWords = 5;

/** The words of an English text. */
export const wordsOf = (text: string): string[] => text.match(/[A-Za-z][A-Za-z'’-]*/g) ?? [];

/** The sentences of a text. A colon or a semicolon ends one, too: what stands behind it is read by itself. */
export const sentencesOf = (text: string): string[] =>
	text
		.split(/(?<=[.!?:;])\s+(?=["'“‘(]?[A-Za-z0-9])/)
		.filter((sentence) => wordsOf(sentence).length >= fewWords && !isList(sentence));

function isList(sentence: string): boolean {
	const parts = sentence.split(/, | and /);
	return parts.length > 3 && wordsOf(sentence).length < fewWords * parts.length;
}

/**
 * The sentences of a page in Markdown: of its paragraphs, lists and tables. Code counts as one word, and so does what
 * stands in italics, which is a name.
 */
export function sentencesOfPage(markdown: string): string[] {
	const found: string[] = [];
	const page = unified().use(remarkParse).use(remarkGfm).parse(markdown);
	visit(page, ['paragraph', 'tableCell'], (block) => {
		visit(block, ['inlineCode', 'html', 'emphasis'], (name) => {
			if ('value' in name) name.value = 'code';
			if (name.type === 'emphasis') name.children = [{ type: 'text', value: 'name' }];
		});
		found.push(...sentencesOf(toString(block).replace(/\s+/g, ' ')));
	});
	return found;
}

/**
 * The school year in the United States in which such sentences are read with ease (Kincaid and others, "Derivation of
 * New Readability Formulas", 1975). A pupil of 14 is in the eighth or ninth.
 */
export function gradeOf(sentences: readonly string[]): number {
	const words = sentences.flatMap(wordsOf);
	return fleschKincaid({
		sentence: sentences.length,
		word: words.length,
		syllable: words.reduce((sum, word) => sum + syllable(word), 0),
	});
}
