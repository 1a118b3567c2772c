import type { Resource } from '../../nodes/engine/operation/operation.ts';
import { vendors as all } from '../vendors.mts';

/** All operations of all vendors, as the nodes themselves have them. */
export const vendors: Record<string, readonly Resource[]> = Object.fromEntries(
	all.map(({ title, resources }) => [title, resources]),
);

/** The page that holds the table of operations. */
export const operationsPage = new URL('../../docs/operations.md', import.meta.url);

/** The table of operations, in Markdown. */
export function operationsTable(): string {
	const lines = Object.entries(vendors).flatMap(([vendor, resources]) =>
		operationRows(vendor, resources),
	);
	return ['| Node | Resource | Operations |', '|---|---|---|', ...lines].join('\n');
}

/** One row for each resource of a vendor. */
export function operationRows(vendor: string, resources: readonly Resource[]): string[] {
	return resources.map(({ name, operations }) => {
		const names = operations.map((operation) => operation.name).join(', ');
		return `| ${vendor} | ${name} | ${names} |`;
	});
}

const begin = '<!-- operations: made by `npm run readme` from the code -->';
const end = '<!-- /operations -->';

/** The page with the table between its marks made anew. */
export function withOperations(page: string): string {
	const [before = '', rest = ''] = page.split(begin);
	const [, after = ''] = rest.split(end);
	return `${before}${begin}\n${operationsTable()}\n${end}${after}`;
}
