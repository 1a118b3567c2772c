import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { INodeParameters, INodeType } from 'n8n-workflow';
import { TOP } from '../../dev/n8n/runtime.mts';
import {
	populate,
	simulatorsOf,
	type StartedVendors,
	startVendors,
} from '../../dev/simulators.mts';
import { run } from './engine.mts';

/** The fewest records that show what an account looks like. */
const fewest = 3;

let started: StartedVendors;
beforeAll(async () => {
	started = await startVendors();
	populate(started);
});
afterAll(async () => {
	for (const simulator of simulatorsOf(started)) await simulator.close();
});

interface Example {
	nodes: Array<{ type: string; typeVersion: number; parameters: INodeParameters }>;
}

/** The last node of a vendor's first look, whose panel the README has people open. */
const lastNodes = [
	['saleswhale', 'saleswhale'],
	['zenviaSales', 'zenvia'],
	['salesflow', 'salesflow'],
	['convertalk', 'convertalk'],
] as const;

describe('the demo’s account', () => {
	it.each(lastNodes)('of %s holds data for the first click', async (name, example) => {
		const { vendor, data } = started[name];
		const path = join(TOP, 'examples', `first-look-${example}.json`);
		const { nodes } = JSON.parse(await readFile(path, 'utf8')) as Example;
		const last = nodes.filter(({ type }) => type.endsWith(`.${name}`)).at(-1);
		const { items, error } = await run(
			{ node: vendor.node as INodeType, credential: vendor.credentialType },
			{
				typeVersion: last?.typeVersion ?? 0,
				parameters: last?.parameters ?? {},
				credential: data,
			},
		);
		expect(error).toBeUndefined();
		expect(items.length).toBeGreaterThanOrEqual(fewest);
	});

	it.each([
		['zenviaSales', { resource: 'interaction', operation: 'getAll' }],
		['salesflow', { resource: 'contact', operation: 'getAll', campaignId: '29854' }],
		['convertalk', { resource: 'contact', operation: 'search' }],
	] as const)('of %s has people who have names', async (name, parameters) => {
		const { vendor, data } = started[name];
		const subject = { node: vendor.node as INodeType, credential: vendor.credentialType };
		const { items, error } = await run(subject, { parameters, credential: data });
		expect(error).toBeUndefined();
		expect(items.length).toBeGreaterThanOrEqual(fewest);
	});
});
