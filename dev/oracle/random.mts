/** What comes by chance, and comes again with the same seed (Park and Miller, 1988). */
export class Random {
	private state: number;

	constructor(seed: number) {
		this.state = (Math.abs(Math.trunc(seed)) % 2147483646) + 1;
		// The first numbers of neighbouring seeds are close to each other.
		for (let n = 0; n < 5; n++) this.next();
	}

	/** From 0 to below 1. */
	next(): number {
		this.state = (this.state * 48271) % 2147483647;
		return this.state / 2147483647;
	}

	/** A whole number, both ends included. */
	int(least: number, most: number): number {
		return least + Math.floor(this.next() * (most - least + 1));
	}

	/** @param share from 0 to 1 */
	chance(share: number): boolean {
		return this.next() < share;
	}

	pick<T>(list: readonly T[]): T {
		return list[Math.floor(this.next() * list.length)] as T;
	}

	digits(count: number): string {
		return Array.from({ length: count }, () => this.int(0, 9)).join('');
	}
}
