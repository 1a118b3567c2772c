import type { IDataObject, INodeProperties, INodePropertyCollection } from 'n8n-workflow';
import type { Thing } from '../../dev/kit/namedThings.mts';
import type { RequestRecord } from '../../dev/kit/simulator.mts';
import type { VendorName } from '../../dev/kit/vendorKit.mts';
import { vendorNames, vendorOf } from '../../dev/vendors.mts';
import { type Chosen, operationsOf, parametersWith } from '../attack/vendors.mts';

/** A resource locator in the form of one operation, as the newest version of a node describes it. */
export interface Locator {
	vendor: VendorName;
	chosen: Chosen;
	/** Such as `saleswhale lead.get, leadId`. */
	title: string;
	/** Its parameter's name, by which {@link Thing}s are told. */
	name: string;
	/** Where it is in the node's parameters. */
	path: string[];
	/** What has to be chosen elsewhere for it to show. */
	choices: IDataObject;
	/** The names of its ways, such as `list` and `email`. */
	modes: string[];
	/** The node's method that fills its list. */
	search: string | undefined;
	displayName: string;
}

/** Whether a version of a node shows a property. */
export function isShownIn({ displayOptions }: INodeProperties, version: number): boolean {
	const [{ _cnd: { gte = 0, lt = Infinity } = {} } = {}] = (displayOptions?.show?.['@version'] ??
		[]) as unknown as Array<{ _cnd?: { gte?: number; lt?: number } }>;
	return version >= gte && version < lt;
}

type Found = Pick<Locator, 'name' | 'path' | 'modes' | 'search' | 'displayName'>;

/** The locators of a property and of those inside it. */
function locatorsIn(property: INodeProperties, outer: string[] = []): Found[] {
	const { name, displayName, type, modes = [], options = [] } = property;
	const path = [...outer, name];
	if (type === 'resourceLocator') {
		const [search] = modes.flatMap(({ typeOptions }) => typeOptions?.searchListMethod ?? []);
		return [{ name, displayName, path, search, modes: modes.map((mode) => mode.name) }];
	}
	return (options as Array<INodeProperties | INodePropertyCollection>).flatMap((one) => {
		if ('values' in one) return one.values.flatMap((each) => locatorsIn(each, [...path, one.name]));
		return 'type' in one ? locatorsIn(one, path) : [];
	});
}

/** What has to be chosen for a property to show, besides resource, operation and version. */
const choicesOf = ({ displayOptions }: INodeProperties): IDataObject =>
	Object.fromEntries(
		Object.entries(displayOptions?.show ?? {})
			.filter(([name]) => !['resource', 'operation', '@version'].includes(name))
			.map(([name, values]) => [name, values?.[0] as string]),
	);

/** The version that a node has when it is put into a workflow. */
export const newestOf = (vendor: VendorName): number =>
	Math.max(...[vendorOf(vendor).node.description.version].flat());

function locatorsOf(vendor: VendorName, chosen: Chosen): Locator[] {
	const { resource, operation } = chosen;
	const isOwn = ({ displayOptions }: INodeProperties): boolean =>
		displayOptions?.show?.resource?.includes(resource) === true &&
		displayOptions.show.operation?.includes(operation.value) === true;
	return vendorOf(vendor)
		.node.description.properties.filter((one) => isOwn(one) && isShownIn(one, newestOf(vendor)))
		.flatMap((outer) => locatorsIn(outer).map((found) => ({ ...found, choices: choicesOf(outer) })))
		.map((found) => ({
			...{ vendor, chosen, ...found },
			title: `${vendor} ${resource}.${operation.value}, ${found.path.join('.')}`,
		}));
}

/** Every resource locator of every operation of every node; of one that asks and waits, sendAndWait.mts tells. */
export const locators: readonly Locator[] = vendorNames.flatMap((vendor) =>
	operationsOf(vendor)
		.filter(({ operation }) => operation.value !== 'sendAndWait')
		.flatMap((chosen) => locatorsOf(vendor, chosen)),
);

/** A way to fill in a locator. */
export interface Way {
	/** Whether a locator has it. */
	of(locator: Locator): boolean;
	/** What a person enters, such as an e-mail address. */
	entered(thing: Thing): string | undefined;
	/** The parameter's value. @param text what was entered, or an expression that comes to it */
	value(text: string): unknown;
	isExpression: boolean;
}

const inMode = (mode: string, isExpression: boolean): Way => ({
	of: ({ modes }) => modes.includes(mode),
	entered: ({ id, by }) => (mode === 'list' || mode === 'id' ? id : by?.[mode]),
	value: (value) => ({ __rl: true, mode, value }),
	isExpression,
});

/** As nodes of earlier versions were filled in, and as people write JSON. */
const plain = (isExpression: boolean): Way => ({
	of: () => true,
	entered: ({ id }) => id,
	value: (text) => text,
	isExpression,
});

/** Every way in which some locator is filled in, by what it is called: its modes, and an ID without any. */
export const ways: Record<string, Way> = {
	...Object.fromEntries(
		[...new Set(locators.flatMap(({ modes }) => modes))].map((mode) => [
			mode,
			// What is picked from a list stays; what is entered mostly comes from a row.
			inMode(mode, mode !== 'list'),
		]),
	),
	'plain value': plain(false),
	'plain expression': plain(true),
};

/** What some operations need besides, so that the vendor does what they ask. */
const needed: Record<string, IDataObject> = {
	'saleswhale lead.delete': { force: true },
	'zenviaSales prospect.archive': { archivingReason: 'inactive' },
	'zenviaSales prospect.setLabel': { label: 'warm' },
	'zenviaSales message.send': { channel: 'whatsapp' },
	'zenviaSales message.sendFile': { channel: 'whatsapp', binaryPropertyName: 'data' },
	'zenviaSales message.sendTemplate': { channel: 'whatsapp' },
};

/**
 * The parameters of a node, with a value in a locator, and things of the account in its other ones.
 * @param things by their locators' names
 */
export function filledIn(
	{ vendor, chosen, choices, path, name }: Locator,
	things: Record<string, Thing>,
	value: unknown,
): IDataObject {
	const own = path.reduceRight<unknown>((inner, key) => ({ [key]: inner }), value) as IDataObject;
	const others = locators
		.filter((other) => other.chosen === chosen && other.path.length === 1 && other.name !== name)
		.map((other) => [other.name, { __rl: true, mode: 'id', value: things[other.name]?.id }]);
	return parametersWith(chosen, {
		...Object.fromEntries(others),
		...needed[`${vendor} ${chosen.resource}.${chosen.operation.value}`],
		...choices,
		...own,
	});
}

/** Whether a thing was asked for, by its ID. */
export const isNamedIn = (requests: readonly RequestRecord[], id: string): boolean =>
	requests.some(({ path, query, body }) => JSON.stringify([path, query, body]).includes(id));
