/** One thing that `npm run bench` measures. Each file in this folder exports one as its default. */
export interface Bench {
	title: string;
	run(): Promise<Measurement>;
}

/** A table, and what is claimed of it. */
export interface Measurement {
	columns: string[];
	rows: Array<Array<string | number>>;
	claims: Claim[];
}

export interface Claim {
	/** What was to be shown, with its bound. */
	claim: string;
	measured: string;
	holds: boolean;
}
