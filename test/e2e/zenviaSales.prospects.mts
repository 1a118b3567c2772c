import { describe, expect, it } from '@jest/globals';
import { Setup } from '../../dev/vendors/zenviaSales/n8n.mts';
import { setup, ids } from './zenviaSales.setup.mts';

/** Whom a phone number or an e-mail address names. */
export function describeProspectLocator(): void {
	describe('a prospect by phone or e-mail', () => {
		const named = (mode: string, value: unknown) => ({ __rl: true, mode, value });
		const note = {
			resource: 'interaction',
			operation: 'create',
			type: 'note',
			content: 'Called',
			prospectId: named('phone', '={{ $json.phone }}'),
		};
		const run: Setup['run'] = async (parameters, more = {}) =>
			await setup.run(parameters, { typeVersion: 1.2, ...more });
		const counted = (operationId: string) =>
			setup.simulator.requests.filter((one) => one.operationId === operationId).length;

		it('is looked up once, created once, and skipped, within the contract', async () => {
			const [here = ''] = setup.simulator.vendor.seedProspects(1);
			const [known = ''] = setup.simulator.vendor.prospects.get(here).phones;
			const rows = [known, '+5511987654321', known, '+55 11 98765-4321'].map((phone) => ({
				phone,
			}));
			const skip = await run({ ...note, ifNotFound: 'skip' }, { items: rows });
			expect(skip.error).toBeUndefined();
			expect(skip.items.map(({ json }) => json.skipped ?? json.matchedBy)).toEqual([
				known,
				true,
				known,
				true,
			]);
			const more = { ifNotFound: 'create', newLeadSource: 'website' };
			const before = setup.simulator.vendor.prospects.byId.size;
			const { error, items } = await run({ ...note, ...more }, { items: rows });
			expect(error).toBeUndefined();
			expect(items.map(({ pairedItem }) => pairedItem)).toEqual(rows.map((_, item) => ({ item })));
			expect(new Set(items.map(({ json }) => json.prospectId)).size).toBe(2);
			expect(setup.simulator.vendor.prospects.byId.size).toBe(before + 1);
			expect(counted('lead.create.retail')).toBe(1);
			// Two people in two runs; who is not found is looked for in both spellings.
			expect(counted('prospect.find')).toBe(6);
			expect(setup.simulator.violations()).toEqual([]);
		});

		it('is the one that is not archived, or nobody where two are open', async () => {
			const { vendor } = setup.simulator;
			const [first = ''] = vendor.seedProspects(1);
			const twin = vendor.seedTwin(first);
			const [email = ''] = vendor.prospects.get(first).emails;
			const byEmail = { ...note, prospectId: named('email', email) };
			vendor.prospects.get(first).status = 'archived';
			vendor.foundAs = 'list';
			expect((await run(byEmail)).items[0]?.json).toMatchObject({
				prospectId: twin,
				matchedBy: email,
			});
			vendor.prospects.get(first).status = 'new';
			const made = counted('interaction.create');
			const { error } = await run(byEmail);
			expect(error?.message).toContain(first);
			expect(error?.message).toContain(`${twin} (Twin`);
			expect(counted('interaction.create')).toBe(made);
		});

		it('is found in the list by name, phone and e-mail', async () => {
			const { vendor } = setup.simulator;
			const [id = ''] = vendor.seedProspects(1);
			const { lastName, phones, emails } = vendor.prospects.get(id);
			const chosen = setup.tested.node({
				node: 'zenviaSales',
				parameters: note,
				credential: setup.credential,
			});
			for (const filter of [`seed ${lastName}`, phones[0], emails[0]]) {
				const { results } = await setup.tested.n8n.listSearch(chosen, 'searchProspects', {
					path: 'parameters.prospectId',
					filter,
				});
				expect(results.map(({ value }) => value)).toEqual([id]);
			}
		});

		it('is still named by its ID in nodes of the version before', async () => {
			const { error, items } = await run(
				{ ...note, prospectId: '={{ $json.id }}' },
				{ items: [{ id: ids.prospect }], typeVersion: 1.1 },
			);
			expect(error).toBeUndefined();
			expect(items[0]?.json).toMatchObject({ prospectId: ids.prospect });
			expect(counted('prospect.find')).toBe(0);
		});
	});
}

