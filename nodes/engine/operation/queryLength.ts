import type { INodeProperties } from 'n8n-workflow';
import { fieldError, type Field } from '../form/fields';
import type { Request } from '../http/request';

/**
 * Most characters of a query that are sent. Servers (nginx, Apache, Node.js) take 8,000 to 16,000 bytes of
 * headers and break the connection at more, which would look like a server that is out of order.
 */
const mostCharacters = 6_000;

/** @throws UserError about the field that makes a request's address longer than servers take */
export function checkLength({ query = {} }: Request, fields: readonly Field[]): void {
	const lengths = Object.entries(query).map(([name, value]): [string, number] => [
		name,
		lengthOf(value),
	]);
	if (lengths.reduce((sum, [, length]) => sum + length, 0) <= mostCharacters) return;
	const [[longest, length] = ['', 0]] = lengths.sort(([, one], [, other]) => other - one);
	const properties = fields.map(({ property }) => property);
	const property = named(properties, longest) ?? ({ displayName: longest } as INodeProperties);
	throw fieldError(
		property,
		`comes to ${length} characters, more than fit into an address`,
		'Shorten it.',
	);
}

/** As it is written in an address, where a letter beyond ASCII takes several characters. */
function lengthOf(value: unknown): number {
	return encodeURIComponent([value].flat().map(String).join(',').toWellFormed()).length;
}

/** The property of this name, inside collections too: fields are called as the vendor's parameters are. */
function named(properties: readonly INodeProperties[], name: string): INodeProperties | undefined {
	const all = properties.flatMap((one) => [one, ...(one.options ?? [])]);
	return all.find((one): one is INodeProperties => one.name === name && 'type' in one);
}
