/** Tells the person who waits what is going on; the tables go to stdout, so this does not. */
export function say(line: string): void {
	process.stderr.write(`  ${line}\n`);
}
