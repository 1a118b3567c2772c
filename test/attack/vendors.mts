import type { ICredentialDataDecryptedObject, IDataObject } from 'n8n-workflow';
import { vendors as resourcesOf } from '../../dev/docs/operations.mts';
import { vendors } from '../../dev/vendors.mts';
import type { BatchOperation, Operation } from '../../nodes/engine/operation/operation.ts';
import type { Subject } from '../unit/engine.mts';
import { requiredBy } from './parameters.mts';

/** A vendor as the attacks see it. */
export interface Target extends Subject {
	name: string;
	data: ICredentialDataDecryptedObject;
}

export const targets: Target[] = vendors.map(({ node, credentialType, credential }) => ({
	name: node.description.displayName,
	node,
	credential: credentialType,
	data: credential,
}));

/** What an operation asks for although none of its fields alone is required. */
const needed: Record<string, IDataObject> = {
	'Saleswhale lead.update': { updateFields: { jobTitle: 'CEO' } },
	'Zenvia Sales interaction.create': { content: 'Hello', additionalFields: { providerId: '1' } },
	'Zenvia Sales interaction.update': { updateFields: { delivered: true } },
	'Zenvia Sales lead.create': { phones: '+55 11 91234 5678' },
	'Zenvia Sales message.send': { content: 'Hello' },
	'Zenvia Sales prospect.find': { phoneNumber: '+55 11 91234 5678' },
	'Zenvia Sales prospect.transfer': { groupId: '5f0c2b7a9d3e4f1a2b3c4d5e' },
	'Zenvia Sales prospect.update': { updateFields: { phone: '+55 11 91234 5678' } },
	'Zenvia Sales quote.create': { items: { item: [{ quantity: 1 }] } },
	'Salesflow contact.update': { updateFields: { phone: '1555123458' } },
};

/** An operation of a vendor, by the names that choose it. */
export interface Chosen {
	title: string;
	resource: string;
	operation: Operation | BatchOperation;
	needed: IDataObject;
}

/** Every operation of a vendor, as its node has them. */
export const operationsOf = (vendor: string): Chosen[] =>
	(resourcesOf[vendor] ?? []).flatMap(({ value: resource, operations }) =>
		operations.map((operation) => {
			const title = `${vendor} ${resource}.${operation.value}`;
			return { title, resource, operation, needed: needed[title] ?? {} };
		}),
	);

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
	const merged = Object.entries(own).map(([name, value]) => {
		const before = base[name];
		const isGroup = isPlain(before) && isPlain(value) && !('__rl' in value);
		return [name, isGroup ? { ...before, ...value } : value];
	});
	return { ...base, ...Object.fromEntries(merged) };
}

const isPlain = (value: unknown): value is IDataObject =>
	typeof value === 'object' && value !== null && !Array.isArray(value);
