/** What n8n's editor shows of an output before it is there: JSON Schema's types, properties and items. */
export interface Shape {
	type?: string | string[];
	properties?: Record<string, Shape>;
	items?: Shape;
}

const typeOf = (value: unknown): string => {
	if (value === null) return 'null';
	return Array.isArray(value) ? 'array' : typeof value;
};

/** The shape that all of the values have: every property that one of them has, every type that one is of. */
export function shapeOf(values: readonly unknown[]): Shape {
	const types = [...new Set(values.map(typeOf))].sort(nullLast);
	const objects = values.filter((value) => typeOf(value) === 'object') as object[];
	const elements = values.filter(Array.isArray).flat();
	return {
		...(types.length > 0 && { type: types.length > 1 ? types : types[0] }),
		...(objects.length > 0 && { properties: propertiesOf(objects) }),
		...(elements.length > 0 && { items: shapeOf(elements) }),
	};
}

/** The editor shows the first of several types. */
const nullLast = (one: string, other: string): number =>
	Number(one === 'null') - Number(other === 'null');

function propertiesOf(objects: readonly object[]): Record<string, Shape> {
	const columns = new Map<string, unknown[]>();
	for (const [name, value] of objects.flatMap((object) => Object.entries(object))) {
		columns.set(name, [...(columns.get(name) ?? []), value]);
	}
	return Object.fromEntries([...columns].map(([name, values]) => [name, shapeOf(values)]));
}
