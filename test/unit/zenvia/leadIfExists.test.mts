import { describe, expect, it } from '@jest/globals';
import type { IDataObject, IHttpRequestOptions } from 'n8n-workflow';
import { type Reply, run as runNode, type RunOptions } from './context.mts';

const idOf = (n: number) => String(n).padStart(24, 'a');
const pathOf = ({ url }: IHttpRequestOptions) => url.replace('https://sales.zenvia.com/api/v1', '');

interface Person {
	id: string;
	phones: string[];
	emails: string[];
}

/** An account that finds whom it holds, and takes a while to make somebody. */
const account =
	(people: Person[]) =>
	async (request: IHttpRequestOptions): Promise<Reply> => {
		const path = pathOf(request);
		const { email, phoneNumber } = (request.qs ?? {}) as Record<string, string>;
		if (path === '/prospect-by') {
			const found = people.filter(
				({ phones, emails }) => phones.includes(phoneNumber ?? '') || emails.includes(email ?? ''),
			);
			return { body: found.map(({ id }) => ({ _id: id })) };
		}
		if (path === '/lead/retail') {
			await new Promise((resolve) => setTimeout(resolve, 10));
			const { phones = [], emails = [] } = request.body as Partial<Person>;
			people.push({ id: idOf(900 + people.length), phones, emails });
			return { body: { id: people.at(-1)?.id } };
		}
		return { body: { id: path.split('/').at(-1), status: 'new' } };
	};

interface Row {
	more?: IDataObject;
	emails?: string;
	phones?: string;
	firstName?: string;
}

async function create(
	ifExists: string | undefined,
	rows: Row[],
	{ people = [], ...more }: Partial<RunOptions> & { people?: Person[] } = {},
) {
	const result = await runNode({
		parameters: {
			resource: 'lead',
			operation: 'create',
			utmSource: 'website',
			...(ifExists !== undefined && { ifExists }),
		},
		perItem: {
			emails: (index) => rows[index]?.emails ?? '',
			phones: (index) => rows[index]?.phones ?? '',
			additionalFields: (index) => ({
				firstName: rows[index]?.firstName ?? 'Ana',
				...rows[index]?.more,
			}),
		},
		items: rows.map(() => ({ json: {} })),
		server: account(people),
		...more,
	});
	const asked = result.requests.map((request) => `${request.method} ${pathOf(request)}`);
	const written = asked.filter((one) => !one.startsWith('GET'));
	return { ...result, asked, written, people, jsons: result.output.map(({ json }) => json) };
}

const ana = () => ({ id: idOf(1), phones: ['+5511987654321'], emails: ['ana@example.com'] });

describe('a lead whose prospect is there', () => {
	it('joins it without a look, as before, where nothing is chosen', async () => {
		const { asked } = await create(undefined, [{ emails: 'ana@example.com' }], { people: [ana()] });
		expect(asked).toEqual(['POST /lead/retail']);
	});

	it.each([
		['its e-mail', { emails: 'new@example.com, ana@example.com' }],
		['its phone', { phones: '+55 11 98765-4321' }],
		['its phone without the 9', { phones: '+551187654321' }],
	])('by %s is skipped', async (_, row) => {
		const { written, jsons } = await create('skip', [row], { people: [ana()] });
		expect(written).toEqual([]);
		expect(jsons).toEqual([
			{ skipped: true, reason: expect.stringContaining('There is a prospect'), id: idOf(1) },
		]);
	});

	it('is updated, and what cannot be is named', async () => {
		const row = {
			emails: 'ana@example.com, ana.lima@example.com',
			more: { zipCode: '01310', otherFields: '{"a": 1}', region: '' },
		};
		const { requests, jsons } = await create('update', [row], {
			people: [ana()],
			parameters: {
				resource: 'lead',
				operation: 'create',
				utmSource: 'website',
				ifExists: 'update',
				history: '[{"type": "note", "content": "Hi"}]',
				product: { make: 'Toyota' },
			},
		});
		const patch = requests.find(({ method }) => method === 'PATCH');
		expect(patch && pathOf(patch)).toBe(`/prospect/${idOf(1)}`);
		expect(patch?.body).toEqual({ firstName: 'Ana', email: 'ana@example.com' });
		expect(jsons[0]).toMatchObject({
			id: idOf(1),
			updated: true,
			warning:
				'Zenvia cannot update these fields of a prospect: Other Fields (JSON), ZIP Code, Emails but the first, History (JSON), Product.',
		});
	});

	it('fails all rows before the first is sent', async () => {
		const rows = [{ emails: 'new@example.com' }, { emails: 'ana@example.com' }];
		const { error, written } = await create('fail', rows, { people: [ana()] });
		expect(error?.message).toContain(
			`'Emails' is "ana@example.com", which prospect ${idOf(1)} has`,
		);
		expect(error?.description).toContain('Nothing has been sent.');
		expect(written).toEqual([]);
	});

	it('is not updated where the row names two prospects', async () => {
		const bea = { id: idOf(2), emails: ['bea@example.com'], phones: ['+5511911112222'] };
		const rows = [{ emails: 'ana@example.com', phones: '+55 11 91111-2222' }];
		const { error, written } = await create('update', rows, { people: [ana(), bea] });
		expect(error?.message).toContain(`which prospect ${idOf(2)} has`);
		expect(error?.message).toContain(`is that of prospect ${idOf(1)}`);
		expect(written).toEqual([]);
	});

	it('is not one of several that are open', async () => {
		const people = [ana(), { ...ana(), id: idOf(2) }];
		const { error, written } = await create('skip', [{ emails: 'ana@example.com' }], { people });
		expect(error?.message).toContain('which several prospects have');
		expect(error?.message).toContain("set 'If It Exists' to Join");
		expect(written).toEqual([]);
	});
});

