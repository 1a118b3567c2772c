import type { INodeProperties } from 'n8n-workflow';
import { fieldError } from '../form/fields';
import { spoiltPart } from '../form/spoilt';

/** Where an expression reads another node, another item or a variable. */
export const elsewhere = /\$\(|\$(?:node|items|input|vars)\b/;

/** An expression in a parameter. */
export interface Written {
	/** Where it is, from the parameter down. */
	path: string[];
	/** As the form has it, such as `=Hello {{ $json.name }}`. */
	expression: string;
}

/** The expressions in a parameter. */
export function expressionsIn(raw: unknown, path: string[] = []): Written[] {
	if (typeof raw === 'string') return raw.startsWith('=') ? [{ path, expression: raw }] : [];
	if (typeof raw !== 'object' || raw === null) return [];
	return Object.entries(raw).flatMap(([name, inner]) => expressionsIn(inner, [...path, name]));
}

/** What is at a path inside a value. */
export const inside = (value: unknown, path: readonly string[]): unknown =>
	path.reduce<unknown>(
		(inner, key) =>
			typeof inner === 'object' && inner !== null
				? (inner as Record<string, unknown>)[key]
				: undefined,
		value,
	);

/** The column in `={{ $json.email }}` or `={{ $json["E-mail"] }}`: what dragging one into a field writes. */
export function columnOf(raw: unknown): string | undefined {
	if (typeof raw !== 'string') return undefined;
	const [, ...names] =
		/^=\{\{\s*\$json(?:\.([A-Za-z_]\w*)|\[(?:"([^"\\]+)"|'([^'\\]+)')\])\s*\}\}$/.exec(raw) ?? [];
	return names.find((name) => name !== undefined);
}

/** Whether an expression puts a text together; one that only names a value hands on what somebody wrote. */
export function isComposed({ expression }: Written): boolean {
	const [before, code, ...others] = expression.slice(1).split('{{');
	if (others.length > 0 || before?.trim() !== '' || code === undefined) return true;
	return !/^\s*\$/.test(code) || !/\}\}\s*$/.test(code) || /[+`]/.test(code);
}

/**
 * Holds the texts that expressions put together to the rule of single values: "Hello #N/A" and "on Invalid DateTime"
 * are as little meant as those words alone. What the form itself says is meant.
 * @throws UserError with what a text holds that stands for no value
 */
export function refuseSpoiltParts(
	property: INodeProperties,
	composed: readonly Written[],
	raw: unknown,
): void {
	for (const { path, expression } of composed) {
		const text = inside(raw, path);
		const wrong = typeof text === 'string' ? spoiltPart(text, expression) : undefined;
		if (wrong) throw fieldError(titleAt(property, path), wrong.what, wrong.hint);
	}
}

/** The innermost property of a path that has a name in the form. */
function titleAt(property: INodeProperties, path: readonly string[]): { displayName: string } {
	let found: { displayName: string } = property;
	let options: unknown = property.options;
	for (const key of path) {
		if (!Array.isArray(options)) continue;
		const next = (options as INodeProperties[]).find(({ name }) => name === key);
		if (!next) continue;
		found = next;
		options = 'values' in next ? next.values : next.options;
	}
	return found;
}
