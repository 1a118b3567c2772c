/** Hostile numbers, lengths and JSON, and what only an expression of n8n can hand to a field. */

/** An object, or a list, inside itself a number of times. */
export function nested(
	levels: number,
	wrap: (inner: unknown) => unknown = (a) => ({ a }),
): unknown {
	let value: unknown = 'deep';
	for (let level = 0; level < levels; level++) value = wrap(value);
	return value;
}

/** The same as JSON, which nothing has to walk through to make. */
const nestedText = (levels: number, open: string, close: string): string =>
	`${open.repeat(levels)}"deep"${close.repeat(levels)}`;

function cycle(): unknown {
	const value: Record<string, unknown> = { name: 'a' };
	value.self = value;
	return value;
}

function cyclicList(): unknown {
	const list: unknown[] = ['a'];
	list.push(list);
	return list;
}

const throwing = {
	get name(): string {
		throw new Error('Nobody may read this');
	},
};

/** Numbers as texts, and the edges of numbers. */
const numbers: Record<string, string> = {
	zero: '0',
	'less than zero': '-1',
	'zero less than zero': '-0',
	'a number with zeros in front': '0042',
	'a number with blanks': ' 42 ',
	'a number with a sign': '+42',
	'a fraction': '4.2',
	'an exponent': '1e309',
	'a small exponent': '1e-400',
	hex: '0x2a',
	octal: '0o52',
	binary: '0b101010',
	'a big integer': '42n',
	'a separator': '4_2',
	'a thousands separator': '4,200',
	'more than is safe': '9007199254740993',
	'a number too long': '9'.repeat(400),
	infinity: 'Infinity',
	Roman: 'XLII',
	'a number and a letter': '42a',
};

/** Lengths: nothing, blanks, and far too much. */
const lengths: Record<string, string> = {
	nothing: '',
	'a blank': ' ',
	blanks: ' \t\r\n ',
	'513 characters': 'a'.repeat(513),
	'a megabyte': 'a'.repeat(2 ** 20),
	'64 kilobytes of slashes': '/'.repeat(2 ** 16),
	'64 kilobytes of dots': '.'.repeat(2 ** 16),
	'64 kilobytes of percent signs': '%'.repeat(2 ** 16),
	'64 kilobytes of blanks': ' '.repeat(2 ** 16),
	'64 kilobytes of line breaks': '\n'.repeat(2 ** 16),
	'64 kilobytes of nulls': '\0'.repeat(2 ** 16),
	'64 kilobytes of commas': ','.repeat(2 ** 16),
	'a megabyte of brackets': '['.repeat(2 ** 20),
	'64 kilobytes of emoji': '🚀'.repeat(2 ** 14),
	'a megabyte of half pairs': '\ud83d'.repeat(2 ** 20),
	'a megabyte and an at sign': `${'a'.repeat(2 ** 20)}@example.com`,
	'64 kilobytes of at signs': '@'.repeat(2 ** 16),
	'a profile of a megabyte': `https://linkedin.com/in/${'a'.repeat(2 ** 20)}`,
	'an address of 64 kilobytes': `https://example.com/${'a/'.repeat(2 ** 15)}`,
};

