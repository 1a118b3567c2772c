import { Contract } from '../../kit/framework/contract.mts';
import { answersOf } from './answers.mts';
import { shapeOf } from './infer.mts';
import { credentialData, vendors } from '../../vendors.mts';
import { customApiCallValue } from '../../../nodes/engine/operation/customApiCall.ts';

/** Where n8n looks for the output schemas of a version of a node, beside its code. */
export const schemaFolder = (version: number): string =>
	`__schema__/v${version}${Number.isInteger(version) ? '.0.0' : '.0'}`;

/** The format's own version, which n8n's editor asks for. */
const formatVersion = 1;

/** What comes out of an operation that waits is what somebody answered, and not what the vendor did. */
const respondedAt = '2026-01-31T09:30:00.000Z';
const waitedFor = [
	{ replied: true, data: { approved: true, text: 'text', respondedAt } },
	{ replied: false },
];

/** Every output schema, by its path under nodes/; one line each, since they are packed. */
export async function schemaFiles(): Promise<Map<string, string>> {
	const files = new Map<string, string>();
	for (const vendor of vendors) {
		const { folder, resources, contract: file, node } = vendor;
		const credential = credentialData(vendor, 'not-a-key', 'https://example.com');
		const contract = await Contract.load(file);
		for (const { value: resource, operations } of resources) {
			for (const operation of operations) {
				// What a call that no operation knows answers, nobody knows.
				const own =
					resource === customApiCallValue ? [{}] : 'wait' in operation ? waitedFor : undefined;
				const answers =
					own ?? (await answersOf({ node, credential, contract }, resource, operation));
				const schema = `${JSON.stringify({ ...shapeOf(answers), version: formatVersion })}\n`;
				for (const version of [node.description.version].flat()) {
					const path = `${folder}/${schemaFolder(version)}/${resource}/${operation.value}.json`;
					files.set(path, schema);
				}
			}
		}
	}
	return files;
}
