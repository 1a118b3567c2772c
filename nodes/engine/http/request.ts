import { type IDataObject, UserError } from 'n8n-workflow';
import { quote } from '../util/text';
import type { Upload } from './multipart';

/** The HTTP methods that the vendors know. */
export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** What an operation asks of a vendor, without host, key, pace or retries. */
export interface Request {
	method: Method;
	/** Path below the vendor's base address, already encoded. */
	path: string;
	/**
	 * Whether the path names one thing, such as /leads/42. Writes to one and the same thing
	 * keep the order of the items; writes to a collection run side by side.
	 */
	targetsOneRecord: boolean;
	/**
	 * What a person looks for where nobody knows whether this was done, such as "lead ada@example.com".
	 * Left out, the vendor's vendor.ts reads it from the path.
	 */
	label?: string;
	/** The one thing that is written, by all of its names, where the body names it and the path does not. */
	lockKey?: string | readonly string[];
	query?: IDataObject;
	/** What goes out as JSON. */
	body?: IDataObject | IDataObject[];
	/** What goes out as a multipart form, in place of a body. */
	file?: Upload;
	/** Another of the vendor's hosts, by the name that its vendor.ts gives it. */
	host?: string;
	/** Whether 404, or what the vendor says in its place, tells that there is none; the body is undefined then. */
	allow404?: boolean;
	/** What is asked where this finds nothing: the same under another spelling. */
	ifNothing?: Request;
	/** Whether a good answer to a read may come without a body. */
	allowEmptyBody?: boolean;
	/** Whether a good answer may be plain text, where the vendor does not say what it answers. A page of HTML is none. */
	allowText?: boolean;
	/** Whether a person wrote it, so that a key which may not do this may still do what another item asks for. */
	isCustom?: boolean;
	/** Whether it changes nothing, where the method says otherwise: a POST that searches, or a GET that imports. */
	isRead?: boolean;
	/**
	 * Whether it may be sent again when nobody knows if the first one arrived. Left out, reads may, and of the others
	 * the method says: PUT and DELETE may (RFC 9110, 9.2.2), POST and PATCH may not.
	 */
	repeatable?: boolean;
}

/**
 * Encodes what a person typed so that it stays one segment of a path.
 * @throws UserError when no encoding can do that: nothing, `.` and `..` are steps in a path to every URL
 * parser, encoded or not, and half a surrogate pair has no encoding (WHATWG URL, 4.1 and RFC 3986, 5.2.4).
 */
function segment(value: string | number): string {
	const text = String(value);
	if (text === '' || text === '.' || text === '..' || !text.isWellFormed()) {
		throw new UserError(`${quote(text)} cannot be an ID. Enter the ID as the vendor shows it.`);
	}
	return encodeURIComponent(text);
}

const tag =
	(method: Method) =>
	(path: TemplateStringsArray, ...ids: Array<string | number>): Request => ({
		method,
		path: path.reduce((before, part, i) => before + segment(ids[i - 1] ?? '') + part),
		targetsOneRecord: ids.length > 0,
	});

/** get`/leads/${leadId}` is a Request whose path no id can leave; likewise the other methods. */
export const get = tag('GET');
/** A POST request to a path; what is put into the path is encoded. */
export const post = tag('POST');
/** A PUT request to a path; what is put into the path is encoded. */
export const put = tag('PUT');
/** A PATCH request to a path; what is put into the path is encoded. */
export const patch = tag('PATCH');
/** A DELETE request to a path; what is put into the path is encoded. */
export const del = tag('DELETE');

/** Whether a request changes nothing at the vendor. */
export const reads = ({ method, isRead }: Request): boolean => isRead ?? method === 'GET';

/** Whether a request may be sent again although an earlier try may have arrived. */
export function isRepeatable(request: Request): boolean {
	const { method, repeatable } = request;
	return repeatable ?? (reads(request) || method === 'PUT' || method === 'DELETE');
}

/** Whether it matters that nobody knows if it was done: not of a read, nor where its operation says that it can be repeated. */
export function isWrite(request: Request): boolean {
	return !(request.repeatable ?? reads(request));
}
