import { createHash } from 'node:crypto';
import { type IBinaryData, type IExecuteFunctions, UserError } from 'n8n-workflow';
import { attempt } from '../util/attempt';

type Stream = Exclude<
	Parameters<IExecuteFunctions['helpers']['prepareBinaryData']>[0],
	Buffer | Uint8Array
>;

/** A file that n8n has. */
export interface StoredFile {
	binary: IBinaryData;
	/** Whether n8n had all of it in memory, since it does not keep files on disk. */
	isInMemory: boolean;
}

/** How a file is called, and how large it may be where n8n does not keep it on disk. */
export interface FileRules {
	fileName: string;
	mimeType: string;
	mostBytes: number;
}

/**
 * Hands a file to n8n, piece by piece where it keeps files on disk; elsewhere n8n itself gathers all of it, so that it
 * is gathered here, up to its bound.
 * @param pieces are asked for one after the other, and ended in any case
 * @throws what the pieces throw
 * @throws UserError where n8n cannot keep it, or it is larger than allowed
 */
export async function storeFile(
	context: IExecuteFunctions,
	pieces: AsyncGenerator<Buffer>,
	rules: FileRules,
): Promise<StoredFile> {
	const { fileName, mimeType } = rules;
	const { prepareBinaryData } = context.helpers;
	const gathers = new UserError('n8n does not keep this file on disk.');
	let failure: { thrown: unknown } | undefined;
	async function* streamed(): AsyncGenerator<Buffer> {
		// What writes to disk takes one piece after the other (fs.writeFile); what gathers them lets them flow.
		if (stream.readableFlowing) throw gathers;
		for (;;) {
			const next = await attempt(async () => await pieces.next());
			if ('thrown' in next) {
				failure = next;
				throw next.thrown;
			}
			if (next.made.done) return;
			yield next.made.value;
		}
	}
	const stream = readableOf(streamed());
	try {
		// An error that nobody listens to would end n8n.
		stream.on('error', () => {});
		const stored = await attempt(async () => await prepareBinaryData(stream, fileName, mimeType));
		if ('made' in stored) return { binary: stored.made, isInMemory: false };
		if (failure) throw failure.thrown;
		if (stored.thrown !== gathers) throw notWritten(stored.thrown, ofDisk);
		const whole = await gather(pieces, rules);
		const kept = await attempt(async () => await prepareBinaryData(whole, fileName, mimeType));
		if ('made' in kept) return { binary: kept.made, isInMemory: true };
		throw notWritten(kept.thrown, elsewhere);
	} finally {
		stream.destroy();
		await pieces.return(undefined);
	}
}

/** @throws UserError where it is larger than allowed */
async function gather(pieces: AsyncGenerator<Buffer>, { mostBytes }: FileRules): Promise<Buffer> {
	const gathered: Buffer[] = [];
	let bytes = 0;
	for await (const piece of pieces) {
		bytes += piece.length;
		if (bytes > mostBytes) {
			throw new UserError(
				`The file is larger than ${mostBytes / 1e6} MB, and this n8n would hold all of it in memory, ten times over. Let n8n keep files on disk (N8N_DEFAULT_BINARY_DATA_MODE=filesystem), narrow the list down, or raise 'Most Megabytes in Memory'.`,
			);
		}
		gathered.push(piece);
	}
	return Buffer.concat(gathered);
}

/** What the system says where there is no room (Node.js, "Common system errors"). */
const noRoom: Record<string, string> = {
	ENOSPC: 'The disk is full',
	EDQUOT: 'The quota of the disk is used up',
};

/** What to look at where n8n keeps files on disk, and where it keeps them elsewhere. */
const ofDisk =
	"Check the folder of n8n's files (N8N_DEFAULT_BINARY_DATA_MODE), and that n8n may write to it";
const elsewhere =
	'Check the place that N8N_DEFAULT_BINARY_DATA_MODE names, or narrow the list down';

function notWritten(thrown: unknown, usual: string): UserError {
	const { message } = thrown instanceof Error ? thrown : new Error(String(thrown));
	const [code = ''] = /\b(?:ENOSPC|EDQUOT)\b/.exec(message) ?? [];
	const isFull = code in noRoom;
	const why = isFull ? `${noRoom[code]} (${code})` : message.replace(/\.$/, '').slice(0, 400);
	const advice = isFull ? "Free space on the disk of n8n's files" : usual;
	return new UserError(`n8n could not write the file. ${why}. ${advice}, then run this again.`);
}

interface ReadableClass {
	from(pieces: AsyncGenerator<Buffer>, options: { objectMode: boolean }): Stream;
}

/**
 * A stream of these pieces. Nodes may not import node:stream, but what node:crypto makes is a stream: the class of all
 * readable ones is the last among its classes that can make one of an iterator (docs/decisions/files.md).
 */
function readableOf(pieces: AsyncGenerator<Buffer>): Stream {
	let found: ReadableClass | undefined;
	let prototype: unknown = createHash('sha256');
	while ((prototype = Object.getPrototypeOf(prototype))) {
		const { constructor } = prototype as { constructor: Partial<ReadableClass> };
		if (Object.hasOwn(constructor, 'from')) found = constructor as ReadableClass;
	}
	if (!found)
		throw new UserError('This version of Node.js makes no streams. Return Items instead.');
	return found.from(pieces, { objectMode: false });
}
