/** A clock that stands still but for what waits on it: simulated hours pass in seconds. */
export class SimulatedClock {
	private time = 0;
	/** A binary heap of what waits, the earliest on top; of two at one moment, the first that came. */
	private readonly heap: Waiter[] = [];
	private count = 0;

	readonly now = (): number => this.time;

	/** Waits on this clock, or until the signal is aborted; for `pause` of the engine. */
	readonly wait = async (ms: number, signal?: AbortSignal): Promise<void> => {
		signal?.throwIfAborted();
		await new Promise<void>((resolve, reject) => {
			this.push({ at: this.time + Math.max(0, ms), order: this.count++, wake: resolve });
			signal?.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
		});
	};

	/** Lets time pass until `end` in milliseconds, or until nothing waits any more. */
	async run(end = Infinity): Promise<void> {
		await settle();
		for (let next = this.heap[0]; next && next.at <= end; next = this.heap[0]) {
			this.pop();
			this.time = next.at;
			next.wake();
			await settle();
		}
		if (end !== Infinity) this.time = end;
	}

	private push(waiter: Waiter): void {
		let index = this.heap.push(waiter) - 1;
		while (index > 0) {
			const parent = (index - 1) >> 1;
			if (!isBefore(waiter, this.heap[parent] as Waiter)) break;
			this.heap[index] = this.heap[parent] as Waiter;
			index = parent;
		}
		this.heap[index] = waiter;
	}

	private pop(): void {
		const last = this.heap.pop() as Waiter;
		if (this.heap.length === 0) return;
		let index = 0;
		for (;;) {
			let child = 2 * index + 1;
			const [left, right] = [this.heap[child], this.heap[child + 1]];
			if (!left) break;
			if (right && isBefore(right, left)) child++;
			const least = this.heap[child] as Waiter;
			if (!isBefore(least, last)) break;
			this.heap[index] = least;
			index = child;
		}
		this.heap[index] = last;
	}
}

interface Waiter {
	at: number;
	order: number;
	wake: () => void;
}

const isBefore = (a: Waiter, b: Waiter): boolean =>
	a.at < b.at || (a.at === b.at && a.order < b.order);

/** Lets everything run that was woken, before the time goes on. */
const settle = async (): Promise<void> => await new Promise((resolve) => setImmediate(resolve));
