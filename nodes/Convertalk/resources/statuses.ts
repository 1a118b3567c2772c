import type { INodePropertyOptions } from 'n8n-workflow';

/** SEED, status. The vendor spells it DEPENDANCY. */
export const chatStatuses: INodePropertyOptions[] = [
	{ name: 'Closed', value: 'CLOSED' },
	{ name: 'Dependency', value: 'DEPENDANCY' },
	{ name: 'In Progress', value: 'INPROGRESS' },
	{ name: 'On Hold', value: 'ONHOLD' },
	{ name: 'Open', value: 'OPEN' },
	{ name: 'Review', value: 'REVIEW' },
];
