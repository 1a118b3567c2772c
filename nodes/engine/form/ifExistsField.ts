import type { INodePropertyOptions } from 'n8n-workflow';
import { choice } from './choice';
import type { IfExists } from './lookup';

/** What is particular to a create of one vendor. */
export interface IfExistsForm {
	description: string;
	/** What Update does, as a sentence without its full stop. */
	update: string;
	/** What Fail does; left out, nothing at all is sent then. */
	fail?: string;
	/** What the create did before anybody could choose, where that is none of the three. Stays the default. */
	before?: INodePropertyOptions & { value: string };
}

const named = { displayName: 'If It Exists', name: 'ifExists' } as const;
const list = { type: 'options' } as const;

/** The field that says what a create does where the person is there. */
export const ifExistsField = ({ description, update, fail, before }: IfExistsForm) =>
	choice({
		...named,
		...list,
		default: before?.value ?? 'fail',
		options: [
			{ name: 'Fail', value: 'fail', description: fail ?? 'Stop before anything is sent' },
			...(before ? [before] : []),
			{
				name: 'Skip',
				value: 'skip',
				description:
					'Send nothing for this item. It is returned with skipped: true and the reason.',
			},
			{ name: 'Update', value: 'update', description: update },
		].sort((a, b) => a.name.localeCompare(b.name)),
		description,
	});

/** What was chosen, if it is one of the three. */
export const isChosen = (value: string): value is IfExists['do'] =>
	value === 'fail' || value === 'skip' || value === 'update';
