import { isNothing, meant, pickedValue } from './empty';
import { type Field, type Item, type Property } from './fields';
import type { Lookup } from './lookup';
import { type Locator, modeOf, resourceLocator } from './resourceLocator';
import { inVersions, since } from './versions';

/** A thing that was asked for by its ID alone, and that a resource locator names from some version of the node on. */
export interface Located<Name extends string> {
	/** The first version that has the locator. */
	since: number;
	/** How versions before ask for it; from there on, how its ID is entered. */
	before: Property<Name>;
	/** What the locator's form says. */
	now: Pick<Locator<Name>, 'displayName' | 'description' | 'list' | 'by'>;
	/** Makes the field that reads its ID. */
	id(property: Property<Name>): Field<Name, string>;
	/** Left out where every way of the locator comes to an ID. */
	finds?: Finds;
}

/** How a locator finds what it names by something other than its ID. */
export interface Finds {
	/** @returns nothing for a mode whose value is the ID; throws UserError about a value that does not fit */
	lookup(mode: string, value: unknown, item: Item): Lookup | undefined;
	/** The ID that a form goes on with while it is not known whose it is: nothing is sent with it. */
	standIn: string;
	/** The fields that say how it is looked up; none if not said. */
	settings?: readonly Field[];
}

/**
 * What is shown while a locator is in one of these modes. With a slash: n8n 1.x can order no parameters of which one is
 * shown by what is none of them, such as a locator's mode.
 */
export const inModes = (version: number, name: string, modes: string[]) => ({
	displayOptions: { show: { ...since(version), [`/${name}.mode`]: modes } },
});

/**
 * A locator that may name a thing by something other than its ID.
 * @param byId reads the ID
 */
export const finding = <const Name extends string>(
	byId: Field<Name, string>,
	{ lookup, standIn, settings = [] }: Finds,
): Field<Name, string> => ({
	...byId,
	settings: [...(byId.settings ?? []), ...settings],
	read: (raw, item) => {
		const value = pickedValue(item.isTool ? meant(raw) : raw);
		const found = isNothing(value) ? undefined : lookup(modeOf(raw), value, item);
		if (!found) return byId.read(raw, item);
		item.lookUp?.(byId.name, { property: byId.property, lookup: found });
		return standIn;
	},
});

/**
 * A resource locator in place of an ID. What was saved before, a plain value or an expression, is read as the ID.
 * @throws UserError in read(), about a value that does not fit
 */
export function located<const Name extends string>({
	since: version,
	before,
	now,
	id,
	finds,
}: Located<Name>): Field<Name, string> {
	const { name, required, displayOptions, placeholder } = before;
	const form = { name, required, displayOptions, byId: { placeholder } };
	const locator: Property<Name> = { ...resourceLocator<Name>({ ...form, ...now }), name };
	const byId = id(locator);
	return inVersions(version, finds ? finding(byId, finds) : byId, id(before));
}
