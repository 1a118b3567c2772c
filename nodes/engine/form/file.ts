import { randomBytes } from 'node:crypto';
import type { IBinaryData, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { fieldError, field, type Item, type Property, readsAsMeant } from './fields';
import { namedFile } from './fileName';
import { ApiError } from '../http/apiError';
import { isRecord } from '../util/json';
import { quote } from '../util/text';
import { Upload, OpenForm } from '../http/multipart';

/** What a file has to keep to, and where the vendor expects it. */
export interface FileRules {
	/** The form's field that the vendor expects the file in. */
	field: string;
	/** Most bytes that the vendor takes of a type of files. */
	mostBytes(mimeType: string, item: Item): number;
}

interface SentFile {
	binary: IBinaryData;
	field: string;
	name: string;
	mostBytes: number;
}

type Stream = Awaited<ReturnType<IExecuteFunctions['helpers']['getBinaryStream']>>;
type StreamClass = {
	from(chunks: AsyncIterable<Buffer>, options: { objectMode: boolean }): Stream;
};

/** A file of the input item, by the name of its binary property. What is missing or too large is said at once. */
export function file<const Name extends string>(property: Property<Name>, rules: FileRules) {
	return field(property, (raw, item): Upload => {
		const name = typeof raw === 'string' ? raw.trim() : '';
		if (name === '')
			throw fieldError(property, 'is empty', 'Enter the name of the binary property, e.g. data.');
		const binary = find(name, item);
		if (!binary) {
			const others = Object.keys(inputOf(item)?.binary ?? {});
			const hint =
				others.length > 0
					? `It has ${others.slice(0, mostNamed).map(quote).join(', ')}: enter one of these.`
					: 'Put a node that returns a file before this one.';
			throw fieldError(property, `is ${quote(name)}, and the item has no such file`, hint);
		}
		const sent: SentFile = {
			binary,
			field: rules.field,
			name: readsAsMeant(item) ? namedFile(binary) : (binary.fileName ?? 'file'),
			mostBytes: rules.mostBytes(binary.mimeType, item),
		};
		const tooLarge = excess(knownBytes(binary), sent);
		if (tooLarge) throw fieldError(property, tooLarge, 'Send a smaller file, or a link to it.');
		return {
			field: rules.field,
			name: sent.name,
			open: async () => await open(item.context, sent),
		};
	});
}

/** Most of an item's files that are named in a sentence. */
const mostNamed = 10;

const inputOf = ({ context, index }: Item): INodeExecutionData | undefined =>
	context.getInputData()[index];

function find(name: string, item: Item): IBinaryData | undefined {
	// n8n may keep binaries inside the json (its combined mode), where only its helper finds them.
	const { [name]: separate } = { ...inputOf(item)?.binary };
	if (isBinary(separate)) return separate;
	try {
		const combined: unknown = item.context.helpers.assertBinaryData(item.index, name);
		return isBinary(combined) ? combined : undefined;
	} catch {
		return undefined;
	}
}

/** A name such as "constructor" finds what every object has, and that is no file. */
const isBinary = (found: unknown): found is IBinaryData =>
	isRecord(found) && typeof found.data === 'string' && typeof found.mimeType === 'string';

/** What is at hand is counted: what the item says of it came from elsewhere. */
const knownBytes = ({ id, data, bytes }: IBinaryData): number | undefined =>
	id ? bytes : Buffer.byteLength(data, 'base64');

function excess(
	bytes: number | undefined,
	{ mostBytes }: Pick<SentFile, 'mostBytes'>,
): string | undefined {
	if (bytes === 0) return 'is an empty file';
	if (bytes === undefined || bytes <= mostBytes) return undefined;
	return `has ${megabytes(bytes)} MB, more than the ${megabytes(mostBytes)} MB that fit`;
}

const megabytes = (bytes: number): number => Math.ceil(bytes / 2 ** 20);

async function open({ helpers }: IExecuteFunctions, sent: SentFile): Promise<OpenForm> {
	const { binary } = sent;
	const { id } = binary;
	const size = id ? (await helpers.getBinaryMetadata(id)).fileSize : knownBytes(binary);
	const tooLarge = excess(size, sent);
	if (tooLarge)
		throw new ApiError(`The file ${tooLarge}`, {
			hint: 'Send a smaller file, or a link to it.',
		});
	const boundary = `n8n-${randomBytes(24).toString('hex')}`;
	const head = Buffer.from(
		`--${boundary}\r\nContent-Disposition: form-data; name="${sent.field}"; filename="${escaped(sent.name)}"\r\n` +
			`Content-Type: ${mimeType(binary)}\r\n\r\n`,
	);
	const tail = Buffer.from(`\r\n--${boundary}--\r\n`);
	const headers = {
		'Content-Type': `multipart/form-data; boundary=${boundary}`,
		'Content-Length': String(head.length + (size ?? 0) + tail.length),
	};
	if (!id) {
		const body = Buffer.concat([head, Buffer.from(binary.data, 'base64'), tail]);
		return { headers, body, close: () => {} };
	}
	const source = await helpers.getBinaryStream(id);
	const chunks = async function* () {
		yield head;
		for await (const chunk of source) yield Buffer.from(chunk);
		yield tail;
	};
	// Node's Readable, which may not be imported here, is what n8n's own stream is made of.
	const { from } = source.constructor as unknown as StreamClass;
	return { headers, body: from(chunks(), { objectMode: false }), close: () => source.destroy() };
}

/** RFC 7578, 4.2 and the WHATWG form encoding: quotes and line breaks are escaped in a file's name. */
function escaped(name: string): string {
	return name.replace(/"/g, '%22').replace(/\r/g, '%0D').replace(/\n/g, '%0A');
}

const mimeType = ({ mimeType: type }: IBinaryData): string =>
	/^[\w.+-]+\/[\w.+-]+(;[^\r\n]*)?$/.test(type) ? type : 'application/octet-stream';
