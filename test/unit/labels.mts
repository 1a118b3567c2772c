import type {
	INodeProperties,
	INodePropertyCollection,
	INodePropertyOptions,
	INodeTypeDescription,
} from 'n8n-workflow';
import type { Vendor } from '../../dev/packages/vendor.mts';

/** What people read on a form: the names of fields, of their choices and of their modes. */
export interface Labels {
	/** Of the newest version of each node, which n8n adds to a workflow, and of the credentials. */
	newest: ReadonlySet<string>;
	/** Of earlier versions alone. */
	earlier: ReadonlySet<string>;
}

type Labelled = INodeProperties | INodePropertyCollection | INodePropertyOptions;

/** A condition on a node's version, as displayOptions have it. */
type Condition = number | { _cnd: { gte?: number; lt?: number } };

function isShownIn(version: number, field: Labelled): boolean {
	const shown = 'displayOptions' in field ? field.displayOptions?.show : undefined;
	const conditions = (shown?.['@version'] ?? []) as Condition[];
	return (
		conditions.length === 0 ||
		conditions.some((condition) => {
			if (typeof condition === 'number') return condition === version;
			const { gte = -Infinity, lt = Infinity } = condition._cnd;
			return version >= gte && version < lt;
		})
	);
}

const labelOf = (field: Labelled): string =>
	'displayName' in field ? field.displayName : field.name;

const inside = (field: Labelled): Labelled[] => [
	...('options' in field ? (field.options ?? []) : []),
	...('values' in field ? field.values : []),
];

const labelsIn = (fields: readonly Labelled[], version: number): string[] =>
	fields
		.filter((field) => isShownIn(version, field))
		.flatMap((field) => [
			labelOf(field),
			...('modes' in field ? (field.modes ?? []).map(({ displayName }) => displayName) : []),
			...labelsIn(inside(field), version),
		]);

const newestOf = ({ version }: INodeTypeDescription): number => Math.max(...[version].flat());

/** The labels of these vendors' nodes and credentials. */
export function labelsOf(vendors: readonly Vendor[]): Labels {
	const nodes = vendors.flatMap((vendor) => vendor.nodes.map(({ is }) => is));
	const credentials = vendors.flatMap((vendor) => vendor.credentials.map(({ is }) => is));
	const newest = new Set([
		...[...nodes, ...credentials].map(({ displayName }) => displayName),
		...nodes.flatMap((node) => labelsIn(node.properties, newestOf(node))),
		...credentials.flatMap(({ properties }) => labelsIn(properties, 1)),
	]);
	const all = nodes.flatMap(({ version, properties }) =>
		[version].flat().flatMap((one) => labelsIn(properties, one)),
	);
	return { newest, earlier: new Set(all.filter((label) => !newest.has(label))) };
}
