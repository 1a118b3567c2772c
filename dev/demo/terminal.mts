import { SingleBar } from 'cli-progress';

/** A sentence that says all there is to say; no stack trace is shown with it. */
export class PlainSentence extends Error {}

/** One line of progress. */
export function say(line: string): void {
	console.log(`› ${line}`);
}

export interface Progress {
	/** How far it is, out of the total that it was started with. */
	update(value: number): void;
	stop(): void;
}

/** A bar where a person looks on, and a line each quarter where the output goes to a file. */
export function progress(name: string, total: number): Progress {
	if (!process.stdout.isTTY) return quarters(name, total);
	const bar = new SingleBar({
		format: `  ${name.padEnd(22)} {bar} {value}/{total}`,
		barCompleteChar: '█',
		barIncompleteChar: '░',
		hideCursor: true,
	});
	bar.start(total, 0);
	return bar;
}

function quarters(name: string, total: number): Progress {
	let said = 0;
	return {
		update: (value) => {
			const quarter = Math.floor((4 * value) / total);
			if (quarter > said) console.log(`  ${name}: ${value} of ${total}`);
			said = Math.max(said, quarter);
		},
		stop: () => {},
	};
}
