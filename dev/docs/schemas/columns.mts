import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { Contract } from '../../kit/framework/contract.mts';
import { TOP } from '../../n8n/runtime.mts';
import { credentialData, vendors } from '../../vendors.mts';
import { answersOf } from './answers.mts';
import { schemaFolder } from './files.mts';

const head = `import type { Columns } from '../engine/operation/simplify';

`;
const told = `/**
 * Written by \`npm run schemas\`: all fields of the records of lists, and of what Simplify makes smaller, by the
 * vendor's contract.
 */
export const columns: Columns = `;

/**
 * The fields of each vendor's records, by the file's path under nodes/.
 * @param schemas all output schemas, by theirs
 */
export async function columnFiles(schemas: Map<string, string>): Promise<Map<string, string>> {
	const files = new Map<string, string>();
	const settings = await resolveConfig(join(TOP, 'package.json'));
	for (const vendor of vendors) {
		const text = await format(head + written(await columnsOf(vendor, schemas)), {
			...settings,
			parser: 'typescript',
		});
		files.set(`${vendor.folder}/columns.ts`, text);
	}
	return files;
}

async function columnsOf(
	vendor: (typeof vendors)[number],
	schemas: Map<string, string>,
): Promise<Map<string, string[]>> {
	const { folder, resources, node, contract: file } = vendor;
	const version = Math.max(...[node.description.version].flat());
	const credential = credentialData(vendor, 'not-a-key', 'https://example.com');
	const subject = { node, credential, contract: await Contract.load(file) };
	const all = new Map<string, string[]>();
	for (const { value: resource, operations } of resources) {
		for (const operation of operations) {
			const { value, output } = operation;
			const path = `${folder}/${schemaFolder(version)}/${resource}/${value}.json`;
			const { properties = {} } = JSON.parse(schemas.get(path) ?? '{}') as { properties?: object };
			// The schema shows what Simplify leaves where it is on at first.
			const names = output.simplify
				? (await answersOf(subject, resource, operation, { simplify: false })).flatMap(Object.keys)
				: Object.keys(properties);
			const isMadeSmaller = output.simplify ?? output.simplifyForAgent ?? output.simplifyIfAsked;
			if ((output.pages || isMadeSmaller) && names.length > 0)
				all.set(`${resource}.${value}`, [...new Set(names)]);
		}
	}
	return all;
}

/** Records of one kind, which several operations give, are listed once. */
function written(all: Map<string, string[]>): string {
	const lists = new Map<string, string>();
	const entries = [...all].map(([key, names]) => {
		const list = JSON.stringify(names);
		const called =
			lists.get(list) ?? key.replace(/\.(.)/, (_, first: string) => first.toUpperCase());
		lists.set(list, called);
		return `${JSON.stringify(key)}: ${called}`;
	});
	const consts = [...lists].map(([list, called]) => `const ${called} = ${list};\n`);
	return `${consts.join('')}\n${told}{${entries.join(', ')}};`;
}
