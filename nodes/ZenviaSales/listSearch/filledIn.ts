import type { ILoadOptionsFunctions } from 'n8n-workflow';

/** What is filled in elsewhere in the node, as far as the editor can tell: an expression may be unresolved. */
export function filledIn(context: ILoadOptionsFunctions, name: string): string {
	const value = context.getCurrentNodeParameter(name, { extractValue: true });
	return typeof value === 'string' ? value : '';
}
