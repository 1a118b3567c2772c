import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { INodeParameters } from 'n8n-workflow';
import type { NamedThings } from '../../dev/kit/namedThings.mts';
import type { Vendor } from '../../dev/kit/simulator.mts';
import { startVendors, type StartedVendors } from '../../dev/simulators.mts';
import { vendorOf } from '../../dev/vendors.mts';
import { binary } from '../attack/parameters.mts';
import { run } from './engine.mts';
import { filledIn, isNamedIn, locators, newestOf, ways } from './locators.mts';

let started: StartedVendors;
beforeAll(async () => {
	started = await startVendors();
});
afterAll(async () => {
	for (const { simulator } of Object.values(started)) await simulator.close();
});

describe.each(Object.entries(ways))('%s', (_, way) => {
	it.each(locators.filter(way.of).map((one, n) => [one.title, one, n] as const))(
		'%s',
		async (__, locator, n) => {
			const { vendor, name } = locator;
			const { node, credentialType, kit } = vendorOf(vendor);
			const { simulator, data } = started[vendor];
			simulator.reset();
			const { seed } = kit.named as NamedThings<Vendor>;
			const things = seed(simulator.vendor as Vendor, n, name);
			const thing = things[name];
			expect(thing).toBeDefined();
			const entered = thing && way.entered(thing);
			expect(entered).toBeDefined();
			const value = way.value(way.isExpression ? '={{ $json.it }}' : (entered ?? ''));
			const { error, items } = await run(
				{ node, credential: credentialType },
				{
					typeVersion: newestOf(vendor),
					parameters: filledIn(locator, things, value) as INodeParameters,
					credential: data,
					items: [{ it: entered ?? '' }],
					binary,
				},
			);
			expect(error && `${error.message} ${error.description}`).toBeUndefined();
			const { id = '' } = thing ?? {};
			expect(isNamedIn(simulator.requests, id) || JSON.stringify(items).includes(id)).toBe(true);
			expect(simulator.violations()).toEqual([]);
		},
	);
});
