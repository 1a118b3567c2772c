import { beforeEach, describe, expect, it } from '@jest/globals';
import { vendorOf } from '../../dev/vendors.mts';
import { fieldsOf } from '../../nodes/engine/operation/readForm.ts';
import { isNamedIn, type Locator, locators, newestOf } from '../unit/locators.mts';
import { type Case, locatorCases, picked } from './locators.mts';
import { secrets, type Vendors } from './vendors.setup.mts';

/** What nobody can be named by, by the way in which it is entered. */
const wrong: Record<string, string> = {
	email: 'ana',
	phone: 'n/a',
	publicIdentifier: 'https://example.com/ana',
	linkedInUrl: 'https://example.com/ana',
};
/** What fits and nobody has. */
const nobodys: Record<string, string> = {
	email: 'zoe@example.org',
	phone: '+55 11 98765-0000',
	publicIdentifier: 'zoe-nobody',
	linkedInUrl: 'https://www.linkedin.com/in/zoe-nobody',
};

/** A locator in a way in which what it names is looked up. */
type LookedUp = Locator & { mode: string };

/** Each way of each kind of thing in which it is looked up: in a form that writes, where there is one. */
const lookedUp: LookedUp[] = [
	...new Map(
		locators
			.filter(({ title }) => title !== 'salesflow contact.get, contactId')
			.sort((a, b) => Number(isWrite(a)) - Number(isWrite(b)))
			.flatMap((one) =>
				one.modes
					.filter((mode) => mode !== 'list' && mode !== 'id')
					.map((mode) => [`${one.vendor}, ${one.name} by ${mode}`, { ...one, mode }] as const),
			),
	),
].map(([title, one]) => ({ ...one, title }));

function isWrite({ chosen: { operation } }: Locator): boolean {
	return 'writes' in operation && operation.writes !== undefined;
}

