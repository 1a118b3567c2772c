import { describe, expect, it } from '@jest/globals';
import { type Finding, rowReport } from '../../nodes/engine/operation/rowReport.ts';

const about = (field: string | undefined, what: string, ...indices: number[]): Finding[] =>
	indices.map((index) => ({ index, field, what }));

describe('One sentence about many rows', () => {
	it.each([
		['one', about('Email', 'is empty', 2), "'Email' is empty (item 2)"],
		['two', about('Email', 'is empty', 2, 5), "'Email' is empty (items 2 and 5)"],
		['three', about('Email', 'is empty', 2, 5, 9), "'Email' is empty (items 2, 5 and 9)"],
		['four', about('Email', 'is empty', 0, 5, 9, 12), "'Email' is empty (items 0, 5 and 2 more)"],
		[
			'several kinds',
			[...about('Email', 'is empty', 2), ...about('Phones', 'has letters', 5, 9, 11, 12, 40)],
			"'Email' is empty (item 2); 'Phones' has letters (items 5, 9 and 3 more)",
		],
		[
			'several values of one kind',
			[
				...about('Phones', 'is "n/a", which has letters', 5),
				...about('Phones', 'is "x"y", which has letters', 9),
			],
			`'Phones' is "n/a" or the like, which has letters (items 5 and 9)`,
		],
		[
			'several lengths',
			[
				...about('Name', 'has 64 characters, 1 too many', 1),
				...about('Name', 'has 70 characters, 7 too many', 3),
			],
			"'Name' has 64 characters, 1 too many, or the like (items 1 and 3)",
		],
		[
			'one field, two things',
			[...about('Email', 'is empty', 1), ...about('Email', 'is "x", which is not valid', 0)],
			`'Email' is empty (item 1); 'Email' is "x", which is not valid (item 0)`,
		],
		['no field', about(undefined, 'It went wrong', 1), 'It went wrong (item 1)'],
		[
			'more kinds than fit',
			Array.from({ length: 11 }, (_, n) => about(`F${n}`, 'is empty', n)).flat(),
			`${Array.from({ length: 8 }, (_, n) => `'F${n}' is empty (item ${n})`).join('; ')}; and more (3 items)`,
		],
	])('%s', (_, findings, sentence) => {
		expect(rowReport(findings)).toBe(sentence);
	});
});
