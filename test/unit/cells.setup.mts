import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import type { Item } from '../../nodes/engine/form/fields.ts';

/** The time zone of the workflow. */
export const zone = 'America/Sao_Paulo';
const context = { getTimezone: () => zone } as IExecuteFunctions;
/** An item of the newest version. */
export const item: Item = { index: 0, json: {}, context };
/** An item of version 1. */
export const old: Item = { ...item, version: 1 };
/** How a field shows in the form. */
export const property = (more: Partial<INodeProperties> = {}) => ({
	displayName: 'Thing',
	name: 'thing' as const,
	type: 'string' as const,
	default: '',
	...more,
});
