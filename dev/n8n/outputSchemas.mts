import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { schemaFolder } from '../docs/schemas/files.mts';
import { vendors } from '../vendors.mts';
import type { Item } from './execution.mts';
import { TOP } from './runtime.mts';

// The format's own "version" is no keyword of JSON Schema's.
const ajv = new Ajv2020({ strict: false, allErrors: true });
const compiled = new Map<string, ValidateFunction>();

/**
 * Holds what an operation gave against the schema that the editor shows of it.
 * @throws Error where it does not fit
 */
export function checkOutput(
	node: string,
	parameters: Record<string, unknown>,
	items: Item[],
): void {
	const { resource, operation } = parameters;
	const vendor = vendors.find((one) => one.node.description.name === node);
	if (!vendor) return;
	const file = join(
		TOP,
		'nodes',
		vendor.folder,
		schemaFolder(1),
		String(resource),
		`${String(operation)}.json`,
	);
	// An operation that does not exist is tried as well.
	if (!existsSync(file)) return;
	const fits = compiled.get(file) ?? ajv.compile(JSON.parse(readFileSync(file, 'utf8')) as object);
	compiled.set(file, fits);
	for (const { json } of items) {
		if (fits(json)) continue;
		const what = ajv.errorsText(fits.errors, { dataVar: 'output' });
		throw new Error(
			`${node} ${String(resource)}.${String(operation)}: ${what}. Run "npm run schemas".`,
		);
	}
}
