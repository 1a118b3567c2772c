import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { UserError } from 'n8n-workflow';
import { SaleswhaleApi } from '../../credentials/SaleswhaleApi.credentials.ts';
import { type Simulator, startSimulator } from '../../dev/kit/simulator.mts';
import saleswhale, {
	type Saleswhale as Account,
} from '../../dev/vendors/saleswhale/simulator/index.mts';
import { rows as rowsOf } from '../../nodes/engine/form/collections.ts';
import { readEach } from '../../nodes/engine/form/fieldErrors.ts';
import { filters } from '../../nodes/engine/form/fieldSets.ts';
import type { Field } from '../../nodes/engine/form/fields.ts';
import { mapper } from '../../nodes/engine/form/mapper.ts';
import { email, text } from '../../nodes/engine/form/text.ts';
import { Saleswhale } from '../../nodes/Saleswhale/Saleswhale.node.ts';
import { item } from './cells.setup.mts';
import { run, type RunOptions } from './engine.mts';

let sim: Simulator<Account>;

beforeAll(async () => {
	sim = await startSimulator(saleswhale());
});
afterAll(async () => await sim.close());
beforeEach(() => sim.reset());

const rows = (...list: Array<[email: string, name: string, kind: string]>) =>
	list.map(([email, name, kind]) => ({ email, name, kind }));

const good = ['good@example.com', 'Good', 'Lead'] as const;

const create = async (items: RunOptions['items'], more?: Partial<RunOptions>) =>
	await run(
		{ node: new Saleswhale(), credential: new SaleswhaleApi() },
		{
			typeVersion: 1.2,
			parameters: {
				...{ resource: 'lead', operation: 'create' },
				...{ email: '={{ $json.email }}', firstName: '={{ $json.name }}' },
				additionalFields: { crmObjectType: '={{ $json.kind }}' },
			},
			credential: { apiKey: 'saleswhale-key', baseUrl: sim.url, requestsPerSecond: 1000 },
			items,
			...more,
		},
	);

const shown = { displayName: 'Thing', name: 'thing' as const, default: {} };
const notAnAddress = `'Email' is "gone", which is not a valid e-mail address.`;

describe('a row with several values that do not fit', () => {
	it('is told of all of them at once, those in a collection too', async () => {
		const { error } = await create(rows(['gone', '', 'Person']));
		expect(error?.message).toContain(notAnAddress);
		expect(error?.message).toContain(`'First Name' is empty.`);
		expect(error?.message).toMatch(/'CRM Object Type' .*"Person"/);
		expect(error?.description).toBe('Nothing has been sent.');
		expect(sim.requests).toEqual([]);
	});

	it('stands with each of them in the report on many rows', async () => {
		const { error } = await create(
			rows(['gone', '', 'Lead'], [...good], ['b@example.com', '', 'Lead']),
		);
		expect(error?.message).toContain(
			`'First Name' is empty (items 0 and 2); ${notAnAddress.slice(0, -1)} (item 0)`,
		);
	});

	it('has all of them in its own output, and the others are sent', async () => {
		const { items } = await create(rows(['gone', '', 'Lead'], [...good]), {
			onError: 'continueRegularOutput',
		});
		expect(items[0]?.json.error).toContain(notAnAddress);
		expect(items[0]?.json.error).toContain(`'First Name' is empty.`);
		expect(sim.journal.entries('lead.create')).toHaveLength(1);
	});

	it.each([
		[
			'rows',
			rowsOf({ ...shown, type: 'fixedCollection' }, { name: 'row', displayName: 'Row' }, [
				email({ displayName: 'Email', name: 'email', type: 'string', default: '' }),
			]),
			{ row: [{ email: 'one' }, { email: 'a@example.com' }, { email: 'two' }] },
			/"one".*"two"/,
		],
		[
			'mapped columns',
			mapper({ ...shown, type: 'resourceMapper' }),
			{ mappingMode: 'defineBelow', value: { first: '#N/A', second: '#REF!' } },
			/'first'.*'second'/,
		],
		[
			'filters',
			filters('lead', [
				text({ displayName: 'First', name: 'first', type: 'string', default: '' }),
				text({ displayName: 'Second', name: 'second', type: 'string', default: '' }),
			]),
			{ first: '', second: ' ' },
			/'First' is empty.*'Second' is empty/,
		],
	])('is told of all of its %s', (_, field, raw, sentence) => {
		expect(() => (field as Field).read(raw, item)).toThrow(sentence);
	});

	it('does not say the same thing twice, of two fields of which one reads the other', () => {
		const wrong = () => {
			throw new UserError('It is empty.');
		};
		expect(() => readEach([wrong, wrong], (read) => read())).toThrow(/^It is empty\.$/);
	});
});
