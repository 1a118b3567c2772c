import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { AxiosInstance } from 'axios';
import { execa, type ResultPromise } from 'execa';
import { simulatorClient } from '../../kit/network/away.mts';
import { TOP } from '../../n8n/runtime.mts';
import type {
	Counts,
	JournalEntry,
	LimitSettings,
	RequestRecord,
	Settings,
} from '../../kit/simulator.mts';

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
		/** Where nodes ask it. */
		readonly url: string,
		private readonly control: AxiosInstance,
	) {}

	/**
	 * @param settings the vendor's own
	 * @param records how many requests are kept; most benches ask for counts only
	 * @throws Error if it does not start
	 */
	static async start(
		vendor: string,
		settings: object = {},
		records = 100,
	): Promise<SimulatorProcess> {
		const script = join(TOP, 'dev', 'kit', 'run.mts');
		const args = [vendor, '--records', String(records), '--options', JSON.stringify(settings)];
		const child = execa(options)`${process.execPath} --import tsx ${script} ${args}`;
		const lines = createInterface({ input: child.stdout });
		const [line] = (await Promise.race([once(lines, 'line'), child.then(() => [])])) as [string?];
		if (!line) throw new Error(`The ${vendor} simulator ended as it started.`);
		const { url, port } = JSON.parse(line) as { url: string; port: number };
		// By the short way, so that no question about it takes time from what is measured.
		const control = simulatorClient(Object.assign(new URL(url), { port }).href);
		return new SimulatorProcess(child, url, control);
	}

	get pid(): number {
		return this.child.pid ?? 0;
	}

	async state(): Promise<State> {
		return (await this.control.get<State>('/_sim/state')).data;
	}

	/** When requests were taken, in milliseconds since 1970; no more of them than records are kept. */
	async taken(): Promise<number[]> {
		const { data } = await this.control.get<RequestRecord[]>('/_sim/requests?limit=100000');
		return data.filter(({ status }) => status < 300).map(({ time }) => time);
	}

	/** What was changed, in order. */
	async journal(): Promise<JournalEntry[]> {
		return (await this.control.get<JournalEntry[]>('/_sim/journal')).data;
	}

	/** Back to the seed data and to counts of 0. */
	async reset(): Promise<void> {
		await this.control.post('/_sim/reset', {});
	}

	/** Sets latency in milliseconds, and the limit; null takes the limit away. */
	async change(settings: { latencyMs?: number; limit?: LimitSettings | null }): Promise<void> {
		await this.control.post('/_sim/settings', settings);
	}

	/** Carries out one of the vendor's own actions, such as `seedLeads`. */
	async action<T>(name: string, input: object = {}): Promise<T> {
		return (await this.control.post<T>(`/_sim/actions/${name}`, input)).data;
	}

	/** @throws Error if the simulator itself was at fault: what was measured with it is not valid */
	async stop(): Promise<void> {
		this.child.kill();
		const { exitCode } = await this.child;
		if (exitCode !== 0) throw new Error(`The simulator ended with code ${String(exitCode)}.`);
	}
}
