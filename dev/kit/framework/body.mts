import type { IncomingMessage } from 'node:http';
import type { Json, UploadedFile } from './types.mts';

/** Reads a request's body to its end. */
export async function readBody(request: IncomingMessage): Promise<Buffer> {
	const chunks: Buffer[] = [];
	for await (const chunk of request) chunks.push(chunk as Buffer);
	return chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks);
}

/** The media type of a request, in lower case and without parameters. */
export function mediaTypeOf(request: IncomingMessage): string | undefined {
	return request.headers['content-type']?.split(';')[0]?.trim().toLowerCase();
}

/**
 * Parses a body by its media type: JSON, form, multipart (files as {@link UploadedFile}); anything
 * else, and JSON that is none, is text. No body is undefined.
 */
export async function parseBody(raw: Buffer, request: IncomingMessage): Promise<unknown> {
	if (raw.length === 0) return undefined;
	switch (mediaTypeOf(request)) {
		case 'application/x-www-form-urlencoded':
			return toObject(new URLSearchParams(raw.toString()));
		case 'multipart/form-data':
			return parseMultipart(raw, request.headers['content-type'] ?? '');
		case 'application/json':
			return parseJson(raw.toString());
		default:
			return raw.toString();
	}
}

/** The parameters of a query by name; one that comes several times is an array. */
export function toObject(entries: Iterable<[string, unknown]>): Json {
	// A parameter may be called __proto__; it must not reach any prototype.
	const object: Json = Object.create(null) as Json;
	for (const [name, value] of entries) {
		const known = object[name];
		if (known === undefined) object[name] = value;
		else if (Array.isArray(known)) known.push(value);
		else object[name] = [known, value];
	}
	return object;
}

function parseJson(text: string): unknown {
	try {
		return JSON.parse(text) as unknown;
	} catch (error) {
		// The contract reports text where JSON should be.
		if (error instanceof SyntaxError) return text;
		throw error;
	}
}

async function parseMultipart(raw: Buffer, contentType: string): Promise<unknown> {
	let form: FormData;
	try {
		form = await new Response(raw, { headers: { 'content-type': contentType } }).formData();
	} catch (error) {
		if (error instanceof TypeError) return raw.toString('latin1');
		throw error;
	}
	const entries: Array<[string, unknown]> = [];
	for (const [name, value] of form.entries()) {
		entries.push([name, typeof value === 'string' ? value : await toFile(value)]);
	}
	return toObject(entries);
}

async function toFile(file: File): Promise<UploadedFile> {
	return { name: file.name, type: file.type, bytes: Buffer.from(await file.arrayBuffer()) };
}
