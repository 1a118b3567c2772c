import type { INodeProperties, INodePropertyMode } from 'n8n-workflow';
import type { Property } from './fields';
import { isRecord } from '../util/json';

type Named<Name extends string> = Pick<
	INodeProperties,
	'displayName' | 'description' | 'displayOptions' | 'required'
> & { name: Name };

/** What a resource locator's form says: its list, and what an ID looks like. */
export interface Locator<Name extends string> extends Named<Name> {
	/** The node's listSearch method that fills the list, and what the list shows before something is picked. */
	list: { search: string; placeholder: string };
	/** Further ways to name it, such as by its e-mail address. */
	by?: readonly INodePropertyMode[];
	/** The mode in which it is entered by hand; called By ID if nothing is said. */
	byId: Pick<INodePropertyMode, 'placeholder'> & { displayName?: string };
}

/** n8n's resource locator: a thing that is picked from the account's list, or entered by its ID. */
export function resourceLocator<const Name extends string>({
	list: { search, placeholder },
	by = [],
	byId,
	...named
}: Locator<Name>): Property<Name> {
	return {
		...named,
		type: 'resourceLocator',
		default: { mode: 'list', value: '' },
		modes: [
			{
				displayName: 'From List',
				name: 'list',
				type: 'list',
				placeholder,
				typeOptions: { searchListMethod: search, searchable: true },
			},
			...by,
			{ displayName: 'By ID', name: 'id', type: 'string', ...byId },
		],
	};
}

const entered = { type: 'string' } as const;

/** A way to name a thing by a text, such as its e-mail address. */
export const byText = (
	displayName: string,
	name: string,
	placeholder: string,
): INodePropertyMode => ({ displayName, name, placeholder, ...entered });

/** The way in which a thing is named, such as `list` or `email`; by its ID where it is entered without a locator. */
export const modeOf = (raw: unknown): string =>
	isRecord(raw) && 'value' in raw && typeof raw.mode === 'string' ? raw.mode : 'id';
