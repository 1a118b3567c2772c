import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { choice } from './choice';

const named = { displayName: 'If Not Found', name: 'ifNotFound' } as const;
const list = { type: 'options' } as const;

/**
 * The field that says what becomes of an item whose thing is not there.
 * @param more what may be done besides failing and skipping
 */
export const ifNotFoundField = (
	shown: Pick<INodeProperties, 'description' | 'displayOptions'>,
	more: readonly INodePropertyOptions[] = [],
) =>
	choice({
		...named,
		...list,
		default: 'fail',
		options: [
			...more,
			{ name: 'Fail', value: 'fail', description: 'Stop before anything is sent' },
			{
				name: 'Skip',
				value: 'skip',
				description: 'Skip this item. It is returned with skipped: true and the reason.',
			},
		],
		...shown,
	});

/** What was chosen, as a look-up has it, where nothing can be made. */
export const failOrSkip = (chosen: string) => ({
	do: chosen === 'skip' ? ('skip' as const) : ('fail' as const),
});
