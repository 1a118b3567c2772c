import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import axios from 'axios';
import { execa, type ResultPromise } from 'execa';
import { TOP } from '../../n8n/runtime.mts';
import type { Counts, LimitSettings, Settings } from '../../kit/simulator.mts';

const options = {
	cwd: TOP,
	stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
	buffer: false,
	reject: false,
} as const;

/** What a simulator tells of itself at /_sim/state. */
export interface State {
	counts: Counts;
	settings: Settings;
	defects: string[];
	vendor: Record<string, unknown>;
}

/** A vendor's simulator in a process of its own, so that it takes no time from what is measured. */
export class SimulatorProcess {
	private constructor(
		private readonly child: ResultPromise<typeof options>,
		readonly url: string,
	) {}

	/** @param settings the vendor's own. @throws Error if it does not start */
	static async start(vendor: string, settings: object = {}): Promise<SimulatorProcess> {
		const script = join(TOP, 'dev', 'kit', 'run.mts');
		// The benches ask for counts, not for requests, so few are kept.
		const args = [vendor, '--records', '100', '--options', JSON.stringify(settings)];
		const child = execa(options)`${process.execPath} --import tsx ${script} ${args}`;
		const lines = createInterface({ input: child.stdout });
		const [line] = (await Promise.race([once(lines, 'line'), child.then(() => [])])) as [string?];
		if (!line) throw new Error(`The ${vendor} simulator ended as it started.`);
		return new SimulatorProcess(child, (JSON.parse(line) as { url: string }).url);
	}

	get pid(): number {
		return this.child.pid ?? 0;
	}

	async state(): Promise<State> {
		return (await axios.get<State>(`${this.url}/_sim/state`, { proxy: false })).data;
	}

	/** Back to the seed data and to counts of 0. */
	async reset(): Promise<void> {
		await axios.post(`${this.url}/_sim/reset`, {}, { proxy: false });
	}

	/** Sets latency in milliseconds, and the limit; null takes the limit away. */
	async change(settings: { latencyMs?: number; limit?: LimitSettings | null }): Promise<void> {
		await axios.post(`${this.url}/_sim/settings`, settings, { proxy: false });
	}

	/** Carries out one of the vendor's own actions, such as `seedLeads`. */
	async action<T>(name: string, input: object = {}): Promise<T> {
		const url = `${this.url}/_sim/actions/${name}`;
		return (await axios.post<T>(url, input, { proxy: false })).data;
	}

	/** @throws Error if the simulator itself was at fault: what was measured with it is not valid */
	async stop(): Promise<void> {
		this.child.kill();
		const { exitCode } = await this.child;
		if (exitCode !== 0) throw new Error(`The simulator ended with code ${String(exitCode)}.`);
	}
}
