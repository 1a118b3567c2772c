import { Contract } from '../../kit/framework/contract.mts';
import { answersOf } from './answers.mts';
import { shapeOf } from './infer.mts';
import { vendors } from '../../vendors.mts';

/** Where n8n looks for the output schemas of version 1 of a node, beside its code. */
export const schemaFolder = '__schema__/v1.0.0';

/** The format's own version, which n8n's editor asks for. */
const version = 1;

/** Every output schema, by its path under nodes/; one line each, since they are packed. */
export async function schemaFiles(): Promise<Map<string, string>> {
	const files = new Map<string, string>();
	for (const { folder, resources, contract: file, ...vendor } of vendors) {
		const contract = await Contract.load(file);
		for (const { value: resource, operations } of resources) {
			for (const operation of operations) {
				const answers = await answersOf({ ...vendor, contract }, resource, operation);
				const path = `${folder}/${schemaFolder}/${resource}/${operation.value}.json`;
				files.set(path, `${JSON.stringify({ ...shapeOf(answers), version })}\n`);
			}
		}
	}
	return files;
}
