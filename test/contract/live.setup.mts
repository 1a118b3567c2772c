import type { IDataObject } from 'n8n-workflow';
import type { Verdict } from '../../dev/live/findings.mts';
import { verdictOf } from '../../dev/live/findings.mts';
import { liveVendor } from '../../dev/live/liveVendor.mts';
import { type Checked, checkLive, type Delivery } from '../../dev/live/walk.mts';
import type { RawAnswer, Simulator } from '../../dev/kit/simulator.mts';
import { startVendor } from '../../dev/simulators.mts';
import { type Vendor, vendors } from '../../dev/vendors.mts';

/** A vendor, with the key of its simulator. */
export interface Tried extends Vendor {
	key: string;
	data: IDataObject;
}

export const tried: Tried[] = vendors.map((vendor) => {
	const key = `${vendor.name}-key`;
	return { ...vendor, key, data: { [vendor.kit.keyField]: key, ...vendor.kit.account } };
});

/** A vendor's simulator with some records. */
export async function start({ name, key, kit }: Tried): Promise<Simulator> {
	const simulator = (await startVendor(name, { key })).simulator as unknown as Simulator;
	kit.live.seed(simulator.vendor);
	return simulator;
}

/** Runs check:live against a simulator. */
export async function check(
	one: Tried,
	{ url }: Simulator,
	deliveries: Delivery[] = [],
): Promise<Checked> {
	const address = one.kit.address(url + (one.kit.apiPath ?? ''));
	return await checkLive(liveVendor(one), { ...one.data, ...address }, undefined, deliveries);
}

/** Fields with a verdict, as `operation path: problems`. */
export function fieldsThat(verdict: Verdict, { findings }: Checked): string[] {
	return findings.flatMap(({ operation, fields }) =>
		[...fields.values()]
			.filter((field) => verdictOf(field) === verdict)
			.map(({ path, problems }) => `${operation} ${path}: ${[...problems.keys()].join('; ')}`),
	);
}

/** Changes the JSON of an answer. */
export function edited(answer: RawAnswer, edit: (body: any) => unknown): RawAnswer {
	const body = JSON.parse(String(answer.body));
	return { ...answer, body: JSON.stringify(edit(body) ?? body) };
}

/** All texts and numbers in a value, whatever is around them. */
export function valuesIn(value: unknown): string[] {
	if (typeof value === 'string' || typeof value === 'number') return [String(value)];
	return typeof value === 'object' && value !== null ? Object.values(value).flatMap(valuesIn) : [];
}
