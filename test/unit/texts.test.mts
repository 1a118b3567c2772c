import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { textsOfNodes } from '../../dev/docs/texts.mts';
import type { Workflow } from '../../dev/n8n/workflow.mts';
import { TOP } from '../../dev/n8n/runtime.mts';
import { readVendors } from '../../dev/packages/vendor.mts';
import { labelsOf } from './labels.mts';

const texts = await textsOfNodes();

const folder = join(TOP, 'examples');
const examples = (await readdir(folder)).filter((name) => name.endsWith('.json'));
/** What the sticky note of each example says. */
const notes = await Promise.all(
	examples.map(async (at) => {
		const { nodes } = JSON.parse(await readFile(join(folder, at), 'utf8')) as Workflow;
		const note = nodes.find(({ type }) => type.endsWith('.stickyNote'));
		return { at, text: String(note?.parameters.content ?? '') };
	}),
);

/** Words over which people stumbled who read English as a second language, or who sell and do not program. */
const stumbledOver: ReadonlyArray<[string, RegExp]> = [
	['comes out, goes out', /\b(?:comes?|goes?|going) out\b/i],
	['tells of', /\btells? (?:no more )?of\b/i],
	// "There is no campaign" is plain; "x is no campaign" is not.
	['is no', /(?<!\bthere )\b(?:is|are) no\b/i],
	['is none', /\b(?:is|are) none\b/i],
	['by itself', /\bby itself\b/i],
	['be it', /\bbe it\b/i],
	['without a word', /\bwithout a word\b/i],
	['once more, anew', /\bonce more\b|\banew\b/i],
	// At the beginning it says what a field asks for: "Where the lead comes from".
	['where', /(?<!^)\bwhere\b/],
	['all the same', /\ball the same\b/i],
	// n8n's own word of today, as everything else here says it.
	['activate for publish', /\b(?:de)?activat/i],
];

describe('what the nodes say', () => {
	it('is read from every file that ships', () => {
		const rooms = new Set(texts.map(({ at }) => at.split('/').slice(0, 2).join('/')));
		expect(rooms.size).toBeGreaterThan(8);
		expect(texts.length).toBeGreaterThan(1000);
	});

	it.each(stumbledOver)('has no "%s"', (_, words) => {
		expect(texts.filter(({ text }) => words.test(text))).toEqual([]);
	});

	it.each(stumbledOver)('has no "%s" in the note of an example', (_, words) => {
		expect(notes.every(({ text }) => text.length > 0)).toBe(true);
		expect(notes.filter(({ text }) => words.test(text))).toEqual([]);
	});

	it.each([
		['The item comes out with the reason', 'comes out, goes out'],
		['It tells of nothing', 'tells of'],
		['"x" is no campaign', 'is no'],
		['Empty where there is one', 'where'],
	])('would find %j', (text, name) => {
		const [, words] = stumbledOver.find(([named]) => named === name) ?? [];
		expect(words?.test(text)).toBe(true);
	});

	it('may say that there is none of something, and ask where something comes from', () => {
		const plain = ['There is no campaign with this ID', 'Where the lead comes from'];
		for (const [, words] of stumbledOver)
			expect(plain.filter((text) => words.test(text))).toEqual([]);
	});
});

it('no sentence names a field by a label that its newest version has not', async () => {
	const { newest, earlier } = labelsOf(await readVendors());
	// "After Prospect ID" is a label of today. A word such as Created may mean anything.
	const current = [...newest].filter((label) => label.includes(' '));
	const old = [...earlier].filter((label) => label.includes(' '));
	expect(old.length).toBeGreaterThan(5);
	const naming = (text: string): string[] => {
		if (!old.some((label) => text.includes(label))) return [];
		const rest = current
			.filter((label) => text.includes(label))
			.sort((one, other) => other.length - one.length)
			.reduce((left, label) => left.replaceAll(label, ''), text);
		return old.filter((label) => rest.includes(label) && text !== label);
	};
	expect(naming("Remove 'After Prospect ID'.")).toEqual([]);
	expect(naming("Leave 'Prospect ID' empty.")).toEqual(['Prospect ID']);
	expect(texts.filter(({ text }) => naming(text).length > 0)).toEqual([]);
});
