import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';

/** Asks a person at the terminal; what is secret does not show while it is typed. */
export async function ask(label: string, isSecret = false): Promise<string> {
	const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
	const output = isSecret ? silent : process.stderr;
	const lines = createInterface({ input: process.stdin, output, terminal: process.stdin.isTTY });
	try {
		// Once the terminal has stopped showing what is typed: somebody may paste at once.
		process.stderr.write(`${label}: `);
		return (await lines.question('')).trim();
	} finally {
		lines.close();
		if (isSecret) process.stderr.write('\n');
	}
}
