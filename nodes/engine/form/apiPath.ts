import type { INodeProperties } from 'n8n-workflow';
import { field, fieldError, type Item, type Property } from './fields';
import { nameLike, plainText } from './text';
import { quote } from '../util/text';

/**
 * A path below the vendor's own address, such as /leads/42, encoded. The address stays the credential's whatever is
 * entered: no host, no step up, and nothing that a server could decode to one (RFC 3986, 5.2.4; WHATWG URL, 4.4).
 */
export function apiPath<const Name extends string>(property: Property<Name>) {
	return field(property, (raw, item): string => {
		const value = nameLike(property, plainText(property, raw, item), item);
		const wrong = wrongIn(value);
		if (wrong) throw fieldError(property, `is ${quote(value)}, which ${wrong.what}`, wrong.hint);
		if (value.endsWith('/') && endsInExpression(property, item)) {
			const what = `is ${quote(value)}, which ends where an expression came out empty`;
			throw fieldError(property, what, 'Check the column that it names.');
		}
		return `/${value.replace(/^\//, '').split('/').map(encoded(property)).join('/')}`;
	});
}

/** Without what its last expression gives, the path of a thing is that of all of them. */
function endsInExpression({ name }: INodeProperties, { context, index }: Item): boolean {
	const written = context.getNodeParameter(name, index, '', { rawExpressions: true });
	return typeof written === 'string' && written.startsWith('=') && /\}\}\s*$/.test(written);
}

function wrongIn(value: string): { what: string; hint: string } | undefined {
	if (/^[a-z][a-z\d+.-]*:|^\/\//i.test(value)) {
		return {
			what: 'names a host',
			hint: 'Enter only what follows the address of the credential, as in /things/42.',
		};
	}
	if (/[?#]/.test(value)) {
		return { what: 'has a ? or #', hint: 'Put what follows the ? into Query Parameters.' };
	}
	if (/[{}<>]/.test(value)) {
		return { what: 'has a placeholder', hint: 'Put the ID in its place.' };
	}
	return undefined;
}

const encoded =
	(property: INodeProperties) =>
	(segment: string, n: number, { length }: string[]): string => {
		const plain = decoded(segment);
		const isStep = plain === '.' || plain === '..' || (plain === '' && n < length - 1);
		const isNothing = plain === 'undefined' || plain === 'null' || plain === 'NaN';
		// What is still encoded may be decoded once more on its way.
		if (plain !== undefined && !isStep && !isNothing && !/[/\\\p{Cc}]|%[\da-f]{2}/iu.test(plain)) {
			return encodeURIComponent(plain);
		}
		const what = `has ${quote(segment)} between its slashes, which is not part of a path`;
		throw fieldError(property, what, 'Enter the path as the vendor documents it.');
	};

function decoded(segment: string): string | undefined {
	try {
		return decodeURIComponent(segment);
	} catch {
		return undefined;
	}
}
