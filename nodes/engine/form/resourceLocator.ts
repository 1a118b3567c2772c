import type { INodeProperties, INodePropertyMode } from 'n8n-workflow';
import type { Property } from './fields';
import { isRecord } from '../util/json';

type Named<Name extends string> = Pick<
	INodeProperties,
	'displayName' | 'description' | 'displayOptions' | 'required'
> & { name: Name };

/** The node's listSearch method that fills a list, and what the list shows before something is picked. */
interface List {
	search: string;
	placeholder: string;
}

/** What a resource locator's form says: its list, and what an ID looks like. */
export interface Locator<Name extends string> extends Named<Name> {
	/** Left out where the vendor has no list of them. */
	list?: List;
	/** Further ways to name it, such as by its e-mail address. */
	by?: readonly INodePropertyMode[];
	/** The mode in which it is entered by hand; called By ID if nothing is said. */
	byId: Pick<INodePropertyMode, 'placeholder'> & { displayName?: string };
}

/** n8n's resource locator: a thing that is picked from the account's list, or entered by its ID. */
export function resourceLocator<const Name extends string>({
	list,
	by = [],
	byId,
	...named
}: Locator<Name>): Property<Name> {
	const entered: INodePropertyMode = { displayName: 'By ID', name: 'id', ...asText, ...byId };
	return {
		...named,
		type: 'resourceLocator',
		default: { mode: list ? 'list' : 'id', value: '' },
		// The way that is chosen at first stands first.
		modes: list ? [fromList(list), ...by, entered] : [entered, ...by],
	};
}

const listed = { type: 'list' } as const;

const fromList = ({ search, placeholder }: List): INodePropertyMode => ({
	displayName: 'From List',
	name: 'list',
	placeholder,
	...listed,
	typeOptions: { searchListMethod: search, searchable: true },
});

const asText = { type: 'string' } as const;

/** A way to name a thing by a text, such as its e-mail address. */
export const byText = (
	displayName: string,
	name: string,
	placeholder: string,
): INodePropertyMode => ({ displayName, name, placeholder, ...asText });

/** The way in which a thing is named, such as `list` or `email`; by its ID where it is entered without a locator. */
export const modeOf = (raw: unknown): string =>
	isRecord(raw) && 'value' in raw && typeof raw.mode === 'string' ? raw.mode : 'id';
