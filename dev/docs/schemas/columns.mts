import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { TOP } from '../../n8n/runtime.mts';
import { vendors } from '../../vendors.mts';
import { schemaFolder } from './files.mts';

const head = `import type { Columns } from '../engine/operation/execute';

/** Written by \`npm run schemas\`: the columns of lists that are returned as CSV files, by their output schemas. */
export const columns: Columns = `;

/**
 * The columns of each vendor's lists, by the file's path under nodes/.
 * @param schemas all output schemas, by theirs
 */
export async function columnFiles(schemas: Map<string, string>): Promise<Map<string, string>> {
	const files = new Map<string, string>();
	for (const { folder, resources, node } of vendors) {
		const version = Math.max(...[node.description.version].flat());
		const all: Record<string, string[]> = {};
		for (const { value: resource, operations } of resources) {
			for (const { value, output } of operations) {
				const path = `${folder}/${schemaFolder(version)}/${resource}/${value}.json`;
				const { properties = {} } = JSON.parse(schemas.get(path) ?? '{}') as {
					properties?: object;
				};
				const names = Object.keys(properties);
				if (output.pages && names.length > 0) all[`${resource}.${value}`] = names;
			}
		}
		const settings = await resolveConfig(join(TOP, 'package.json'));
		const text = await format(`${head}${JSON.stringify(all)};`, {
			...settings,
			parser: 'typescript',
		});
		files.set(`${folder}/columns.ts`, text);
	}
	return files;
}