/** Texts of JSON: objects for the fields that take JSON, and only texts for all others. */
const json: Record<string, string> = {
	'JSON with __proto__': '{"__proto__":{"polluted":"yes"},"a":1}',
	'JSON with a constructor': '{"constructor":{"prototype":{"polluted":"yes"}},"a":1}',
	'JSON with __proto__ far inside': '{"a":{"b":[{"__proto__":{"polluted":"yes"}}]}}',
	'JSON with __proto__ in a row': '[{"__proto__":{"polluted":"yes"},"title":"a","key":"a"}]',
	'JSON with __proto__ as a list': '{"__proto__":[]}',
	'JSON with toJSON': '{"toJSON":"a","toString":"b","valueOf":"c"}',
	'JSON with then': '{"then":"a"}',
	'JSON with an empty name': '{"":"a"}',
	'JSON with a name twice': '{"a":1,"a":2}',
	'JSON with a null in a name': '{"a\\u0000b":1}',
	'JSON with half a pair': '{"a":"\\ud83d"}',
	'JSON with a line break in a name': '{"a\\r\\nX-Injected":"yes"}',
	'JSON with numbers at the edge': '{"a":1e400,"b":-0,"c":9007199254740993}',
	'JSON with a function': '{"a": function () { return 1; }}',
	'JSON with a comment': '{"a":1} // and so on',
	'JSON with a comma too many': '{"a":1,}',
	'JSON with single quotes': "{'a':1}",
	'JSON without quotes': '{a:1}',
	'JSON cut short': '{"a":{"b":',
	'JSON that is a text': '"text"',
	'JSON that is null': 'null',
	'JSON that is a list of lists': '[[[]]]',
	'JSON that is a list of null': '[null]',
	'JSON of 101 levels': nestedText(101, '{"a":', '}'),
	'JSON of 10,000 levels': nestedText(10_000, '{"a":', '}'),
	'JSON of 10,000 lists': nestedText(10_000, '[', ']'),
	'rows of 10,000 levels': `[{"a":${nestedText(10_000, '{"a":', '}')}}]`,
	'JSON of a megabyte': JSON.stringify({ a: 'a'.repeat(2 ** 20) }),
	'JSON with 5,000 names': JSON.stringify(
		Object.fromEntries(Array.from({ length: 5_000 }, (_, n) => [`n${n}`, n])),
	),
	'a name of a megabyte in JSON': JSON.stringify({ ['a'.repeat(2 ** 20)]: 1 }),
};

/** What only an expression can give. */
const objects: Record<string, unknown> = {
	null: null,
	undefined: undefined,
	yes: true,
	no: false,
	'the number 42': 42,
	'a number that is none': Number.NaN,
	'an infinite number': Infinity,
	'less than zero as a number': -1,
	'a big integer as a value': 42n,
	'an empty object': {},
	'an object': { a: 'b' },
	'an object with __proto__': JSON.parse('{"__proto__":{"polluted":"yes"},"a":1}'),
	'an object with a constructor': JSON.parse('{"constructor":{"prototype":{"polluted":"yes"}}}'),
	'an object without a prototype': Object.assign(Object.create(null) as object, { a: 'b' }),
	'an object that is called picked': { mode: 'id', value: '../team' },
	'a picked object inside a picked one': {
		__rl: true,
		mode: 'id',
		value: { __rl: true, mode: 'id', value: '1' },
	},
	'an object with an own toString': { toString: () => '../team' },
	'an object with an own toJSON': { toJSON: () => '../team', a: 1 },
	'an object with an own toISO': { toISO: () => '../team' },
	'an object with a toISO that throws': {
		toISO: () => {
			throw new Error('Nobody may call this');
		},
	},
	'an object with a name that throws': throwing,
	'an object inside itself': cycle(),
	'a list inside itself': cyclicList(),
	'a row inside itself': [cycle()],
	'an object with a function': { a: () => 'b' },
	'a function': () => '../team',
	'a symbol': Symbol('a'),
	'a date that is none': new Date(Number.NaN),
	'a pattern': /a/g,
	'a map': new Map([['a', 'b']]),
	bytes: Buffer.from('../team'),
	'an error': new Error('a'),
	'a promise': Promise.resolve('a'),
	'an empty list': [],
	'a list': ['../team'],
	'a list of lists': [['a']],
	'a list of null': [null, undefined],
	'a list of 10,000': Array.from({ length: 10_000 }, () => 'a'),
	'an object of 10,000 levels': nested(10_000),
	'a list of 10,000 levels': nested(10_000, (a) => [a]),
	'rows with an object of 10,000 levels': [{ a: nested(10_000), title: 'a', key: 'a' }],
};

/** All of them, by kind. */
export const values: Record<string, Record<string, unknown>> = { numbers, lengths, json, objects };
