import { beforeEach, describe, expect, it } from '@jest/globals';
import type { NamedThings, Thing } from '../../dev/kit/namedThings.mts';
import type { Simulator } from '../../dev/kit/simulator.mts';
import { itemsOf } from '../../dev/n8n/execution.mts';
import { sideBySide } from '../../dev/n8n/workflow.mts';
import { vendorOf } from '../../dev/vendors.mts';
import { binary } from '../attack/parameters.mts';
import { filledIn, isNamedIn, type Locator, locators, newestOf, ways } from '../unit/locators.mts';
import type { Vendors } from './vendors.setup.mts';

/** A locator, the things that are in the account for its form, and the one that it names. */
export interface Case extends Locator {
	things: Record<string, Thing>;
	thing: Thing;
}

/** A resource locator's value. */
export const picked = (mode: string, value: unknown) => ({ __rl: true, mode, value });

/** What puts a form's things into an account, and makes a node of the form. */
export function locatorCases(setup: () => Vendors) {
	const simOf = ({ vendor }: Locator) => setup().sims[vendor] as unknown as Simulator;
	const namedOf = ({ vendor }: Locator) =>
		vendorOf(vendor).kit.named as NamedThings<Simulator['vendor']>;
	/** @param n how many came before */
	const seeded = (locator: Locator, n = 0): Case => {
		const things = namedOf(locator).seed(simOf(locator).vendor, n, locator.name);
		const thing = things[locator.name];
		if (!thing) throw new Error(`dev/vendors/${locator.vendor}/named.mts has no ${locator.name}.`);
		return { ...locator, things, thing };
	};
	/** @param value of the locator */
	const optionsOf = (one: Case, value: unknown) => ({
		node: one.vendor,
		typeVersion: newestOf(one.vendor),
		parameters: filledIn(one, one.things, value),
		credential: setup().credentials[one.vendor],
	});
	const nodeOf = (one: Case, value: unknown) =>
		setup().tested.node(optionsOf(one, value), one.title);
	return { simOf, namedOf, seeded, optionsOf, nodeOf };
}

/** What becomes of each resource locator of each node in each of its ways, in a real n8n. */
export function describeLocators(setup: () => Vendors): void {
	const { simOf, seeded, nodeOf } = locatorCases(setup);

	/** What a person picks who searches the list for a thing. */
	async function fromList(one: Case): Promise<unknown> {
		const { search = '', thing, path } = one;
		const { n8n } = setup().tested;
		const node = nodeOf(one, picked('list', ''));
		const { called: filter } = thing;
		const found = await n8n.listSearch(node, search, { path: path.join('.'), filter });
		const [entry] = found.results.filter(({ value }) => value === thing.id);
		expect([one.title, entry?.value]).toEqual([one.title, thing.id]);
		return { ...picked('list', entry?.value), cachedResultName: entry?.name };
	}

	describe('every resource locator of every node', () => {
		beforeEach(() => setup().reset());

		it.each(Object.entries(ways))('names what is meant: %s', async (name, way) => {
			const cases = locators
				.filter(way.of)
				.map((one, n) => seeded(one, n))
				// One that is deleted is of no use for what comes later.
				.sort((a, b) => Number(isDelete(a)) - Number(isDelete(b)));
			const entered = cases.map(({ title, thing }) => [title, way.entered(thing)] as const);
			expect(entered.filter(([, text]) => text === undefined)).toEqual([]);
			const nodes = [];
			for (const one of cases) {
				const text = way.isExpression
					? `={{ $json[${JSON.stringify(one.title)}] }}`
					: (way.entered(one.thing) ?? '');
				nodes.push(nodeOf(one, name === 'list' ? await fromList(one) : way.value(text)));
			}
			const before = new Map(cases.map((one) => [one.vendor, simOf(one).requests.length]));
			const json = Object.fromEntries(entered);
			const execution = await setup().tested.n8n.run(sideBySide(name, nodes, [{ json, binary }]));
			const outcomes = cases.map((one) => {
				const items = itemsOf(execution, one.title);
				const asked = simOf(one).requests.slice(before.get(one.vendor));
				const { id } = one.thing;
				const isNamed = isNamedIn(asked, id) || JSON.stringify(items).includes(id);
				return [one.title, items.find(({ json: { error } }) => error)?.json.error, isNamed];
			});
			expect(outcomes).toEqual(cases.map(({ title }) => [title, undefined, true]));
			expect(setup().violations()).toEqual([]);
		});
	});
}

const isDelete = ({ chosen: { operation } }: Locator): boolean => operation.value === 'delete';
