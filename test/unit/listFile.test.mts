import { encoderOf } from '../../nodes/engine/operation/fileFormats.ts';
import { withoutFormula } from '../../nodes/engine/util/formula.ts';
import { describe, expect, it } from '@jest/globals';
import { disk, things, read, fileOf, withFilesOnDisk } from './listFile.setup.mts';

withFilesOnDisk();

describe('a list as a file', () => {
	it('holds byte for byte the records that items give', async () => {
		const items = (await read({ returnAs: 'items' })).items.map(({ json }) => json);
		expect(items).toEqual(things);
		const lines = await fileOf(await read({ fileFormat: 'jsonl' }));
		expect(lines).toBe(items.map((json) => `${JSON.stringify(json)}\n`).join(''));
		const text = await fileOf(await read({ fileFormat: 'json' }));
		expect(text).toBe(`[\n${items.map((json) => JSON.stringify(json)).join(',\n')}\n]\n`);
		expect(JSON.parse(text)).toEqual(things);
	});

	it('tells count, dates, size and what was left out, and is one item for each that asked', async () => {
		const result = await read({ fileFormat: 'csv' }, { items: [{}, {}] });
		expect(result.error).toBeUndefined();
		expect(result.items.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 1 }]);
		const text = await fileOf(result);
		expect(result.items[1]?.json).toEqual({
			fileName: 'thing.csv',
			count: 25,
			firstDate: '2025-01-01T00:00:00.000Z',
			lastDate: '2025-01-25T00:00:00.000Z',
			bytes: Buffer.byteLength(text),
			leftOut: { records: 0, fields: { late: 4 }, formulas: 1 },
		});
		expect(result.items[0]?.binary?.data).toMatchObject({
			mimeType: 'text/csv',
			fileName: 'thing.csv',
			id: expect.stringMatching(/^filesystem-v2:/),
		});
		expect(result.hints.map(({ message }) => message)).toEqual([
			'The CSV file has no column for &#34;late&#34;, so what some records have there is not in it. JSON Lines and JSON have all fields (items 0 and 1).',
		]);
		expect(await disk.files()).toHaveLength(2);
		expect((await read({ fileFormat: 'jsonl' })).hints).toEqual([]);
	});

	it('has no text that a spreadsheet runs, whatever stands before it', () => {
		const formulas = [
			'=1',
			'+1',
			'-1',
			'@a',
			'\t1',
			'\r1',
			'\n=1',
			' =1',
			'\u00a0+1',
			'\u3000@a',
			'\ufeff=1',
		];
		const unseen = [
			'\u200b=1',
			' \u2060 -1',
			'\uff1d1',
			'\uff0b1',
			'\uff0d1',
			'\uff20a',
			'  \uff1d1',
			'\u00ad=1',
			'\u2061\u202a@a',
			'\u0000=1',
			'\u001f+1',
			'\u115f-1',
			'\u2800=1',
			'\ufe0f@a',
		];
		for (const text of [...formulas, ...unseen]) expect(withoutFormula(text)).toBe(`'${text}`);
		for (const text of ['', ' ', 'a=1', ' a', '1-2', "'=1", '(=1)'])
			expect(withoutFormula(text)).toBe(text);
		const { page } = encoderOf('csv');
		expect(page([{ ' =name': ' =1' }])).toBe("' =name\r\n' =1\r\n");
	});

	it('is CSV for people unless somebody says otherwise', async () => {
		const [head, ...rows] = (await fileOf(await read({ fileFormat: 'csv' }))).split('\r\n');
		expect(head).toBe('id,name,made,tags');
		expect(rows[1]).toBe('1,"São, 1",2025-01-08T00:00:00.000Z,"[""a"",""b\\""c""]"');
		expect(rows[3]).toBe(`3,'=1+1,2025-01-22T00:00:00.000Z,"[""a"",""b\\""c""]"`);
		expect(rows).toHaveLength(26);
		const fileOptions = {
			...{ separator: ';', byteOrderMark: true, keepFormulasOut: false },
			...{ fileName: '../São Paulo', binaryPropertyName: 'list' },
		};
		const result = await read({ fileFormat: 'csv', fileOptions });
		const text = await fileOf(result, 'list');
		expect(text.startsWith('\uFEFFid;name;made;tags\r\n0;São, 0;')).toBe(true);
		expect(text).toContain('\r\n3;=1+1;');
		expect(result.items[0]?.json).toMatchObject({
			fileName: 'São Paulo.csv',
			leftOut: { formulas: 0 },
		});
	});

	it.each([
		['Leads 30/11/2026', 'Leads 30-11-2026.csv'],
		['2026/11', '2026-11.csv'],
		['exports/2026/leads', 'leads.csv'],
		['../leads.csv', 'leads.csv'],
	])('called %s has a name of its own: %s', async (fileName, name) => {
		const { items } = await read({ fileFormat: 'csv', fileOptions: { fileName } });
		expect(items[0]?.json.fileName).toBe(name);
		expect(items[0]?.binary?.data?.fileName).toBe(name);
	});

	it('has numbers with a decimal comma where columns are parted by semicolons', () => {
		const record = { price: 1.234, whole: 7, text: '1.5', nested: { rate: 0.5 } };
		const row = (separator: string) =>
			encoderOf('csv', { separator }).page([record]).split('\r\n')[1];
		expect(row(';')).toBe('1,234;7;1.5;"{""rate"":0.5}"');
		expect(row(',')).toBe('1.234,7,1.5,"{""rate"":0.5}"');
	});

	it('has no line of CSV that is read as none, where a record has one column and nothing in it', () => {
		for (const columns of [['name'], undefined]) {
			const { page } = encoderOf('csv', { columns });
			expect(page([{ name: '' }, { name: null }, { name: 'a' }, {}])).toBe(
				'name\r\n""\r\n""\r\na\r\n""\r\n',
			);
		}
	});

	it.each([
		['csv', ''],
		['json', '[]\n'],
		['jsonl', ''],
	])('is empty as %s where nothing is found', async (fileFormat, text) => {
		const result = await read({ fileFormat }, { handle: () => ({ things: [] }) });
		expect(await fileOf(result)).toBe(text);
		expect(result.items[0]?.json).toMatchObject({ count: 0, firstDate: null, lastDate: null });
	});

	it('stays items for an AI agent, and up to a limit', async () => {
		expect((await read({}, { asTool: true })).items).toHaveLength(25);
		expect((await read({ returnAll: false, limit: 5 })).items).toHaveLength(5);
	});

	it('comes from calls that the node has no operation for too', async () => {
		const call = { resource: 'customApiCall', path: '/things', query: {}, fileFormat: 'jsonl' };
		expect(await fileOf(await read(call))).toBe(
			things.map((json) => `${JSON.stringify(json)}\n`).join(''),
		);
	});
});
