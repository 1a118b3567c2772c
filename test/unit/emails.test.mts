import { describe, expect, it } from '@jest/globals';
import type { IExecuteFunctions } from 'n8n-workflow';
import type { Item } from '../../nodes/engine/form/fields.ts';
import { nameList } from '../../nodes/engine/form/list.ts';
import { email } from '../../nodes/engine/form/text.ts';
import { run } from './zenvia/context.mts';

const item: Item = { index: 0, json: {}, context: {} as IExecuteFunctions };
const old: Item = { ...item, version: 1 };
const property = { displayName: 'Email', name: 'email', type: 'string', default: '' } as const;
const field = email(property);

describe('an e-mail address', () => {
	it.each([
		...['ana@example.com', 'ANA@EXAMPLE.COM', "o'neil@example.com", 'ana+x@sub.example.com.br'],
		...['joão@exemplo.com.br', 'ana@exämple.com', 'a_b-c.d@x-y.example', '#1@example.com'],
		...['ana@host_name.example', 'ana@192.0.2.1'],
	])('%j goes out as it is', (raw) => expect(field.read(raw, item)).toBe(raw));

	// As people copy them: out of a name, a link, a sentence, a formula.
	it.each([
		...["'ana@example.com", "'ana@example.com'", '“ana@example.com”', '`ana@example.com`'],
		...['ana@example.com>', 'ana@example.com)', 'ana@example.com!', 'ana@example.com*'],
		...['ana@example.com?subject=Hi', 'ana@example.com#top', 'ana@example.com&nbsp'],
		...['=ana@example.com', 'ana@example.com|bia', 'ana@example.com…', 'ana@example.com”'],
		...['Ana <ana@example.com>', 'mailto:ana@example.com', 'ana@example.com,', 'ana＠example.com'],
		...['•ana@example.com', '✉ana@example.com', '📧ana@example.com', '–ana@example.com'],
		...['→ana@example.com', '%20ana@example.com'],
		...['ana@example.com;bia@example.com', 'ana@example.com.', 'ana@@example.com'],
	])('%j is refused', (raw) => {
		expect(() => field.read(raw, item)).toThrow('which is not a valid e-mail address');
	});

	it('of version 1 goes out as it did', () => {
		expect(field.read("'ana@example.com'", old)).toBe("'ana@example.com'");
	});
});

describe('a list of addresses', () => {
	const several = nameList(property);

	it('is parted at semicolons too, as e-mail programs write them', () => {
		const raw = 'ana@example.com; bia@example.com;,\ncaio@example.com';
		const all = ['ana@example.com', 'bia@example.com', 'caio@example.com'];
		expect(several.read(raw, item)).toEqual(all);
		expect(several.read('a;b', old)).toEqual(['a;b']);
	});

	it('of a lead is held to the same rules', async () => {
		const parameters = {
			...{ resource: 'lead', operation: 'create', utmSource: 'web' },
			emails: 'ana@example.com;bia@example.com>',
		};
		const refused = await run({ parameters });
		expect(refused.requests).toEqual([]);
		expect(String(refused.error)).toContain(
			'\'Emails\' has "bia@example.com>", which is not a valid e-mail address. Correct it.',
		);
		const { requests } = await run({ parameters: { ...parameters, emails: 'a@b.cd; e@f.gh' } });
		expect(requests.map(({ body }) => body)).toMatchObject([{ emails: ['a@b.cd', 'e@f.gh'] }]);
	});
});