/** What becomes of a lead of somebody who is a prospect. */
export function describeLeadIfExists(): void {
	describe('a lead whose prospect is there', () => {
		const created = () =>
			setup.simulator.requests.filter((one) => one.operationId === 'lead.create.retail').length;

		it.each([
			['skip', { skipped: true }],
			['update', { updated: true, firstName: 'Ana' }],
		])('%s: is not created, and who is new is created once', async (ifExists, expected) => {
			const { vendor } = setup.simulator;
			const [known = ''] = vendor.prospects.get(ids.prospect).phones;
			const people = vendor.prospects.byId.size;
			const rows = [known, '+5511987654321', '+55 11 98765-4321'].map((phone) => ({ phone }));
			const { items, error } = await setup.run(
				{
					resource: 'lead',
					operation: 'create',
					utmSource: 'website',
					phones: '={{ $json.phone }}',
					ifExists,
					additionalFields: { firstName: 'Ana' },
				},
				{ items: rows, typeVersion: 1.2 },
			);
			expect(error).toBeUndefined();
			expect(items[0]?.json).toMatchObject({ ...expected, id: ids.prospect });
			expect(items[2]?.json).toMatchObject({ ...expected, id: items[1]?.json.id });
			expect(vendor.prospects.byId.size).toBe(people + 1);
			expect(created()).toBe(1);
			expect(setup.simulator.violations()).toEqual([]);
		});

		it('fail: stops all rows before the first is sent', async () => {
			const [known = ''] = setup.simulator.vendor.prospects.get(ids.prospect).phones;
			const lead = { resource: 'lead', operation: 'create', utmSource: 'website' };
			const { error } = await setup.run(
				{ ...lead, phones: '={{ $json.phone }}', ifExists: 'fail' },
				{ items: ['+5511987654321', known].map((phone) => ({ phone })), typeVersion: 1.2 },
			);
			expect(error?.message).toContain(
				`'Phones' is "${known}", which prospect ${ids.prospect} has`,
			);
			expect(created()).toBe(0);
		});
	});
}

/** Dry Run and Most Items. */
export function describeGuardRails(): void {
	describe('the guard-rails of a template', () => {
		const welcome = {
			...{ resource: 'message', operation: 'sendTemplate', channel: 'whatsapp' },
			templateKey: { __rl: true, mode: 'id', value: 'welcome' },
			prospectId: { __rl: true, mode: 'phone', value: '={{ $json.phone }}' },
			ifNotFound: 'skip',
		};
		const run = async (options: object, phones: unknown[]) =>
			await setup.run(
				{ ...welcome, options },
				{ items: phones.map((phone) => ({ phone })), typeVersion: 1.2 },
			);
		const written = () =>
			setup.simulator.requests.filter(
				({ method, path }) => method === 'POST' && /\bmessaging\b/.test(path),
			);

		it('Dry Run: people are looked up, nothing is sent, and each item says what would happen', async () => {
			const [known = ''] = setup.simulator.vendor.prospects.get(ids.prospect).phones;
			const { items, error, execution } = await run({ dryRun: true }, [known, '+5511987654321']);
			expect(error).toBeUndefined();
			expect(items.map(({ json }) => json)).toEqual([
				{ dryRun: true, would: `send template welcome to ${known}` },
				{
					...{ dryRun: true, would: 'skip this item' },
					reason: 'No prospect has "+5511987654321".',
				},
			]);
			expect(items.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 1 }]);
			expect(JSON.stringify(execution.raw)).toContain('This was a dry run: nothing was written.');
			expect(written()).toEqual([]);
			expect(setup.simulator.violations()).toEqual([]);
		});

		it('Most Items: more than 500 are refused, and nothing is asked of Zenvia', async () => {
			const before = setup.simulator.counts.requests;
			const phones = Array.from(
				{ length: 501 },
				(_, n) => `+5511912345${String(n).padStart(3, '0')}`,
			);
			const { error } = await run({}, phones);
			expect(error).toMatchObject({
				message: 'This would send 501 templates.',
				description: "Raise 'Most Items' if that is meant. Nothing has been sent.",
			});
			expect(setup.simulator.counts.requests).toBe(before);
		});
	});
}
