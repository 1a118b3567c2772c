/** An object that is no list: what JSON calls an object. */
export function isRecord(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The value of a property that an object has itself: what every object has by its prototype is nobody's data. */
export function own<Value>(object: Record<string, Value>, name: string): Value | undefined {
	return Object.hasOwn(object, name) ? object[name] : undefined;
}

/** The value at a path of keys inside a body, or undefined. */
export function dig(body: unknown, ...keys: string[]): unknown {
	return keys.reduce((inner, key) => (isRecord(inner) ? own(inner, key) : undefined), body);
}
