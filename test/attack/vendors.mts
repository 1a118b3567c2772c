import type { ICredentialDataDecryptedObject, IDataObject } from 'n8n-workflow';
import type { VendorName } from '../../dev/kit/vendorKit.mts';
import { credentialData, vendorOf, vendors } from '../../dev/vendors.mts';
import { customApiCallValue } from '../../nodes/engine/operation/customApiCall.ts';
import type { BatchOperation, Operation } from '../../nodes/engine/operation/operation.ts';
import type { Subject } from '../unit/engine.mts';
import { requiredBy } from './parameters.mts';

/** A vendor as the attacks see it. */
export interface Target extends Subject {
	name: VendorName;
	title: string;
	data: ICredentialDataDecryptedObject;
}

export const targets: Target[] = vendors.map((vendor) => ({
	name: vendor.name,
	title: vendor.title,
	node: vendor.node,
	credential: vendor.credentialType,
	data: credentialData(vendor, 'not-a-key', 'https://example.com'),
}));

/** An operation of a vendor, by the names that choose it. */
export interface Chosen {
	title: string;
	resource: string;
	operation: Operation | BatchOperation;
	needed: IDataObject;
}

/** Every operation of a vendor, as its node has them. @param vendor its name, such as `saleswhale` */
export function operationsOf(vendor: string): Chosen[] {
	const { title: name, resources, kit } = vendorOf(vendor);
	return resources.flatMap(({ value: resource, operations }) =>
		operations.map((operation) => {
			const id = `${resource}.${operation.value}`;
			const needed = kit.attack.needed?.[id] ?? {};
			return { title: `${name} ${id}`, resource, operation, needed };
		}),
	);
}

/**
 * Those whose parameters belong to one place of one endpoint each. A call that no operation knows goes wherever its
 * path says; what of that it must not do, test/unit/customApiCall.test.mts tries.
 */
export const placedOperationsOf = (vendor: string): Chosen[] =>
	operationsOf(vendor).filter(({ resource }) => resource !== customApiCallValue);

/** The node's parameters with `value` in one of them; collections keep what is required beside it. */
export function parametersWith(
	{ resource, operation, needed }: Chosen,
	own: IDataObject,
): IDataObject {
	const base: IDataObject = {
		resource,
		operation: operation.value,
		...requiredBy(operation),
		...needed,
	};
	return merged(base, own);
}

function merged(base: IDataObject, own: IDataObject): IDataObject {
	const all = Object.entries(own).map(([name, value]) => {
		const before = base[name];
		const isGroup = isPlain(before) && isPlain(value) && !('__rl' in value);
		return [name, isGroup ? merged(before, value) : value];
	});
	return { ...base, ...Object.fromEntries(all) };
}

const isPlain = (value: unknown): value is IDataObject =>
	typeof value === 'object' && value !== null && !Array.isArray(value);
