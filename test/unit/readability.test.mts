import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { gradeOf, sentencesOf, sentencesOfPage, wordsOf } from '../../dev/docs/readability.mts';
import { textsOfNodes } from '../../dev/docs/texts.mts';
import { TOP } from '../../dev/n8n/runtime.mts';

/** A pupil of 14 is in the eighth school year or the ninth. */
const mostGrade = 8;
/** Of a single sentence, since one of them is less than the mean of a page; shorter ones are made hard by one name. */
const mostOfOne = 14;
const shortSentence = 10;

const pages = [
	'README.md',
	...(await readdir(join(TOP, 'docs')))
		.filter((name) => name.endsWith('.md'))
		.map((name) => `docs/${name}`),
];

/** The sentences that are too hard, by which somebody mends them. */
const tooHard = (sentences: readonly string[]): string[] =>
	sentences.filter(
		(sentence) => wordsOf(sentence).length >= shortSentence && gradeOf([sentence]) > mostOfOne,
	);

describe.each(pages)('%s is read at 14', (page) => {
	it('as a whole, and sentence by sentence', async () => {
		const sentences = sentencesOfPage(await readFile(join(TOP, page), 'utf8'));
		expect(sentences.length).toBeGreaterThan(5);
		expect(tooHard(sentences)).toEqual([]);
		expect(gradeOf(sentences)).toBeLessThanOrEqual(mostGrade);
	});
});

describe('what the nodes say is read at 14', () => {
	it('as a whole, and sentence by sentence', async () => {
		const sentences = (await textsOfNodes()).flatMap(({ text }) => sentencesOf(text));
		expect(sentences.length).toBeGreaterThan(500);
		expect(tooHard(sentences)).toEqual([]);
		expect(gradeOf(sentences)).toBeLessThanOrEqual(mostGrade);
	});
});

it('tells what is hard from what is not', () => {
	const hard =
		'Notwithstanding the aforementioned considerations, the configuration of authentication parameters necessitates administrative authorisation.';
	const easy = 'Open the credential, paste the key, and press the button that says Save.';
	expect(tooHard([hard, easy])).toEqual([hard]);
	expect(sentencesOfPage(`# A title\n\n- ${easy} ${easy}\n\n\`\`\`\n${hard}\n\`\`\`\n`)).toEqual([
		easy,
		easy,
	]);
});
