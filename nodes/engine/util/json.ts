/** An object that is no list: what JSON calls an object. */
export function isRecord(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The value at a path of keys inside a body, or undefined. */
export function dig(body: unknown, ...keys: string[]): unknown {
	return keys.reduce((inner, key) => (isRecord(inner) ? inner[key] : undefined), body);
}