describe('a person who comes several times', () => {
	const rows: Row[] = [
		{ emails: 'bea@example.com', phones: '+5511911112222' },
		{ phones: '+5511911112222' },
		{ emails: 'BEA@example.com' },
		{ emails: 'zoe@example.com' },
	];

	it.each(['skip', 'update'])('in one list is created once (%s)', async (ifExists) => {
		const { written, people, jsons } = await create(ifExists, rows);
		expect(written.filter((one) => one === 'POST /lead/retail')).toHaveLength(2);
		expect(people).toHaveLength(2);
		const mark = ifExists === 'skip' ? 'skipped' : 'updated';
		expect(jsons.map((json) => json[mark] === true).filter(Boolean)).toHaveLength(2);
	});

	it('in one list joins in the order of the rows, one at a time', async () => {
		const sent: string[] = [];
		const list: Row[] = [
			{ emails: 'bea@example.com', phones: '+5511987654321', firstName: '1' },
			{ phones: '+551187654321', firstName: '2' },
			{ emails: 'BEA@example.com', phones: '+551187654321', firstName: '3' },
		];
		await create(undefined, list, {
			server: async ({ body }) => {
				const { firstName } = body as Row;
				sent.push(`begins ${firstName}`);
				await new Promise((resolve) => setTimeout(resolve, 10));
				sent.push(`ends ${firstName}`);
				return { body: { id: idOf(1) } };
			},
		});
		expect(sent).toEqual([1, 2, 3].flatMap((n) => [`begins ${n}`, `ends ${n}`]));
	});

	it('in one list stops it before the first row is sent, where that is what was chosen', async () => {
		const { error, written } = await create('fail', rows);
		expect(error?.message).toContain(
			`'Phones' is "+5511911112222", which item 0 has, too (item 1)`,
		);
		expect(error?.message).toContain(
			`'Emails' is "BEA@example.com", which item 0 has, too (item 2)`,
		);
		expect(error?.description).toContain("Choose Skip or Update in 'If It Exists'");
		expect(error?.description).toContain('Nothing has been sent.');
		expect(written).toEqual([]);
	});

	it('in one list fails each row but the first, where the node is set to continue', async () => {
		const list = [...rows.slice(0, 1), { emails: 'b@example.com', phones: '+5511911112222' }];
		const more = { people: [ana()], continueOnFail: true };
		const { jsons, people } = await create(
			'fail',
			[...list, { emails: 'b@example.com' }, { emails: 'ana@example.com' }],
			more,
		);
		expect(people).toHaveLength(2);
		expect(jsons.map(({ error }) => String(error ?? '').slice(0, 60))).toEqual([
			'',
			`'Phones' is "+5511911112222", which item 0 has, too. Choose `,
			`'Emails' is "b@example.com", which item 1 has, too. Choose Sk`.slice(0, 60),
			`'Emails' is "ana@example.com", which prospect ${idOf(1)}`.slice(0, 60),
		]);
	});

	it.each<[string, IDataObject]>([
		['', {}],
		[', in a dry run too', { options: { dryRun: true } }],
	])('is not given what two earlier rows have%s', async (_, options) => {
		const list = [
			{ phones: '+5511911112222' },
			{ emails: 'bob@example.com' },
			{ emails: 'bob@example.com', phones: '+5511911112222' },
		];
		const parameters = { resource: 'lead', operation: 'create', utmSource: 'website' };
		const { error, written } = await create('update', list, {
			parameters: { ...parameters, ifExists: 'update', ...options },
		});
		expect(error?.message).toBe(
			`'Phones' is "+5511911112222", which item 0 has, too. "bob@example.com" is that of item 1. Correct the rows.`,
		);
		expect(written).toEqual([]);
	});

	it('in two runs at once is created once', async () => {
		const people: Person[] = [];
		const more = { people, credential: { apiKey: 'shared-by-two-runs-of-leads' } };
		await Promise.all([create('skip', rows, more), create('skip', rows.slice().reverse(), more)]);
		expect(people).toHaveLength(2);
	});

	it('in a list that is run again is created no more', async () => {
		const people: Person[] = [];
		await create('skip', rows.slice(0, 1), { people });
		const { written } = await create('skip', rows, { people });
		expect(written).toEqual(['POST /lead/retail']);
	});

	it('is known by all that an earlier row says of it', async () => {
		const list = [
			{ emails: 'new@example.com', phones: '+5511987654321' },
			{ emails: 'new@example.com' },
		];
		const { written, jsons } = await create('skip', list, { people: [ana()] });
		expect(written).toEqual([]);
		expect(jsons.map(({ id }) => id)).toEqual([idOf(1), idOf(1)]);
	});

	it('is looked up once', async () => {
		const list = Array.from({ length: 40 }, (_, n) => ({ emails: `p${n % 10}@example.com` }));
		const { asked, written } = await create('skip', list as IDataObject[] as Row[]);
		expect(asked.filter((one) => one.startsWith('GET'))).toHaveLength(10);
		expect(written).toHaveLength(10);
	});
});