/** What becomes of people who are not there, of several, and of what names nobody, in a real n8n. */
export function describeLookUps(setup: () => Vendors): void {
	const { simOf, namedOf, seeded, optionsOf, nodeOf } = locatorCases(setup);

	describe('what a resource locator is given', () => {
		beforeEach(() => setup().reset());

		/** Runs the node with an item that names a thing, and another one with this text. */
		async function runWith(one: Case & LookedUp, text: string, more: object = {}) {
			const { mode, thing } = one;
			const sim = simOf(one);
			const written = sim.journal.entries().length;
			const { parameters, ...options } = optionsOf(one, picked(mode, '={{ $json.who }}'));
			const { error, items } = await setup().tested.runNode({
				...options,
				parameters: { ...parameters, ...more },
				items: [thing.by?.[mode], text].map((who) => ({ who })),
			});
			const { requests } = sim;
			const isWritten = sim.journal.entries().length > written;
			expect(setup().violations()).toEqual([]);
			return { said: `${error?.message} ${error?.description}`, items, requests, isWritten };
		}

		it.each(lookedUp)('is refused by its name where it can be nobody: $title', async (one) => {
			const text = wrong[one.mode] ?? '';
			expect(text).not.toBe('');
			const { said, requests } = await runWith({ ...one, ...seeded(one) }, text);
			expect(said).toMatch(new RegExp(`^'${one.displayName}' (is|holds) "`));
			expect(said).toContain(`"${text}", which `);
			expect(requests).toEqual([]);
		});

		it.each(lookedUp)('is refused where nobody has it, or skipped: $title', async (one) => {
			const text = nobodys[one.mode] ?? '';
			expect(text).not.toBe('');
			const own = { ...one, ...seeded(one) };
			const { said, requests, isWritten } = await runWith(own, text);
			expect(said).toMatch(/^'[A-Z]\w+' is ".*", which no \w+ has\. /);
			expect([isNamedIn(requests, own.thing.id), isWritten]).toEqual([false, false]);
			if (!mayBeSkipped(one)) return;
			const { items } = await runWith(own, text, { ifNotFound: 'skip' });
			expect(items.map(({ json: { skipped = false } }) => skipped)).toEqual([false, true]);
			expect(items[1]?.json.reason).toContain(`No ${one.name.replace(/Id$/, '')} has "`);
		});

		it.each(lookedUp.filter(({ vendor, name }) => name in vendorOf(vendor).kit.named.twins))(
			'is refused by the IDs of all who have it: $title',
			async (one) => {
				const own = { ...one, ...seeded(one) };
				const twin = namedOf(one).twins[one.name]?.(simOf(one).vendor, own.thing) ?? '';
				const { said, isWritten } = await runWith(own, own.thing.by?.[one.mode] ?? '');
				expect(said).toContain(', which several ');
				for (const id of [own.thing.id, twin]) expect(said).toContain(id);
				expect(isWritten).toBe(false);
			},
		);
	});

	describe('a prospect by phone number', () => {
		const note = (phone: string) => ({
			...{ resource: 'interaction', operation: 'create', type: 'note', content: 'Called' },
			prospectId: picked('phone', phone),
		});
		const run = async (parameters: object, phones: string[]) =>
			await setup().tested.runNode({
				node: 'zenviaSales',
				typeVersion: newestOf('zenviaSales'),
				parameters: { ...parameters },
				credential: setup().credentials.zenviaSales,
				items: phones.map((phone) => ({ phone })),
			});
		beforeEach(() => setup().reset());

		it('is found as the account may hold it, and the item says how that is', async () => {
			const sim = setup().sims.zenviaSales;
			const { vendor } = sim;
			const [group] = vendor.groups;
			if (!group) throw new Error('There is no group.');
			const held = ['+551187654321', '+5511987651234', '+5215512345678', '+541145520371'];
			for (const phone of held)
				vendor.prospects.addLead(group, 'retail', { phones: [phone], utmSource: 'test' });
			const written = ['11 98765-4321', '+551187651234', '+52 55 1234 5678', '+5491145520371'];
			const parameters = { ...note('={{ $json.phone }}'), prospectCountry: 'BR' };
			const { items, error } = await run(parameters, [...written, ...written]);
			expect(error).toBeUndefined();
			expect(items.map(({ json }) => json.matchedBy)).toEqual([...held, ...held]);
			const asked = sim.requests
				.filter(({ operationId }) => operationId === 'prospect.find')
				.map(({ query }) => query.phoneNumber);
			// None again for its second row.
			expect(asked).toEqual(expect.arrayContaining(held));
			expect(new Set(asked).size).toBe(asked.length);
			expect(setup().violations()).toEqual([]);
		});

		it('without a country is refused by its name before any is looked up', async () => {
			const { error } = await run(note('={{ $json.phone }}'), ['+5511912345678', '11 91234-5678']);
			expect(error?.message).toContain(
				`'Prospect' holds "11 91234-5678", which has no country code. Enter it with + and its country code, or choose its country in 'Country of Phone Number'.`,
			);
			expect(setup().sims.zenviaSales.requests).toEqual([]);
		});
	});

	describe('a look-up that the vendor refuses', () => {
		beforeEach(() => setup().reset());

		it.each([
			['prospects:read', 'zenviaSales message.send, prospectId', 'phone'],
			['integration:act-as-user', 'zenviaSales agent.isWorking, agentId', 'email'],
		])('for the scope %s names it', async (scope, title, mode) => {
			const found = locators.find((one) => one.title === title);
			if (!found) throw new Error(`There is no ${title}.`);
			const one = seeded(found);
			const { keys } = setup().sims.zenviaSales.vendor;
			keys.revoke(secrets.zenviaSales, scope);
			const value = picked(mode, one.thing.by?.[mode]);
			const { error } = await setup().tested.runNode(optionsOf(one, value));
			expect(error?.description).toContain(`Give the key the scope ${scope} in Zenvia.`);
			expect(isNamedIn(simOf(one).requests, one.thing.id)).toBe(false);
			const list = setup().tested.n8n.listSearch(nodeOf(one, picked('list', '')), one.search ?? '');
			await expect(list).rejects.toThrow(scope);
		});
	});
}

/** Whether the form says what becomes of an item whose thing is not there. */
const mayBeSkipped = ({ chosen: { operation }, name, mode }: LookedUp): boolean =>
	fieldsOf(operation).some(
		({ name: setting, property: { displayOptions } }) =>
			setting === 'ifNotFound' && displayOptions?.show?.[`/${name}.mode`]?.includes(mode),
	);
